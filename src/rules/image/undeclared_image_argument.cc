// undeclared-image-argument: FROM uses a variable that no ARG above the first FROM declares.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::undeclared_image_argument {

static constexpr Alias kAliases[] = {
    {"buildkit", "UndefinedArgInFrom"},
    {"tally", "buildkit/UndefinedArgInFrom"},
};

// The variable's name in the text; empty: it stands there in another way.
static text::Span find_name(const facts::Build& build, text::Span span, std::string_view name) {
  const std::size_t at = build.source->at(span).find(name);
  if (at == std::string_view::npos) return {};
  const std::uint32_t begin = span.begin + static_cast<std::uint32_t>(at);
  return {begin, begin + static_cast<std::uint32_t>(name.size())};
}

// An ARG of that name in a stage, where it comes too late.
static const parse::dockerfile::Pair* find_declaration(const facts::Build& build,
                                                       std::string_view name) {
  for (const facts::Stage& stage : build.stages)
    for (const parse::dockerfile::Instruction* instruction : stage.instructions) {
      if (instruction->keyword != parse::dockerfile::Keyword::arg) continue;
      for (const parse::dockerfile::Pair& pair : instruction->pairs)
        if (pair.key == name) return &pair;
    }
  return nullptr;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    for (std::string_view name : base.undeclared) {
      text::Span where = find_name(build, base.span, name);
      if (where == text::Span{} && base.platform != nullptr)
        where = find_name(build, base.platform->value_span, name);
      Finding finding{.where = build.place(where == text::Span{} ? base.span : where)};
      const parse::dockerfile::Pair* late = find_declaration(build, name);
      finding.message =
          late == nullptr
              ? concat({"no ARG declares ", name, ", so FROM takes it as empty"})
              : concat({"ARG ", name, " belongs to a stage, so FROM takes it as empty"});
      if (late != nullptr)
        finding.related = {{build.place(late->span), "the ARG that FROM does not see"}};
      out.push_back(std::move(finding));
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:${VERSION}\n", .flagged = true},
    {.text = "FROM alpine:3.22 AS base\nARG VERSION=22\nFROM node:${VERSION}\n", .flagged = true},
    {.text = "ARG VERSION=22\nFROM node:${VERSION}\n"},
    {.text = "FROM --platform=$BUILDPLATFORM golang:1.26\n"},
};

extern constinit const Rule rule = described({
    .name = "undeclared-image-argument",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "FROM uses a variable that no ARG above it declares",
    .why = "FROM sees only the ARGs that stand above the first FROM. Any other variable is empty "
           "there, whatever `--build-arg`\n"
           "says: the build fails, or silently takes another image.",
    .remedy = "Declare it with `ARG` above the first FROM.",
    .source = "Dockerfile reference, \"Understand how ARG and FROM interact\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::undeclared_image_argument
