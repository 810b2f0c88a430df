// namespace-of-another-container: the container joins a namespace of another one.
#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::namespace_of_another_container {

static constexpr Alias kAliases[] = {
    {"cis", "5.16"},
    {"cis", "5.17"},
};

static void report(const facts::Fact<std::string_view>& mode, std::string_view what,
                   std::uint32_t aliases, Findings& out) {
  if (!mode.known()) return;
  const bool container = mode.value.starts_with("container:");
  if (!container && !mode.value.starts_with("service:")) return;
  out.push_back({.where = mode.where,
                 .message = concat({"the container shares ", what, " of ",
                                    mode.value.substr(mode.value.find(':') + 1)}),
                 .aliases = aliases});
}

static void check(const facts::Container& c, Findings& out) {
  report(c.network_mode, "the network", 0, out);
  report(c.pid_mode, "the processes", only(kAliases, {"5.16"}), out);
  report(c.ipc_mode, "the memory segments", only(kAliases, {"5.17"}), out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    pid: \"service:db\"\n  db:\n    image: "
             "postgres:17\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    network_mode: \"container:vpn\"\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --network container:vpn alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    network_mode: none\n"},
    {.input = Input::run_line, .text = "docker run --network vpn alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "namespace-of-another-container",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Container joins another container's namespace",
    .why = "Who breaks into one of the two is in the other one's network, processes or memory as "
           "well: they are as\n"
           "safe as the weaker one.",
    .remedy = "Keep it where it is meant, such as for a VPN or a debugger; else let the two talk "
              "over a network of\n"
              "their own.",
    .source = "CIS Docker Benchmark 1.6, 5.16 and 5.17",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::runtime::namespace_of_another_container
