// unseen-part-of-project: a part of the project could not be looked at, so what is said of the rest
// may not hold.
#include <string>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::unseen_part_of_project {

static void check(const facts::Project& project, Findings& out) {
  for (const facts::ProjectProblem& gap : project.gaps)
    out.push_back({.where = gap.where, .message = std::string(gap.message)});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "include:\n  - https://github.com/example/stack.git#v1.2.0\nservices:\n  web:\n    "
             "image: nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.28\n"},
};

extern constinit const Rule rule = described({
    .name = "unseen-part-of-project",
    .severity = Severity::info,
    .category = Category::security,
    .summary = "A part of the project was not seen",
    .why = "Includes of a git repository or registry, and files that lie outside of what is "
           "judged, are not fetched or opened.\nTheir services run with the others, and their "
           "settings may change what is said here: the verdict is incomplete.",
    .remedy = "Judge the part by itself where it lives, or keep a copy of it in the project.",
    .source = "Compose specification, \"include\"",
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::compose::unseen_part_of_project
