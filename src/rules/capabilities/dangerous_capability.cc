// dangerous-capability: one that reaches beyond the container, but needs a second step.
#include <algorithm>

#include "base/concat.h"
#include "facts/security.h"
#include "rules/capabilities/_names.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::capabilities::dangerous_capability {

static constexpr std::string_view kKics = "ce76b7d0-9e77-464d-b86f-c5c48e03e22d";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"compose-lint", "CL-0011"},
    {"compose-lint", "CL-0027"},
    {"compose-lint", "CL-0028"},
    {"compose-lint", "CL-0029"},
    {"compose-lint", "CL-0030"},
    {"cis", "5.4"},
};

// None of them is among those that the engine leaves to a container: to add one of these back is
// what hardening does. Source: capabilities(7).
struct Power {
  std::string_view name, id;  // of compose-lint; empty: it has no such check
  std::string_view given;
  Severity severity = Severity::high;
};
static constexpr Power kPowers[] = {
    {"NET_ADMIN", "CL-0011", "change addresses, routes and firewall, and so hear its neighbours"},
    {"BPF", "CL-0011", "load programs into the host's kernel"},
    {"SYS_BOOT", "CL-0011", "restart the host"},
    {"PERFMON", "CL-0028", "watch every process of the host and its kernel"},
    {"SYS_TIME", "CL-0028", "set the host's clock"},
    {"SYS_NICE", "CL-0029", "take the host's processors from all others"},
    {"IPC_LOCK", "CL-0029", "pin the host's memory"},
    {"LEASE", "CL-0029", "hold up the host's access to files that it shares"},
    {"SYSLOG", "CL-0030", "read the host's kernel log and the addresses in it"},
    {"SYS_PTRACE", "CL-0027", "read the memory of all its processes", Severity::medium},
    {"DAC_READ_SEARCH", "CL-0027", "read files of the host beneath any mount by their numbers",
     Severity::medium},
    {"AUDIT_CONTROL", "", "switch off the host's audit log", Severity::medium},
    {"AUDIT_READ", "", "read the host's audit log", Severity::medium},
};

static bool traces_host(const facts::Container& c, std::string_view name) {
  return name == "SYS_PTRACE" && c.pid_mode.known() && c.pid_mode.value == "host";
}

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Capability>& item : c.added_capabilities.items) {
    if (!item.known() || !hardening::is_told(c, item.where)) continue;
    const std::string name = kernel_name(item.value);
    const auto* const power = std::ranges::find(kPowers, name, &Power::name);
    // The other rule says more of a process that sees the host's.
    if (power == std::end(kPowers) || traces_host(c, name)) continue;
    const facts::Fact<bool> held = facts::has_capability(c, name);
    if (held.known() && !held.value) continue;
    out.push_back({.where = item.where,
                   .message = concat({name, " lets the container ", power->given}),
                   .severity = power->severity,
                   .aliases = hardening::peers(c, kAliases) &
                              only(kAliases, {kKics, power->id, std::string_view("5.4")})});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [NET_ADMIN]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [cap_sys_ptrace]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --cap-add SYS_TIME alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: "
             "[NET_BIND_SERVICE]\n"},
    {.input = Input::run_line, .text = "docker run --cap-drop ALL --cap-add CHOWN alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "dangerous-capability",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Capability reaches beyond the container",
    .why = "The kernel does not keep what these allow within a container: the clock, the kernel "
           "log, the\n"
           "processors and the memory are the host's. None alone makes an intruder root of the "
           "host, but "
           "each is a step.",
    .remedy =
        "Take it out of `cap_add` (`--cap-add`). A VPN needs NET_ADMIN, vault and memory-locking "
        "databases IPC_LOCK, a debugger\n"
        "SYS_PTRACE: there accept the finding and say so.",
    .source = "CIS Docker Benchmark 1.6, 5.4; capabilities(7)",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::capabilities::dangerous_capability
