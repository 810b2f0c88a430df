// privileged-container: nothing but namespaces is left between the container and the host.
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime::privileged_container {

static constexpr Alias kAliases[] = {
    {"kics", "ae5b6871-7f45-42e0-bb4c-ab300c4d2026"},
    {"semgrep", "yaml.docker-compose.security.privileged-service.privileged-service"},
    {"compose-lint", "CL-0002"},
    {"cis", "5.5"},
};

static bool is_on(const facts::Fact<bool>& fact) {
  return fact.known() && fact.value;
}

// A run line would lose its option, which is more than a change of one word.
static std::optional<Fix> switched_off(const facts::Container& c) {
  using enum facts::ContainerKind;
  if ((c.kind != service && c.kind != job) || !c.privileged.editable) return std::nullopt;
  return Fix{.safety = Safety::changes_behaviour,
             .title = "run without privileges",
             .edits = {{c.privileged.where, "false"}}};
}

static void check(const facts::Container& c, Findings& out) {
  if (is_on(c.privileged))
    out.push_back({.where = c.privileged.where,
                   .message = "the container is privileged: its root is the host's",
                   .fix = switched_off(c)});
  if (c.service == nullptr) return;
  for (const facts::Hook& hook : c.service->hooks)
    if (is_on(hook.privileged))
      out.push_back({.where = hook.privileged.where,
                     .message = "the hook runs privileged, whatever its service is",
                     .aliases = only(kAliases, {"5.5"})});
  if (c.service->build != nullptr && is_on(c.service->build->privileged))
    out.push_back({.where = c.service->build->privileged.where,
                   .message = "the image is built with the host's privileges",
                   .aliases = only(kAliases, {"5.5"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    privileged: false\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    post_start:\n      - command: "
             "[/setup]\n        privileged: true\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --privileged --rm alpine:3.22 sh\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    privileged: false\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [NET_ADMIN]\n"},
    {.input = Input::run_line, .text = "docker run --rm alpine:3.22 sh --privileged\n"},
};

extern constinit const Rule rule = described({
    .name = "privileged-container",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "Container is privileged",
    .why = "A privileged container has every capability and every device of the host, and neither "
           "seccomp nor AppArmor holds\n"
           "it. Whoever takes over its process mounts the host's disk and is root there.",
    .remedy = "Leave `privileged` out. Give what the program really needs: one capability "
              "(`cap_add`), one device (`devices`),\n"
              "one kernel setting (`sysctls`).",
    .source = "CIS Docker Benchmark 1.6, 5.5",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::remove,
});

}  // namespace plimsoll::rules::runtime::privileged_container
