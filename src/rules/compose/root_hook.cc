// root-hook: a hook runs as root in a container that may run as another user.
#include "base/concat.h"
#include "facts/project.h"
#include "facts/user.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::root_hook {

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr) return;
  for (const facts::Hook& hook : c.service->hooks)
    if (hook.user.known() && facts::is_root(hook.user.value))
      out.push_back({.where = hook.user.where,
                     .message = concat(
                         {hook.kind == facts::Hook::Kind::post_start ? "post_start" : "pre_stop",
                          " runs as root in the running container"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    user: \"101\"\n    post_start:\n      "
             "- command: [/setup]\n        user: root\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    user: \"101\"\n    post_start:\n      "
             "- command: [/setup]\n"},
};

extern constinit const Rule rule = described({
    .name = "root-hook",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Hook runs as root",
    .why = "A hook is a process in the running container. As root it can read and change what the "
           "service itself may not, and\nwhatever the service can make it run is root as well.",
    .remedy = "Leave `user` out: the hook then runs as the service. What needs root is better done "
              "in the image or in `pre_start`.",
    .source = "Compose specification, \"post_start\" and \"pre_stop\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::root_hook
