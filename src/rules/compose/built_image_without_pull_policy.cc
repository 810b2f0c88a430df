// built-image-without-pull-policy: a service states both an image and how to build it, but not
// which of them counts.
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::compose::built_image_without_pull_policy {

static constexpr Alias kAliases[] = {
    {"dclint", "no-build-and-image"},
};

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr || c.service->build == nullptr || !c.pull_policy.absent()) return;
  const facts::Fact<std::string_view>& name = c.service->image_name;
  if (name.absent() || is_inherited(c, name.where)) return;
  out.push_back({.where = name.where,
                 .message = "the image is pulled if the registry has it, and built only if not"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    build: .\n    image: example/web:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    build: .\n    image: example/web:1\n    pull_policy: build\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    build: .\n"},
};

extern constinit const Rule rule = described({
    .name = "built-image-without-pull-policy",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "Image is both named and built, without a pull policy",
    .why = "With `image` and `build`, `docker compose up` takes the image that is there, then the "
           "registry's, and builds only if\nneither is found: an old or foreign image may run in "
           "the place of the files beside it.",
    .remedy = "Say which counts: `pull_policy: build`, or leave out one of the two.",
    .source = "Compose specification, \"build\" and \"pull_policy\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::built_image_without_pull_policy
