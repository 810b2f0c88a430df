// unjudged-file: the file has the name of a Dockerfile or Compose file but another grammar, and
// nothing is said about it.
#include "base/concat.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::unjudged_file {

static void check(const facts::Build& build, Findings& out) {
  if (build.unjudged.empty()) return;
  const auto end = static_cast<std::uint32_t>(build.source->line(1).size());
  out.push_back(
      {.where = build.place({0, end}), .message = concat({"not judged: ", build.unjudged})});
}

static void check_project(const facts::Project& project, Findings& out) {
  if (project.unjudged.empty()) return;
  const std::uint32_t first = project.sources.empty() ? project.where.source : project.sources[0];
  out.push_back({.where = {first, {0, 0}}, .message = concat({"not judged: ", project.unjudged})});
}

static constexpr File kTemplate[] = {{"Dockerfile.j2", "FROM alpine:{{ version }}\n"}};
static constexpr File kMarked[] = {
    {"Dockerfile", "FROM alpine:3.22\n{% if debug %}\nRUN apk add gdb\n{% endif %}\n"}};

static constexpr Example kExamples[] = {
    {.files = kTemplate, .flagged = true},
    {.files = kMarked, .flagged = true},
    {.text = "# syntax=devthefuture/dockerfile-x\nINCLUDE ./base.dockerfile\n", .flagged = true},
    {.input = Input::compose,
     .text = "web:\n  image: nginx\n  ports: [\"80:80\"]\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n{% for name in names %}\n  {{ name }}:\n    image: nginx:1.28\n{% endfor %}\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nRUN docker inspect --format '{{.Id}}' app\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    command: [\"echo\", \"{{ name }}\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "unjudged-file",
    .severity = Severity::info,
    .category = Category::syntax,
    .summary = "File is no Dockerfile or Compose file yet, and not judged",
    .why = "A template becomes a Dockerfile only when another program has filled it in, and a "
           "frontend of one's own reads\n"
           "what Docker's does not. Compose itself no longer reads the first version of its "
           "format. What can't be read is better named than guessed.",
    .remedy = "Judge what the template gives: `render | plimsoll check -`. Move a Compose file of "
              "version 1 below `services:`.",
    .source = "Dockerfile reference, \"syntax\"",
    .examples = kExamples,
    .check = OnBuild{check},
    .on_project = check_project,
});

}  // namespace plimsoll::rules::instructions::unjudged_file
