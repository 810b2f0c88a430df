// foreign-libc: a program that is linked to one C library is copied into an image that has another,
// or none.
#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/stages/_linking.h"

namespace plimsoll::rules::stages::foreign_libc {

using data::Libc;
using facts::Command;
using facts::Copy;
using facts::Stage;

static Linking how_linked(const Stage& stage, std::string_view path, const Stage& ships) {
  Linking linking = Linking::unknown;
  if (path.empty() || path.ends_with('/')) return linking;
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage)
    for (const facts::Run& run : at->runs)
      for (const Command& command : run.commands)
        if (!run.trigger) linking = std::max(linking, linking_of(command, path, ships));
  return linking;
}

// A copy that may bring the loader and the library along.
static bool may_bring_library(const Copy& copy) {
  if (!copy.destination.known() || copy.destination.value.starts_with("/lib") ||
      copy.destination.value.starts_with("/usr/lib"))
    return true;
  return std::ranges::any_of(copy.sources, [&](const Copy::Source& source) {
    if (!source.path.known() || source.archive || source.url) return true;
    const std::string_view path = source.path.value;
    if (path.find_first_not_of("./*") == std::string_view::npos) return true;
    if (path.find("/lib") != std::string_view::npos || path.find(".so") != std::string_view::npos)
      return true;
    return copy.destination.value == "/" && (path.ends_with('/') || copy.from_stage == nullptr);
  });
}

// A package of the other library, a layer between both, or a link in place of the loader.
static bool names_library(const Command& command) {
  constexpr std::string_view kParts[] = {"gcompat", "glibc",    "ld-linux",
                                         "ld-musl", "libc-dev", "libc6"};
  return std::ranges::any_of(command.words, [&](const parse::shell::Word& word) {
    return word.value == "musl" || std::ranges::any_of(kParts, [&](std::string_view part) {
             return word.raw.find(part) != std::string_view::npos;
           });
  });
}

static bool may_have_library(const Stage& stage) {
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage) {
    if (std::ranges::any_of(at->copies, may_bring_library)) return true;
    for (const facts::Run& run : at->runs)
      if (std::ranges::any_of(run.commands, names_library)) return true;
  }
  return false;
}

static Libc libc_of(const Stage& stage) {
  if (stage.root->scratch) return Libc::none;
  return stage.root->facts == nullptr ? Libc::unknown : stage.root->facts->libc;
}

static void check(const facts::Build& build, Findings& out) {
  if (build.target == nullptr) return;
  const Stage& ships = *build.target;
  // An image that runs nothing only carries files out of the build.
  if (!ships.entrypoint.known() && !ships.command.known()) return;
  const Libc here = libc_of(ships);
  if (here == Libc::unknown) return;
  for (const Copy& copy : ships.copies) {
    if (copy.from_stage == nullptr || copy.trigger) continue;
    const Libc there = libc_of(*copy.from_stage);
    if (there == here || (there != Libc::glibc && there != Libc::musl)) continue;
    for (const Copy::Source& source : copy.sources) {
      if (!source.path.known()) continue;
      const std::string_view path = source.path.value;
      const Linking linking = how_linked(*copy.from_stage, path, ships);
      if (linking == Linking::unknown) continue;
      if (may_have_library(ships)) return;
      const bool likely = linking == Linking::likely;
      Finding finding{
          .where = source.path.where,
          .message = concat({path, likely ? " is linked to " : " needs ", data::name(there),
                             likely ? " if it uses package net, and " : ", and ",
                             ships.root->reference.value, " has ",
                             here == Libc::none ? "no C library" : data::name(here)})};
      if (likely) finding.severity = Severity::medium;
      out.push_back(std::move(finding));
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM rust:1.90 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n"
             "FROM scratch\nCOPY --from=build /src/target/release/app /app\nCMD [\"/app\"]\n",
     .flagged = true},
    {.text = "FROM golang:1.26 AS build\nCOPY . .\nRUN go build -o /app .\n"
             "FROM gcr.io/distroless/static-debian12\nCOPY --from=build /app /app\n"
             "EXPOSE 8080\nENTRYPOINT [\"/app\"]\n",
     .flagged = true},
    {.text = "FROM golang:1.26 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n"
             "FROM gcr.io/distroless/static-debian12\nCOPY --from=build /app /app\n"
             "EXPOSE 8080\nENTRYPOINT [\"/app\"]\n"},
    {.text = "FROM rust:1.90-alpine AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n"
             "FROM scratch\nCOPY --from=build /src/target/release/app /app\nCMD [\"/app\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "foreign-libc",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Program needs a C library that the image does not have",
    .why = "A dynamically linked program names its loader: `/lib64/ld-linux-x86-64.so.2` of glibc, "
           "`/lib/ld-musl-x86_64.so.1` of\n"
           "musl. Where that file is missing, the container stops at once with the misleading "
           "\"no such file or directory\".",
    .remedy = "Link it statically (`CGO_ENABLED=0`, `--target x86_64-unknown-linux-musl`, "
              "`-static`), or build and run on\n"
              "images with the same C library.",
    .source = "Go, cmd/cgo and package net; The rustc book, \"Static and dynamic C runtimes\"",
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::foreign_libc
