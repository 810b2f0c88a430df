// secret-readable-by-all: the mode of a secret lets more than its owner's group read it.
#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets::secret_readable_by_all {

static std::uint32_t octal(std::string_view text) {
  std::uint32_t mode = 0;
  if (text.starts_with("0o")) text.remove_prefix(2);
  for (const char c : text) {
    if (c < '0' || c > '7' || mode > 07777) return 0;
    mode = mode * 8 + static_cast<std::uint32_t>(c - '0');
  }
  return mode;
}

static void check(const facts::Container& c, Findings& out) {
  constexpr std::uint32_t kOthers = 07;
  for (const facts::Fact<facts::SecretUse>& secret : c.secrets.items) {
    // A file keeps the mode that it has on the host: Compose mounts it, and warns.
    if (!secret.known() || secret.value.config || secret.value.mode.empty() ||
        secret.value.from == facts::SecretUse::From::file)
      continue;
    if ((octal(secret.value.mode) & kOthers) == 0) continue;
    out.push_back({.where = secret.where,
                   .message = concat({"mode ", secret.value.mode, " gives the secret ",
                                      secret.value.name, " to every user of the container"})});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text =
         "services:\n  db:\n    image: postgres:17\n    secrets:\n      - source: password\n     "
         "   mode: \"0444\"\nsecrets:\n  password:\n    environment: DB_PASSWORD\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  db:\n    image: postgres:17\n    secrets:\n      - source: password\n     "
         "   mode: \"0440\"\nsecrets:\n  password:\n    environment: DB_PASSWORD\n"},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    secrets: [password]\nsecrets:\n  "
             "password:\n    environment: DB_PASSWORD\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-readable-by-all",
    .severity = Severity::low,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Secret that every user of its container may read",
    .why = "A helper that runs as another user in the same container, or a program that was broken "
           "into, needs no more\n"
           "than to open the file.",
    .remedy = "`mode: \"0400\"` with the `uid` that the service runs as.",
    .source = "Compose specification, \"secrets\" of a service",
    .aliases = {},
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::secrets::secret_readable_by_all
