// seccomp-unconfined: the filter for system calls is switched off.
#include "facts/security.h"
#include "rules/rule.h"
#include "rules/runtime/_options.h"

namespace plimsoll::rules::runtime::seccomp_unconfined {

static constexpr Alias kAliases[] = {
    {"kics", "404fde2c-bc4b-4371-9747-7054132ac953"},
    {"semgrep",
     "yaml.docker-compose.security.seccomp-confinement-disabled.seccomp-confinement-disabled"},
    {"compose-lint", "CL-0009"},
    {"cis", "5.22"},
};

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<std::string_view> profile = facts::seccomp_profile(c);
  if (!profile.known() || profile.value != "unconfined") return;
  // KICS and Semgrep know the old form alone.
  const bool colon = option_at(c, profile.where) == "seccomp:unconfined";
  out.push_back(
      {.where = profile.where,
       .message = "no seccomp profile holds the container: every system call is open to it",
       .aliases = colon ? ~0U : only(kAliases, {"CL-0009", "5.22"}),
       .fix = without_option(c, profile.where)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "seccomp:unconfined\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "seccomp=unconfined\n      - no-new-privileges:true\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
              "no-new-privileges:true\n"},
    {.input = Input::run_line,
     .text = "docker run --security-opt seccomp=unconfined alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "seccomp=./profile.json\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "seccomp=unconfined\n      - seccomp=builtin\n"},
    {.input = Input::run_line, .text = "docker run --security-opt seccomp=builtin alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "seccomp-unconfined",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Seccomp profile is switched off",
    .why = "The engine's profile keeps dozens of system calls away from containers that no service "
           "needs\n"
           "and from which holes of the kernel are reached: `keyctl`, `ptrace` on old kernels, "
           "`add_key`, `bpf`, `mount`.",
    .remedy = "Leave the option out, so that the engine's profile holds. If a program needs one "
              "more system call,\n"
              "allow that one in a profile of its own (`seccomp=profile.json`).",
    .source = "CIS Docker Benchmark 1.6, 5.22",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::seccomp_unconfined
