// redundant-platform: FROM says `--platform=$TARGETPLATFORM`, which is what it does anyway.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::redundant_platform {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3065"},
    {"buildkit", "RedundantTargetPlatform"},
    {"tally", "buildkit/RedundantTargetPlatform"},
};

// `ARG TARGETPLATFORM=linux/amd64` would give it another meaning.
static bool is_given_a_value(const facts::Build& build) {
  for (const facts::Fact<facts::Variable>& argument : build.global_arguments.items)
    if (argument.value.name == "TARGETPLATFORM" && argument.known() && argument.value.has_text)
      return true;
  return false;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const parse::dockerfile::Flag* flag = stage.base.platform;
    if (flag == nullptr) continue;
    if (flag->value != "$TARGETPLATFORM" && flag->value != "${TARGETPLATFORM}") continue;
    if (is_given_a_value(build)) continue;
    // The blanks behind the flag go with it, as far as they stand on its line.
    const std::string_view bytes = build.source->bytes();
    text::Span gone = flag->span;
    while (gone.end < bytes.size() && (bytes[gone.end] == ' ' || bytes[gone.end] == '\t'))
      ++gone.end;
    out.push_back(
        {.where = build.place(flag->span),
         .message = concat({flag->value, " is the platform that FROM takes anyway"}),
         .fix = Fix{.title = "leave the platform out", .edits = {{build.place(gone), ""}}}});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM --platform=$TARGETPLATFORM alpine:3.22\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\n"},
    {.text = "FROM --platform=$BUILDPLATFORM golang:1.26\n"},
    {.text = "ARG TARGETPLATFORM=linux/amd64\nFROM --platform=$TARGETPLATFORM alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "redundant-platform",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "FROM --platform repeats the default",
    .why = "Every FROM takes its image for the platform that the build is for. The flag says "
           "nothing, and hides those that do.",
    .remedy = "Leave `--platform` out.",
    .source = "BuildKit, build checks, RedundantTargetPlatform",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::redundant_platform
