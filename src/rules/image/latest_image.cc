// latest-image: FROM asks for the tag `latest`.
#include <algorithm>

#include "base/concat.h"
#include "rules/image/_base.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::latest_image {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3007"},
    {"tally", "hadolint/DL3007"},
    {"trivy", "DS-0001"},
    {"checkov", "CKV_DOCKER_7"},
    {"kics", "f45ea400-6bbe-4501-9fc7-1c3d75c32067"},
    {"semgrep", "dockerfile.best-practice.avoid-latest-version.avoid-latest-version"},
    {"dockle", "DKL-DI-0006"},
    {"compose-lint", "CL-0004"},
    {"dclint", "service-image-require-explicit-tag"},
};
static constexpr std::uint32_t kOfServices =
    only(kAliases, {"CL-0004", "service-image-require-explicit-tag"});

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    if (base.stage != nullptr || base.scratch) continue;
    const std::string_view written = build.source->at(base.span);
    const bool stated = written.ends_with(":latest");  // true whatever a variable before it holds
    const bool expanded =
        names_image(base) && base.parts.tag == "latest" && base.parts.digest.empty();
    if (!stated && !expanded) continue;
    const text::Span tag{base.span.end - 6, base.span.end};
    out.push_back({.where = build.place(stated ? tag : base.span),
                   .message = concat({base.reference.known() ? base.reference.value : written,
                                      " changes with each release"}),
                   .aliases = ~kOfServices & (stated ? ~0U : without(kAliases, "hadolint"))});
  }
}

// Tags that their owners move on at each release, or oftener.
static constexpr std::string_view kMoved[] = {"latest",  "stable", "edge",    "test",
                                              "nightly", "dev",    "beta",    "canary",
                                              "lts",     "main",   "rolling", "master"};

static void check_running(const facts::Container& c, Findings& out) {
  if (!rules::names_image(c)) return;
  const parse::imageref::Reference parts = parse::imageref::parse(c.image.value);
  if (!parts.valid || !parts.digest.empty() ||
      std::ranges::find(kMoved, parts.tag) == std::end(kMoved))
    return;
  Finding finding{.where = tag_place(c.image, parts.tag),
                  .message = concat({c.image.value, " changes with each release"}),
                  .aliases = c.service != nullptr ? kOfServices : 0U};
  if (parts.tag != "latest") finding.severity = Severity::low;
  if (!moves_for_compose_lint(parts.tag)) finding.aliases &= without(kAliases, "compose-lint");
  out.push_back(std::move(finding));
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:latest\n", .flagged = true},
    {.text = "ARG VERSION=latest\nFROM alpine:${VERSION}\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:latest\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run nginx:latest\n", .flagged = true},
    {.text = "FROM alpine:3.22\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.28\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    build: https://github.com/example/web.git\n    image: "
             "example/web:latest\n"},
    {.text =
         "FROM "
         "alpine:latest@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\n"},
};

extern constinit const Rule rule = described({
    .name = "latest-image",
    .severity = Severity::medium,
    .category = Category::reproducibility,
    .summary = "Image has the tag latest",
    .why = "`latest` is moved at each release, across major versions too. The same Dockerfile then "
           "gives different images,\n"
           "a rollback brings back the file but not the image, and a scanner's result holds for "
           "one day.",
    .remedy = "State the version that you tested, and let a bot such as Renovate raise it.",
    .source = "Docker, Building best practices, \"Pin base image versions\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .on_running = check_running,
});

}  // namespace plimsoll::rules::image::latest_image
