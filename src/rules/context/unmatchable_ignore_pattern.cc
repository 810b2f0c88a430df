// unmatchable-ignore-pattern: no file can have such a path, so the line does nothing.
#include "rules/context/_copies.h"

namespace plimsoll::rules::context::unmatchable_ignore_pattern {

using parse::ignorefile::DockerPattern;

// `node_modules # packages`: what stands behind is part of the name.
static bool has_comment(std::string_view text) {
  return text.find(" #") != std::string_view::npos || text.find("\t#") != std::string_view::npos;
}

static std::string_view why_unmatchable(const DockerPattern& pattern, std::string_view text) {
  if (has_comment(text))
    return "a comment stands on a line of its own; here it is part of the pattern";
  if (text.starts_with('#')) return "a comment begins in the first column; this is a pattern";
  if (pattern.text == "." || pattern.text == "/")
    return "the context itself can't be kept out; `*` is all that lies in it";
  if (pattern.text == ".." || pattern.text.starts_with("../"))
    return "nothing outside of the context is sent to a build";
  if (text.find('\\') != std::string_view::npos && text.find('/') == std::string_view::npos &&
      text.find_first_of("*?[]#! ") == std::string_view::npos)
    return "a backslash makes the next character stand for itself; folders are divided by `/`";
  return {};
}

static void check(const facts::Context& context, Findings& out) {
  for (const DockerPattern& pattern : context.ignore_patterns) {
    const std::string_view text = written(context, pattern);
    const std::string_view why = why_unmatchable(pattern, text);
    if (why.empty()) continue;
    out.push_back({.where = context.ignore_place(pattern.where),
                   .message = concat({"matches no file: ", why})});
  }
}

static constexpr std::string_view kCopiesAll = "FROM alpine:3.22\nCOPY . /app\n";
static constexpr File kComment[] = {{"Dockerfile", kCopiesAll},
                                    {".dockerignore", "secrets  # never in an image\n"}};
static constexpr File kOutside[] = {{"Dockerfile", kCopiesAll}, {".dockerignore", "../secrets\n"}};
static constexpr File kWindows[] = {{"Dockerfile", kCopiesAll}, {".dockerignore", "build\\out\n"}};
static constexpr File kOwnLine[] = {
    {"Dockerfile", kCopiesAll},
    {".dockerignore", "# never in an image\nsecrets\nbuild/out\n\\#a\n"}};

static constexpr Example kExamples[] = {
    {.files = kComment, .flagged = true},
    {.files = kOutside, .flagged = true},
    {.files = kWindows, .flagged = true},
    {.files = kOwnLine},
};

extern constinit const Rule rule = described({
    .name = "unmatchable-ignore-pattern",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Ignore pattern that no path can match",
    .why =
        "The line looks as if it kept something out, and does not. Ignore files know no comments "
        "behind a pattern, nothing\n"
        "outside of the context, and no backslash between folders.",
    .remedy = "Put comments on lines of their own, and write paths from the context's folder on, "
              "with `/`.",
    .source = "moby/patternmatcher v0.6.1, ignorefile.ReadAll",
    .examples = kExamples,
    .check = OnContext{.check = check},
});

}  // namespace plimsoll::rules::context::unmatchable_ignore_pattern
