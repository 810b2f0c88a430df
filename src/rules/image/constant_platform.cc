// constant-platform: FROM takes its image for one platform, whatever the build is asked for.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/image/_platform.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::constant_platform {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3029"},
    {"buildkit", "FromPlatformFlagConstDisallowed"},
    {"tally", "buildkit/FromPlatformFlagConstDisallowed"},
    {"tally", "tally/platform-mismatch"},
    {"kics", "b16e8501-ef3c-44e1-a543-a093238099c9"},
    {"semgrep", "dockerfile.best-practice.avoid-platform-with-from.avoid-platform-with-from"},
};

static bool contains(std::string_view text, std::string_view part) {
  return !part.empty() && text.find(part) != std::string_view::npos;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const parse::dockerfile::Flag* flag = stage.base.platform;
    if (flag == nullptr || flag->value.empty()) continue;
    if (flag->value.find('$') != std::string_view::npos) continue;
    // One of several stages, each for its own platform, says so by its name.
    const Platform platform = read_platform(flag->value);
    if (contains(stage.name, platform.system) || contains(stage.name, platform.architecture))
      continue;
    out.push_back({.where = build.place(flag->span),
                   .message = concat({"the stage is for ", flag->value,
                                      " even where the build is for another platform"}),
                   .aliases = ~only(kAliases, {"tally/platform-mismatch"})});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM --platform=linux/amd64 alpine:3.22\n", .flagged = true},
    {.text = "FROM --platform=$BUILDPLATFORM golang:1.26 AS build\n"},
    {.text = "ARG TARGETARCH\n"
             "FROM --platform=linux/amd64 alpine:3.22 AS run-amd64\n"
             "FROM --platform=linux/arm64 debian:13 AS run-arm64\n"
             "FROM run-${TARGETARCH}\n"},
    {.text = "FROM alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "constant-platform",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "FROM --platform is a constant",
    .why = "`docker build --platform linux/arm64` then gives an image that claims to be for arm64 "
           "and holds amd64 programs.\n"
           "They run under slow emulation, or not at all.",
    .remedy = "Leave `--platform` out, or give it to `docker build`. A stage that compiles for "
              "other platforms takes\n"
              "`$BUILDPLATFORM`; stages of one platform each carry its name.",
    .source = "BuildKit, build checks, FromPlatformFlagConstDisallowed",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::constant_platform
