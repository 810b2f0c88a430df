// image-without-digest: FROM names an image by a tag alone, which its registry can move.
#include "base/concat.h"
#include "rules/image/_base.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::image_without_digest {

static constexpr Alias kAliases[] = {
    {"semgrep", "dockerfile.audit.dockerfile-source-not-pinned.dockerfile-source-not-pinned"},
    {"compose-lint", "CL-0019"},
};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    if (!names_image(base) || !base.parts.digest.empty()) continue;
    out.push_back({.where = build.place(base.span),
                   .message = concat({base.reference.value, " has no digest"}),
                   .aliases = without(kAliases, "compose-lint")});
  }
}

static void check_running(const facts::Container& c, Findings& out) {
  if (!rules::names_image(c)) return;
  const parse::imageref::Reference parts = parse::imageref::parse(c.image.value);
  if (!parts.valid || !parts.digest.empty()) return;
  // compose-lint asks images with a tag that stays.
  const bool theirs =
      c.service != nullptr && !parts.tag.empty() && !moves_for_compose_lint(parts.tag);
  out.push_back({.where = c.image.where,
                 .message = concat({c.image.value, " has no digest"}),
                 .aliases = theirs ? only(kAliases, {"CL-0019"}) : 0U});
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\n", .flagged = true},
    {.text = "ARG BASE=alpine:3.22\nFROM ${BASE}\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run nginx:1.28\n", .flagged = true},
    {.text =
         "FROM "
         "alpine:3.22@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\n"},
    {.text = "FROM scratch\n"},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: "
         "nginx:1.28@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\n"},
};

extern constinit const Rule rule = described({
    .name = "image-without-digest",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "Image is not pinned to a digest",
    .why = "A tag is a name that whoever owns the repository can give to other bytes; a digest is "
           "the bytes' own hash.\n"
           "Only with a digest do two builds, or a build and its review, speak of the same image.",
    .remedy = "Append the digest: `alpine:3.22@sha256:…` (`docker buildx imagetools inspect` shows "
              "it), and let a bot keep\n"
              "it fresh, or fixes never arrive.",
    .source = "Docker, Building best practices, \"Pin base image versions\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .on_running = check_running,
});

}  // namespace plimsoll::rules::image::image_without_digest
