// foreign-architecture: a program that is built for one platform is copied into an image for
// another.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/image/_platform.h"
#include "rules/rule.h"
#include "rules/stages/_linking.h"

namespace plimsoll::rules::stages::foreign_architecture {

using facts::Command;
using facts::Copy;
using facts::Stage;

struct Runs {
  enum class On : std::uint8_t { unknown, builder, target, constant } on = On::unknown;
  std::string_view architecture{};  // constant
};

static Runs runs_on(const Stage& stage) {
  const facts::Base& root = *stage.root;
  if (root.platform == nullptr) {
    const std::string_view owner = image::architecture_of_owner(root.parts);
    if (!owner.empty()) return {Runs::On::constant, owner};
    return {root.reference.known() ? Runs::On::target : Runs::On::unknown, {}};
  }
  const std::string_view value = root.platform->value;
  if (value == "$BUILDPLATFORM" || value == "${BUILDPLATFORM}") return {Runs::On::builder, {}};
  if (value == "$TARGETPLATFORM" || value == "${TARGETPLATFORM}") return {Runs::On::target, {}};
  const std::string_view architecture = image::read_platform(value).architecture;
  if (value.find('$') != std::string_view::npos || architecture.empty()) return {};
  return {Runs::On::constant, architecture};
}

static const Command* find_native_build(const Stage& stage, std::string_view path) {
  if (path.empty() || path.ends_with('/')) return nullptr;
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage)
    for (const facts::Run& run : at->runs)
      for (const Command& command : run.commands)
        if (!run.trigger && builds_natively(command, path)) return &command;
  return nullptr;
}

static bool differ(const Runs& there, const Runs& here) {
  if (there.on == Runs::On::builder) return here.on == Runs::On::target;
  return there.on == Runs::On::constant && here.on == Runs::On::constant &&
         there.architecture != here.architecture;
}

static void check(const facts::Build& build, Findings& out) {
  if (build.target == nullptr) return;
  const Stage& ships = *build.target;
  // An image that runs nothing only carries files out of the build.
  if (!ships.entrypoint.known() && !ships.command.known()) return;
  const Runs here = runs_on(ships);
  for (const Copy& copy : ships.copies) {
    if (copy.from_stage == nullptr || copy.trigger) continue;
    const Runs there = runs_on(*copy.from_stage);
    if (!differ(there, here)) continue;
    for (const Copy::Source& source : copy.sources) {
      if (!source.path.known()) continue;
      const Command* command = find_native_build(*copy.from_stage, source.path.value);
      if (command == nullptr) continue;
      const bool builder = there.on == Runs::On::builder;
      out.push_back(
          {.where = source.path.where,
           .message = concat({source.path.value, " is built for ",
                              builder ? "the platform that builds" : there.architecture,
                              ", and the image is for ",
                              builder ? "the one that --platform asks for" : here.architecture}),
           .related = {{command->place(), "names no other platform"}}});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM --platform=$BUILDPLATFORM golang:1.26 AS build\nCOPY . .\n"
             "RUN CGO_ENABLED=0 go build -o /app .\n"
             "FROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
     .flagged = true},
    {.text = "FROM --platform=$BUILDPLATFORM golang:1.26 AS build\nARG TARGETOS TARGETARCH\n"
             "COPY . .\nRUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .\n"
             "FROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n"},
    {.text = "FROM golang:1.26 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n"
             "FROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "foreign-architecture",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Program is built for another platform than its image",
    .why = "A stage with `--platform=$BUILDPLATFORM` runs on the machine that builds, and its "
           "compiler writes programs for that\n"
           "machine unless it is told otherwise. `docker build --platform linux/arm64` then packs "
           "them into an arm64 image, where\n"
           "they stop with \"exec format error\".",
    .remedy = "Declare `ARG TARGETOS TARGETARCH` in the stage and compile for them "
              "(`GOARCH=$TARGETARCH go build`), or leave\n"
              "`--platform` out.",
    .source = "Docker, Multi-platform builds, \"Cross-compilation\"",
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::foreign_architecture
