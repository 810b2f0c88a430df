// full-size-image: what ships starts from an image with compilers and tools, though a smaller
// variant exists.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/concat.h"
#include "data/base_image.h"
#include "rules/image/_base.h"
#include "rules/image/_slimmer.h"
#include "rules/image/_split.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::full_size_image {

static constexpr Alias kAliases[] = {{"cis", "4.3"}};

static void check(const facts::Build& build, Findings& out) {
  if (build.target == nullptr) return;
  const facts::Base& base = *build.target->root;
  if (base.facts == nullptr || !base.facts->full_size || base.facts->smaller.empty()) return;
  if (data::find_withdrawn(repository(base)) != nullptr) return;  // no variant of it is any better
  std::optional<Fix> fix = split(build);
  if (!fix) fix = slimmed(build);
  const bool compilers = std::ranges::binary_search(base.facts->tools, "gcc");
  out.push_back({.where = build.place(base.span),
                 .message = concat({base.reference.value, " ships ",
                                    compilers ? "compilers and tools" : "tools", " that ",
                                    repository(base), ":", smaller_tag(base), " leaves out"}),
                 .fix = std::move(fix)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\n", .flagged = true, .fixed = "FROM node:22-slim\n"},
    {.text = "ARG IMAGE=python:3.13\nFROM ${IMAGE}\nCOPY app.py /\nCMD [\"python\", \"/app.py\"]\n",
     .flagged = true,
     .fixed = "ARG IMAGE=python:3.13-slim\nFROM ${IMAGE}\nCOPY app.py /\nCMD [\"python\", "
              "\"/app.py\"]\n"},
    {.text = "FROM node:22\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n", .flagged = true},
    {.text = "FROM node:22-slim\n"},
    {.text =
         "FROM node:22 AS build\nRUN npm ci\nFROM node:22-alpine\nCOPY --from=build /app /app\n"},
};

extern constinit const Rule rule = described({
    .name = "full-size-image",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "A smaller variant of the image exists",
    .why = "Whatever is in the image can have a hole, and helps an intruder: `node:22` brings over "
           "1 GB with compilers,\n"
           "Git and Python, `node:22-slim` a fifth of it. What is needed to build belongs into a "
           "stage of its own.",
    .remedy = "Build in the full image, and copy the result into the slim, Alpine or distroless "
              "one in a last stage.",
    .source = "Docker, Building best practices, \"Choose the right base image\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::full_size_image
