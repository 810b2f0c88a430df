// unjudged-file: the file has a Dockerfile's name but another grammar, and nothing is said about
// it.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions {

static void check(const facts::Build& build, Findings& out) {
  if (build.unjudged.empty()) return;
  const auto end = static_cast<std::uint32_t>(build.source->line(1).size());
  out.push_back(
      {.where = build.place({0, end}), .message = concat({"not judged: ", build.unjudged})});
}

static constexpr File kTemplate[] = {{"Dockerfile.j2", "FROM alpine:{{ version }}\n"}};
static constexpr File kMarked[] = {
    {"Dockerfile", "FROM alpine:3.22\n{% if debug %}\nRUN apk add gdb\n{% endif %}\n"}};

static constexpr Example kExamples[] = {
    {.files = kTemplate, .flagged = true},
    {.files = kMarked, .flagged = true},
    {.text = "# syntax=devthefuture/dockerfile-x\nINCLUDE ./base.dockerfile\n", .flagged = true},
    {.text = "FROM alpine:3.22\nRUN docker inspect --format '{{.Id}}' app\n"},
};

extern constinit const Rule unjudged_file = described({
    .name = "unjudged-file",
    .severity = Severity::info,
    .category = Category::syntax,
    .summary = "File is no Dockerfile yet, and not judged",
    .why = "A template becomes a Dockerfile only when another program has filled it in, and a "
           "frontend of one's own reads\n"
           "what Docker's does not. What can't be read is better named than guessed.",
    .remedy = "Judge what the template gives: `render | plimsoll check -`.",
    .source = "Dockerfile reference, \"syntax\"",
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions
