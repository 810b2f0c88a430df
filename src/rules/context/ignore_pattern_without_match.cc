// ignore-pattern-without-match: nothing in the context has such a path.
#include "rules/context/_copies.h"

namespace plimsoll::rules::context::ignore_pattern_without_match {

// What lies deeper is told by root-only-ignore-pattern; a `!` may be there for a file to come.
static void check(const facts::Context& context, Findings& out) {
  if (context.files == nullptr || !context.files->complete) return;
  for (std::size_t i = 0; i < context.ignore_patterns.size(); ++i) {
    const facts::PatternUse& use = context.files->uses[i];
    const parse::ignorefile::DockerPattern& pattern = context.ignore_patterns[i];
    if (pattern.negated || use.matched || use.may_match_unseen || use.deeper > 0) continue;
    out.push_back({.where = context.ignore_place(pattern.where),
                   .message = concat({"matches nothing in ", context.directory})});
  }
}

static constexpr std::string_view kCopiesAll = "FROM node:22-slim\nCOPY . /app\n";
static constexpr File kMisspelt[] = {
    {"Dockerfile", kCopiesAll}, {"README.md", "\n"}, {".dockerignore", "Readme.md\n"}};
static constexpr File kMatches[] = {
    {"Dockerfile", kCopiesAll}, {"README.md", "\n"}, {".dockerignore", "README.md\n"}};
static constexpr File kUnseen[] = {
    {"Dockerfile", kCopiesAll}, {"build/a.log", "\n"}, {".dockerignore", "build\n**/*.log\n"}};

static constexpr Example kExamples[] = {
    {.files = kMisspelt, .flagged = true},
    {.files = kMatches},
    {.files = kUnseen},
};

extern constinit const Rule rule = described({
    .name = "ignore-pattern-without-match",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Ignore pattern that matches nothing",
    .why =
        "The pattern may be misspelt: letters' case counts. It may also wait for files that only "
        "others have.",
    .remedy = "Correct it, or remove it if nothing of that name is made here.",
    .source = "Docker, Build context, \"Syntax\"",
    .examples = kExamples,
    .check = OnContext{.check = check, .files = true},
});

}  // namespace plimsoll::rules::context::ignore_pattern_without_match
