// useradd-without-no-log-init: a large uid makes useradd write a huge sparse log of logins.
#include <cstdint>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::useradd_without_no_log_init {

static constexpr Alias kAliases[] = {{"hadolint", "DL3046"}, {"tally", "hadolint/DL3046"}};

static void check(const facts::Command& command, Findings& out) {
  const facts::Account* account = command.account;
  // 65535 is the last that is below 20 MB; the next step are the ranges of OpenShift and of LDAP.
  constexpr std::size_t kDigits = 6;
  if (account == nullptr || account->no_log_init || account->uid.size() < kDigits ||
      !is_digits(account->uid))
    return;
  const text::Place name = command.place(command.words.front().raw);
  out.push_back(
      {.where = command.place(),
       .message = concat(
           {"useradd with uid ", account->uid, " writes a login record for each number below it"}),
       .fix = Fix{.safety = Safety::safe,
                  .title = "add --no-log-init",
                  .edits = {{{name.source, {name.span.end, name.span.end}}, " --no-log-init"}}}});
}

static constexpr std::string_view kNames[] = {"useradd"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:12\nRUN useradd --uid 1000660000 app\n",
     .flagged = true,
     .fixed = "FROM debian:12\nRUN useradd --no-log-init --uid 1000660000 app\n"},
    {.text = "FROM debian:12\nRUN useradd -l -u 1000660000 app\n"},
    {.text = "FROM debian:12\nRUN useradd --uid 10001 app\n"},
};

extern constinit const Rule rule = described({
    .name = "useradd-without-no-log-init",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "useradd with a large uid but without --no-log-init",
    .why = "`/var/log/lastlog` and `/var/log/faillog` have a fixed record for every uid from 0 on. "
           "The files are sparse, but not\n"
           "every step on the way of a layer keeps holes: archives and copies of the image become "
           "gigabytes large.",
    .remedy = "Add `--no-log-init`, or take a smaller uid.",
    .source = "Docker, Building best practices, \"USER\"; useradd(8)",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::useradd_without_no_log_init
