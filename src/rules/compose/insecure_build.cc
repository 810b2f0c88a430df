// insecure-build: the build may do more on the host than to build.
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::compose::insecure_build {

static void report(const facts::Fact<std::string_view>& item, std::string_view what,
                   Severity severity, Findings& out) {
  out.push_back(
      {.where = item.where, .message = concat({"the build may ", what}), .severity = severity});
}

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr || c.service->build == nullptr) return;
  const facts::BuildSection& build = *c.service->build;
  if (is_inherited(c, build.where)) return;
  for (const facts::Fact<std::string_view>& item : build.entitlements.items) {
    if (!item.known()) continue;
    if (item.value == "security.insecure")
      report(item, "run commands with the host's privileges", Severity::high, out);
    if (item.value == "network.host")
      report(item, "run commands in the host's network", Severity::medium, out);
    if (item.value == "device") report(item, "use the host's devices", Severity::medium, out);
  }
  for (const facts::Fact<std::string_view>& item : build.ssh.items)
    if (item.known() && item.value == "default")
      report(item, "use every key of the SSH agent of whoever builds", Severity::low, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    build:\n      context: .\n      entitlements: "
             "[security.insecure]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    build:\n      context: .\n      ssh: [default]\n",
     .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    build:\n      context: .\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    build:\n      context: .\n      ssh: "
             "[\"deploy=./keys/deploy\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "insecure-build",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Build is allowed what reaches the host",
    .why = "A Dockerfile, and each package that it installs, runs with what the build is allowed. "
           "`security.insecure` makes its\n`RUN --security=insecure` root on the host; "
           "`network.host` opens services that listen on the host alone; a forwarded\nagent signs "
           "whatever a build step asks it to.",
    .remedy = "Leave `entitlements` out. Forward one key that can do little: `ssh: "
              "[\"deploy=./keys/deploy\"]`.",
    .source = "Compose Build specification, \"entitlements\", \"ssh\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::insecure_build
