// ineffective-pull-policy: the pull policy does not do what it was stated for.
#include "base/concat.h"
#include "facts/project.h"
#include "parse/imageref/imageref.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::compose::ineffective_pull_policy {

static void check(const facts::Container& c, Findings& out) {
  if (!names_image(c) || !c.pull_policy.known() || is_inherited(c, c.pull_policy.where)) return;
  const parse::imageref::Reference parts = parse::imageref::parse(c.image.value);
  if (!parts.valid) return;
  const std::string_view policy = c.pull_policy.value;
  const bool moves = parts.digest.empty() && (parts.tag.empty() || parts.tag == "latest");
  if (policy == "always" && !parts.digest.empty())
    out.push_back({.where = c.pull_policy.where,
                   .message = "the digest says which image runs; to ask for it each time is in "
                              "vain"});
  if ((policy == "never" || policy == "missing" || policy == "if_not_present") && moves)
    out.push_back({.where = c.pull_policy.where,
                   .message = concat({c.image.value,
                                      " moves on, but the one that is here first "
                                      "stays"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:latest\n    pull_policy: never\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: "
             "nginx:1.28@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\n "
             "   pull_policy: always\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:latest\n    pull_policy: always\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    pull_policy: missing\n"},
};

extern constinit const Rule rule = described({
    .name = "ineffective-pull-policy",
    .severity = Severity::info,
    .category = Category::reproducibility,
    .preset = Preset::all,
    .summary = "Pull policy and image do not fit each other",
    .why = "`always` keeps an image fresh whose tag moves; a digest never moves. `missing` and "
           "`never` keep what is there, which for\n`latest` is another image on each machine.",
    .remedy = "Pin the image to a version or digest, with `missing`; or let a tag that moves be "
              "pulled `always`.",
    .source = "Compose specification, \"pull_policy\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::ineffective_pull_policy
