// ignored-directive: a comment that was meant as a directive, misspelt or in the wrong place.
#include <algorithm>
#include <array>

#include "base/concat.h"
#include "facts/build.h"
#include "parse/dockerfile/keyword.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::ignored_directive {

static constexpr Alias kAliases[] = {{"tally", "tally/syntax-directive-typo"}};

struct Comment {
  std::string_view name, value;
};

static std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// `# name=value`; an empty name: the comment is something else.
static Comment read(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view name = trimmed(line.substr(0, equals));
  const bool letters =
      std::ranges::all_of(name, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  return {letters ? name : std::string_view{}, trimmed(line.substr(equals + 1))};
}

// A value that only that directive can have, so that prose with an equals sign is left alone.
static bool fits(std::string_view directive, std::string_view value) {
  if (directive == "escape") return value == "\\" || value == "`";
  return directive == "syntax" && value.find('/') != std::string_view::npos &&
         value.find(' ') == std::string_view::npos;
}

static void check_comment(const facts::Build& build, const parse::dockerfile::Node& node,
                          Findings& out) {
  constexpr std::array<std::string_view, 2> kNames = {"syntax", "escape"};
  const Comment comment = read(build.source->at(node.span));
  if (comment.name.empty()) return;
  const bool known = std::ranges::any_of(
      kNames, [&](std::string_view name) { return same_name(name, comment.name); });
  const std::string_view nearest = parse::dockerfile::nearest(comment.name, kNames);
  for (std::string_view name : kNames) {
    if (!fits(name, comment.value)) continue;
    if (same_name(name, comment.name))
      out.push_back({.where = build.place(node.span),
                     .message = concat({"this ", name,
                                        " directive is a mere comment: directives stand above "
                                        "all else, blank lines included"})});
    else if (!known && nearest == name)
      out.push_back({.where = build.place(node.span),
                     .message = concat({comment.name, " is no directive (did you mean ", name,
                                        "?), so that this is a mere comment"})});
  }
}

// Directives behind the first instruction are no slip any more.
static void check(const facts::Build& build, Findings& out) {
  for (const parse::dockerfile::Node& node : build.tree->nodes) {
    if (node.kind == parse::dockerfile::NodeKind::instruction) return;
    const bool found =
        std::ranges::any_of(build.tree->directives, [&](const parse::dockerfile::Directive& d) {
          return d.span.begin >= node.span.begin && d.span.begin < node.span.end;
        });
    if (node.kind == parse::dockerfile::NodeKind::comment && !found)
      check_comment(build, node, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "# sytnax=docker/dockerfile:1\nFROM alpine:3.22\n", .flagged = true},
    {.text = "# our image\n# syntax=docker/dockerfile:1\nFROM alpine:3.22\n", .flagged = true},
    {.text = "\n# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n", .flagged = true},
    {.text = "# syntax=docker/dockerfile:1\nFROM alpine:3.22\n"},
    {.text = "# The syntax = /bin/sh's\nFROM alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "ignored-directive",
    .severity = Severity::medium,
    .category = Category::syntax,
    .summary = "Directive is misspelt or stands too low, so it is a comment",
    .why = "Docker takes what it does not know, and what stands below a comment or a blank line, "
           "for a "
           "comment. The build goes\n"
           "on with the builder's own syntax, or with `\\` as the escape character.",
    .remedy = "Write `# syntax=` and `# escape=` in the first lines of the file.",
    .source = "Dockerfile reference, \"Parser directives\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::ignored_directive
