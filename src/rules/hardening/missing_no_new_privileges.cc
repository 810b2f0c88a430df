// missing-no-new-privileges: a program with a set-uid bit gives the process more rights.
#include <optional>
#include <utility>

#include "facts/security.h"
#include "rules/compose_edits.h"
#include "rules/hardening/_lack.h"
#include "rules/needs.h"

namespace plimsoll::rules::hardening::missing_no_new_privileges {

static constexpr std::string_view kKicsNoOption = "27fcc7d6-c49b-46e0-98f1-6c082a6a2750";
static constexpr std::string_view kKicsNoList = "610e266e-6c12-4bca-9925-1ed0cd29742b";
static constexpr Alias kAliases[] = {
    {"kics", kKicsNoOption},
    {"kics", kKicsNoList},
    {"semgrep", "yaml.docker-compose.security.no-new-privileges.no-new-privileges"},
    {"compose-lint", "CL-0003"},
    {"cis", "5.26"},
};

// KICS asks for a list in one check, and for this option only where there is one in another.
static std::uint32_t aliases_here(const facts::Container& c) {
  const bool has_list = !c.security_options.items.empty();
  return peers(c, kAliases) & ~only(kAliases, {has_list ? kKicsNoList : kKicsNoOption});
}

static std::optional<Fix> switched_on(const facts::Container& c, const facts::Fact<bool>& set) {
  if (!can_edit(c) || may_raise_rights(c)) return {};
  std::optional<text::Edit> edit =
      set.known() ? with_value(c, set, "no-new-privileges:true")
                  : with_items(c, "security_opt", {"\"no-new-privileges:true\""});
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "set no-new-privileges",
             .edits = {std::move(*edit)}};
}

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<bool> set = facts::no_new_privileges(c);
  if (set.unknown() || (set.known() && set.value) || !is_told(c, set.where)) return;
  Finding finding{.where = set.where,
                  .message =
                      "a set-uid program may give the container's processes more rights: "
                      "no-new-privileges is not set",
                  .aliases = aliases_here(c),
                  .fix = switched_on(c, set)};
  if (set.known()) {
    finding.message = "no-new-privileges is switched off: set-uid programs give more rights";
    finding.severity = Severity::high;
  }
  out.push_back(std::move(finding));
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    security_opt: "
              "[\"no-new-privileges:true\"]\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "no-new-privileges:false\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
              "no-new-privileges:true\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "seccomp:./web.json # ours\n    restart: always\n",
     .flagged = true,
     .fixed =
         "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
         "seccomp:./web.json # ours\n      - \"no-new-privileges:true\"\n    restart: always\n"},
    {.input = Input::run_line, .text = "docker run -d nginx:1.27\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n      - "
             "no-new-privileges:true\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    security_opt: "
             "[no-new-privileges=true]\n"},
    {.input = Input::run_line,
     .text = "docker run -d --security-opt no-new-privileges nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-no-new-privileges",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Processes may gain privileges",
    .why =
        "A service that runs as an ordinary user is root again once an intruder starts a program "
        "with\n"
        "a set-uid bit, such as `su`, `mount` or `sudo`. With `no-new-privileges` the kernel "
        "gives\n"
        "no process more rights than its parent had. Programs that only lower their rights (gosu,\n"
        "su-exec, setpriv) keep working; `sudo`, `su`, `newuidmap` and programs with file\n"
        "capabilities don't. Docker installed as a snap can't start containers with it.",
    .remedy = "Set `security_opt: [\"no-new-privileges:true\"]`, or `--security-opt "
              "no-new-privileges`; not where the\n"
              "program calls `sudo` or `su`.",
    .source = "CIS Docker Benchmark 1.6, 5.26; Linux, Documentation/userspace-api/no_new_privs.rst",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "security_opt: [\"no-new-privileges:true\"]",
                  .flag = "--security-opt no-new-privileges",
                  .what = "no-new-privileges"},
});

}  // namespace plimsoll::rules::hardening::missing_no_new_privileges
