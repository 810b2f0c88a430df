// secret-in-env: a password or token is written as a plain environment value, which every `inspect`
// shows.
#include <algorithm>
#include <vector>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/secrets/_literals.h"

namespace plimsoll::rules::secrets {

using Variables = std::span<const facts::Fact<facts::Variable>>;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3064"},
    {"buildkit", "SecretsUsedInArgOrEnv"},
    {"tally", "buildkit/SecretsUsedInArgOrEnv"},
    {"trivy", "DS-0031"},
    {"kics", "a88baa34-e2ad-44ea-ad6f-8cac87bc7c71"},
    {"dockle", "CIS-DI-0010"},
    {"cis", "4.10"},
};

// `ENV TOKEN=$TOKEN`: what a build is given by an argument stays in the image.
static bool uses_argument(std::string_view text, Variables arguments) {
  return std::ranges::any_of(arguments, [&](const facts::Fact<facts::Variable>& a) {
    return text.find(concat({"$", a.value.name})) != std::string_view::npos ||
           text.find(concat({"${", a.value.name})) != std::string_view::npos;
  });
}

static std::string what(const facts::Container& c, const facts::Stage* stage,
                        const facts::Fact<facts::Variable>& v) {
  const std::string_view name = v.value.name;
  if (const Found found = v.known() ? credential_in(v.value.text) : Found{}; !found.empty())
    return concat({name, " holds ", found, ", which everyone with the image can read"});
  if (data::secret_name(name) == data::SecretName::no) return {};
  if (v.known() && !v.value.text.empty() && !data::harmless_value(v.value.text))
    return concat({name, " holds a secret in plain text, which everyone with the image can read"});
  const bool here =
      c.build != nullptr && stage != nullptr && v.where.source == c.build->source_number;
  if (v.unknown() && here &&
      uses_argument(c.build->source->at(v.where.span), stage->arguments.items))
    return concat(
        {name, " keeps a build argument's value, which everyone with the image can read"});
  return {};
}

static void check_list(const facts::Container& c, const facts::Stage* stage, Variables list,
                       Findings& out) {
  for (const facts::Fact<facts::Variable>& v : list) {
    std::string message = what(c, stage, v);
    if (message.empty()) continue;
    const bool in_file = c.build != nullptr && v.where.source == c.build->source_number;
    const text::Place where = in_file ? at_name(*c.build->source, v.where, v.value.name) : v.where;
    // A stage's list starts with its parent's.
    if (std::ranges::any_of(out, [&](const Finding& f) { return f.where == where; })) continue;
    out.push_back({.where = where,
                   .message = std::move(message),
                   .aliases = hadolint_speaks(v.value.name) ? ~0U : without(kAliases, "hadolint")});
    if (in_file && v.known())
      out.back().secrets = {value_span(*c.build->source, v.where.span, v.value.name)};
  }
}

static void check(const facts::Container& c, Findings& out) {
  check_list(c, c.stage, c.environment.items, out);
  if (c.build == nullptr || c.kind != facts::ContainerKind::stage) return;
  // Stages that aren't shipped stay in the build cache, and the file itself is read by many.
  for (const facts::Stage& stage : c.build->stages) {
    check_list(c, &stage, stage.environment.items, out);
    for (const parse::dockerfile::Instruction* i : stage.instructions) {
      if (i->trigger == nullptr || i->trigger->keyword != parse::dockerfile::Keyword::env) continue;
      for (const parse::dockerfile::Pair& pair : i->trigger->pairs)
        if (data::secret_name(pair.key) != data::SecretName::no && is_literal(pair.value))
          out.push_back(
              {.where = c.build->place(pair.key_span),
               .message = concat(
                   {pair.key, " hands a secret in plain text to every image built from this one"}),
               .aliases = hadolint_speaks(pair.key) ? ~0U : without(kAliases, "hadolint"),
               .secrets = {pair.value_span}});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nENV DB_PASSWORD=hunter2\n", .flagged = true},
    {.text = "FROM alpine:3.22\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\n", .flagged = true},
    {.text = "FROM alpine:3.22\nENV DB_PASSWORD_FILE=/run/secrets/db\n"},
    {.text = "FROM alpine:3.22\nENV DB_PASSWORD=\n"},
    {.text = "FROM alpine:3.22\nENV PASSWORD_RESET_ENABLED=true\n"},
};

extern constinit const Rule secret_in_env = described({
    .name = "secret-in-env",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Secret written into the environment",
    .why = "An image's environment is part of its config: whoever can pull it, read the file or "
           "call `inspect` has the\n"
           "secret, and every process of the container inherits it. A later `ENV` or `unset` "
           "doesn't take it back.",
    .remedy = "Hand it over as a file: at build time by `RUN --mount=type=secret`, at run time "
              "under `/run/secrets`, with\n"
              "`NAME_FILE` in the environment. Replace a secret that was ever pushed.",
    .source = "CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check},
    .finds_secrets = true,
});

}  // namespace plimsoll::rules::secrets
