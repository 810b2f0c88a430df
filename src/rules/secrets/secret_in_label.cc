// secret-in-label: a label of a service, an image or a run line holds a credential in plain text.
#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_shipped.h"

namespace plimsoll::rules::secrets::secret_in_label {

static constexpr Alias kAliases[] = {
    {"kics", "a88baa34-e2ad-44ea-ad6f-8cac87bc7c71"},
    {"cis", "4.10"},
};

// Labels are named as paths are: only the last part says what the value is.
static bool is_secret(const facts::Variable& label, std::string_view value) {
  if (!credential_in(value).empty()) return true;
  const std::string_view name = label.name.substr(label.name.rfind('.') + 1);
  return data::secret_name(name) != data::SecretName::no && is_literal(value);
}

static void check_list(const facts::Container& c, const facts::FactList<facts::Variable>& labels,
                       Findings& out) {
  for (const facts::Fact<facts::Variable>& label : labels.items) {
    if (c.build != nullptr && label.where.source == c.build->source_number) continue;
    const bool literal = is_secret(label.value, shipped(label));
    if (!literal && !(label.known() && is_secret(label.value, label.value.text))) continue;
    Finding finding{.where = label.where};
    if (literal)
      finding.message = concat({"the label ", label.value.name,
                                " holds a secret in plain text, which every `inspect` shows"});
    hide(label, finding);
    out.push_back(std::move(finding));
  }
}

static void check(const facts::Container& c, Findings& out) {
  check_list(c, c.labels, out);
  check_list(c, c.annotations, out);
  if (c.service != nullptr && c.service->build != nullptr)
    check_list(c, c.service->build->labels, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text =
         "services:\n  app:\n    image: acme/app:1\n    labels:\n      homepage.widget.password: "
         "hunter2\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --label homepage.widget.password=hunter2 acme/app:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    labels:\n      "
             "traefik.http.routers.token-service.rule: Host(`example.com`)\n"},
    {.input = Input::run_line, .text = "docker run --label owner=ops acme/app:1\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-in-label",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Secret written into a label",
    .why = "Labels are made to be read: by every tool that may list containers, and of an image by "
           "everyone who can pull it.\n"
           "Engines and registries show them without a question.",
    .remedy =
        "Let the program that reads the label take the secret from a file, and name the file. "
        "Replace a secret\n"
        "that was ever pushed.",
    .source = "CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .finds_secrets = true,
});

}  // namespace plimsoll::rules::secrets::secret_in_label
