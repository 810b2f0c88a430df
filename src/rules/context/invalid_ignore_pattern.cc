// invalid-ignore-pattern: the builder refuses the ignore file, and with it the build.
#include "rules/context/_copies.h"

namespace plimsoll::rules::context::invalid_ignore_pattern {

static void check(const facts::Context& context, Findings& out) {
  for (const parse::ignorefile::DockerIgnoreProblem& problem : context.ignore_problems) {
    const std::string_view text = context.ignore_source->at(problem.where);
    out.push_back({.where = context.ignore_place(problem.where),
                   .message = concat({problem.message, text.size() > 100 ? "" : ": ",
                                      text.size() > 100 ? "" : text, "; no build starts"})});
  }
}

static constexpr std::string_view kCopiesAll = "FROM alpine:3.22\nCOPY . /app\n";
static constexpr File kOpen[] = {
    {"Dockerfile", kCopiesAll}, {"a", "\n"}, {".dockerignore", "*.md\n[ab\n"}};
static constexpr File kAlone[] = {
    {"Dockerfile", kCopiesAll}, {"a", "\n"}, {".dockerignore", "*.md\n!\n"}};
static constexpr File kEscaped[] = {
    {"Dockerfile", kCopiesAll}, {"a", "\n"}, {".dockerignore", "*.md\n\\[ab\n!a\n"}};

static constexpr Example kExamples[] = {
    {.files = kOpen, .flagged = true},
    {.files = kAlone, .flagged = true},
    {.files = kEscaped},
};

extern constinit const Rule rule = described({
    .name = "invalid-ignore-pattern",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Pattern that the builder refuses",
    .why = "One pattern that can't be read, such as a bracket that never closes or a `!` with "
           "nothing behind it, and the\n"
           "builder refuses the whole file: every build with this context fails.",
    .remedy = "Close the bracket, or put a backslash in front of a character that stands for "
              "itself.",
    .source = "moby/patternmatcher v0.6.1, New; Docker, Build context, \"Syntax\"",
    .examples = kExamples,
    .check = OnContext{.check = check},
});

}  // namespace plimsoll::rules::context::invalid_ignore_pattern
