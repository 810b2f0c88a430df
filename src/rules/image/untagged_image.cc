// untagged-image: FROM names an image without saying which version of it.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::image::untagged_image {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3006"},
    {"tally", "hadolint/DL3006"},
    {"trivy", "DS-0001"},
    {"checkov", "CKV_DOCKER_7"},
    {"kics", "9efb0b2d-89c9-41a3-91ca-dcc0aec911fd"},
    {"semgrep", "dockerfile.best-practice.missing-image-version.missing-image-version"},
    {"compose-lint", "CL-0004"},
    {"dclint", "service-image-require-explicit-tag"},
};
static constexpr std::uint32_t kOfServices =
    only(kAliases, {"CL-0004", "service-image-require-explicit-tag"});

static bool has_version(std::string_view image) {
  const std::size_t slash = image.rfind('/');
  return image.find('@') != std::string_view::npos ||
         image.find(':', slash == std::string_view::npos ? 0 : slash) != std::string_view::npos;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    if (base.stage != nullptr || base.scratch || !base.reference.known()) continue;
    const std::string_view image = base.reference.value;
    if (image.empty() || has_version(image)) continue;
    // hadolint doesn't expand variables: it passes over an image that starts with one and trusts
    // what looks like a tag.
    const std::string_view written = build.source->at(base.span);
    const bool theirs = !written.starts_with('$') && !has_version(written);
    out.push_back({.where = build.place(base.span),
                   .message = concat({image, " has no tag, so it means ", image, ":latest"}),
                   .aliases = ~kOfServices & (theirs ? ~0U : without(kAliases, "hadolint"))});
  }
}

// What a script runs without a tag is often an image that was built on the same machine.
static void check_running(const facts::Container& c, Findings& out) {
  if (!rules::names_image(c) || has_version(c.image.value)) return;
  Finding finding{
      .where = c.image.where,
      .message = concat({c.image.value, " has no tag, so it means ", c.image.value, ":latest"}),
      .aliases = c.service != nullptr ? kOfServices : 0U};
  if (c.service == nullptr) finding.severity = Severity::low;
  out.push_back(std::move(finding));
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine\n", .flagged = true},
    {.text = "FROM registry.example.com:5000/team/app\n", .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx\n", .flagged = true},
    {.input = Input::run_line, .text = "docker run nginx\n", .flagged = true},
    {.text = "FROM alpine:3.22\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.28\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    image: ${IMAGE}\n"},
    {.text = "FROM alpine:3.22 AS build\nFROM build\n"},
    {.text = "FROM scratch\n"},
};

extern constinit const Rule rule = described({
    .name = "untagged-image",
    .severity = Severity::medium,
    .category = Category::reproducibility,
    .summary = "Image is named without a version",
    .why = "Without a tag the engine takes `latest`, which is another image after each release. A "
           "build that was good\n"
           "yesterday may fail today, and nobody can say which version runs.",
    .remedy = "State a version: `alpine:3.22`, or better a digest as well.",
    .source = "Docker, Building best practices, \"Pin base image versions\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .on_running = check_running,
});

}  // namespace plimsoll::rules::image::untagged_image
