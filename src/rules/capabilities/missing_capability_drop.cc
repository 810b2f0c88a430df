// missing-capability-drop: the container keeps rights of root that hardly any service needs.
#include <algorithm>

#include "rules/capabilities/_names.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::capabilities::missing_capability_drop {

static constexpr std::string_view kKics = "ce76b7d0-9e77-464d-b86f-c5c48e03e22d";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"compose-lint", "CL-0006"},
    {"cis", "5.4"},
};

static void check(const facts::Container& c, Findings& out) {
  const facts::FactList<facts::Capability>& drops = c.dropped_capabilities;
  const auto settles = [](const facts::Fact<facts::Capability>& item) {
    return item.unknown() || (item.known() && kernel_name(item.value) == "ALL");
  };
  if (!drops.complete || std::ranges::any_of(drops.items, settles)) return;
  if (!hardening::is_told(c, drops.where)) return;
  // KICS is content with any list.
  const bool some = !drops.items.empty();
  out.push_back({.where = drops.where,
                 .message = some ? "only some capabilities are dropped, not ALL"
                                 : "no capability is dropped: root in the container keeps 14, such "
                                   "as NET_RAW and DAC_OVERRIDE",
                 .aliases = hardening::peers(c, kAliases) & ~(some ? only(kAliases, {kKics}) : 0)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [NET_RAW]\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run -d nginx:1.27\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: [CHOWN, "
             "SETGID, SETUID]\n"},
    {.input = Input::run_line, .text = "docker run -d --cap-drop all nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-capability-drop",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Capabilities are not dropped",
    .why =
        "The engine leaves 14 capabilities to root in a container: to forge network packets "
        "(NET_RAW), to make device files\n"
        "(MKNOD), to read and change every file (DAC_OVERRIDE). A service that runs as a user of "
        "its "
        "own needs none. Images\n"
        "that start as root and then change to a user (postgres, redis, rabbitmq: gosu, su-exec) "
        "need "
        "SETUID and SETGID, mostly\n"
        "CHOWN, for data of that user DAC_OVERRIDE and FOWNER, too; nginx, httpd and php-fpm need "
        "CHOWN, SETUID and SETGID for\n"
        "their workers, which else die while the container seems to run. Programs with file "
        "capabilities (caddy, vault,\n"
        "pgadmin) don't start unless theirs is added. Ports below 1024 need NET_BIND_SERVICE only "
        "on "
        "the host's network.",
    .remedy =
        "Set `cap_drop: [ALL]` (`--cap-drop ALL`) and add back by `cap_add` what the program "
        "can't do without; then send it\n"
        "a request, since some failures don't end it. Best it runs as a user of its own and needs "
        "none.",
    .source = "CIS Docker Benchmark 1.6, 5.4",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "cap_drop: [ALL]",
                  .flag = "--cap-drop ALL",
                  .what = "dropped capabilities"},
});

}  // namespace plimsoll::rules::capabilities::missing_capability_drop
