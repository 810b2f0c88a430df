// root-equivalent-capability: one that makes root of the container root of the host.
#include "base/concat.h"
#include "facts/security.h"
#include "rules/capabilities/_names.h"
#include "rules/compose_edits.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::capabilities::root_equivalent_capability {

static constexpr std::string_view kKics = "ce76b7d0-9e77-464d-b86f-c5c48e03e22d";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"compose-lint", "CL-0024"},
    {"compose-lint", "CL-0027"},
    {"cis", "5.4"},
};

// What it gives; empty: it is no such capability here.
static std::string_view given_by(const facts::Container& c, std::string_view name) {
  if (name == "ALL") return "every capability, whatever cap_drop says of ALL";
  if (name == "SYS_ADMIN") return "the right to mount filesystems and to enter namespaces";
  if (name == "SYS_MODULE") return "the right to load modules into the host's kernel";
  if (name == "SYS_RAWIO") return "the host's memory and its input and output ports";
  if (name == "SYS_PTRACE" && c.pid_mode.known() && c.pid_mode.value == "host")
    return "the memory of every process of the host, whose processes it sees";
  return {};
}

static std::optional<Fix> taken_away(const facts::Container& c, const text::Place& item,
                                     std::string_view name) {
  std::optional<text::Edit> edit = without_item(c, "cap_add", item);
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"take ", name, " away"}),
             .edits = {std::move(*edit)}};
}

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Capability>& item : c.added_capabilities.items) {
    if (!item.known() || !hardening::is_told(c, item.where)) continue;
    const std::string name = kernel_name(item.value);
    const std::string_view given = given_by(c, name);
    if (given.empty()) continue;
    // Beside ALL a drop by name holds.
    if (name != "ALL") {
      const facts::Fact<bool> held = facts::has_capability(c, name);
      if (held.known() && !held.value) continue;
    }
    const std::string_view silent = name == "SYS_PTRACE" ? "CL-0024" : "CL-0027";
    out.push_back({.where = item.where,
                   .message = concat({name, " gives the container ", given}),
                   .aliases = hardening::peers(c, kAliases) & ~only(kAliases, {silent}),
                   .fix = taken_away(c, item.where, name)});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [SYS_ADMIN]\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: [all, "
             "CHOWN]\n",
     .flagged = true,
     .fixed =
         "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: [CHOWN]\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pid: host\n    cap_add: [SYS_PTRACE]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --cap-add CAP_SYS_MODULE alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: [CHOWN]\n"},
    {.input = Input::run_line, .text = "docker run --cap-add SYS_PTRACE alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "root-equivalent-capability",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "Capability is as good as root on the host",
    .why = "Capabilities split the rights of root. These four contain all the others: who may load "
           "a kernel\n"
           "module or write to memory is root of the host, and SYS_ADMIN has been part of most "
           "breakouts from containers. `ALL` in\n"
           "`cap_add` wins over `ALL` in `cap_drop`; there only a drop by name holds.",
    .remedy = "Take it out of `cap_add` (`--cap-add`). What it was added for has mostly a narrower "
              "way: a "
              "device, a volume\n"
              "with the right driver, a module that the host loads at its start.",
    .source = "CIS Docker Benchmark 1.6, 5.4; capabilities(7)",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::capabilities::root_equivalent_capability
