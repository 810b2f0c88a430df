// foreign-libc: a program that is linked to one C library is copied into an image that has another,
// or none.
#include <algorithm>
#include <string>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::stages {

using data::Libc;
using facts::Command;
using facts::Copy;
using facts::Stage;

static std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

static bool names_variable(const facts::FactList<facts::Variable>& list, std::string_view name) {
  return std::ranges::any_of(list.items, [&](const auto& v) { return v.value.name == name; });
}

// Is the variable set for the command: by ENV or ARG, before it, or in its script?
static bool sets(const Command& command, std::string_view name) {
  const Stage& stage = *command.run->stage;
  if (names_variable(stage.environment, name) || names_variable(stage.arguments, name)) return true;
  const std::string assignment = concat({name, "="});
  for (const Command& other : command.run->commands) {
    if (std::ranges::any_of(other.assignments, [&](const auto& a) { return a.name == name; }))
      return true;
    if (std::ranges::any_of(other.words, [&](const parse::shell::Word& word) {
          return word.known && word.value.starts_with(assignment);  // export, env, go env -w
        }))
      return true;
  }
  return false;
}

// The value of `-o`; empty: not said or unknown.
static std::string_view output_of(const Command& command) {
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    if (!command.words[i].known || !command.words[i].value.starts_with("-o")) continue;
    std::string_view value = command.words[i].value.substr(2);
    if (value.empty())
      return i + 1 < command.words.size() && command.words[i + 1].known ? command.words[i + 1].value
                                                                        : std::string_view{};
    if (value.starts_with('=')) value.remove_prefix(1);
    return value;
  }
  return {};
}

// No word may say otherwise, and all of them are known.
static bool has_none_of(const Command& command, std::initializer_list<std::string_view> parts) {
  return std::ranges::all_of(command.words, [&](const parse::shell::Word& word) {
    return word.known && std::ranges::none_of(parts, [&](std::string_view part) {
             return word.value.find(part) != std::string_view::npos;
           });
  });
}

static bool is_c_compiler(std::string_view name) {
  constexpr std::string_view kNames[] = {"c++", "cc", "clang", "clang++", "g++", "gcc"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

static bool installs(const Stage& stage, std::initializer_list<std::string_view> names) {
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage)
    for (const facts::Run& run : at->runs)
      for (const Command& command : run.commands) {
        if (command.packages == nullptr) continue;
        for (const facts::Package& package : command.packages->packages)
          if (std::ranges::find(names, package.name) != names.end()) return true;
      }
  return false;
}

// With cgo, which is on where there is a C compiler, package net is linked to the C library; and a
// program that listens has it. Source: pkg.go.dev/cmd/cgo; pkg.go.dev/net, "Name Resolution".
static bool go_links_dynamically(const Command& command, const Stage& ships) {
  if (ships.ports.items.empty()) return false;
  const Stage& stage = *command.run->stage;
  const bool compiler = data::has_tool(*stage.root->facts, "gcc") == data::HasTool::yes ||
                        installs(stage, {"gcc", "build-base", "build-essential"});
  return compiler && has_none_of(command, {"-static", "netgo", "-buildmode"}) &&
         !sets(command, "CGO_ENABLED") && !sets(command, "GOARCH") && !sets(command, "GOFLAGS");
}

// Does the command surely write a dynamically linked program to this path?
static bool links_dynamically(const Command& command, std::string_view path, const Stage& ships) {
  if (is_c_compiler(command.name))
    return last_component(output_of(command)) == last_component(path) &&
           has_none_of(command, {"-static", "-shared", "-nostdlib"}) && !command.words.empty() &&
           !command.has("-c") && !command.has("-S") && !command.has("-E") && !command.has("-r");
  if (command.words.size() < 2 || !command.words[1].known) return false;
  const std::string_view verb = command.words[1].value;
  if (command.name == "go" && verb == "build")
    return last_component(output_of(command)) == last_component(path) &&
           go_links_dynamically(command, ships);
  // Rust for musl is linked statically by itself.
  if (command.name == "cargo" && verb == "build")
    return command.run->stage->root->facts->libc == Libc::glibc &&
           path.find("/target/release/") != std::string_view::npos &&
           has_none_of(command, {"--target"}) && !sets(command, "RUSTFLAGS") &&
           !sets(command, "CARGO_BUILD_TARGET") && !sets(command, "CARGO_ENCODED_RUSTFLAGS");
  return false;
}

static bool built_dynamically(const Stage& stage, std::string_view path, const Stage& ships) {
  if (path.empty() || path.ends_with('/')) return false;
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage)
    for (const facts::Run& run : at->runs)
      for (const Command& command : run.commands)
        if (!run.trigger && links_dynamically(command, path, ships)) return true;
  return false;
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

static bool may_have_library(const Stage& stage) {
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage)
    if (std::ranges::any_of(at->copies, may_bring_library)) return true;
  return installs(stage, {"gcompat", "glibc", "libc6-compat", "musl", "libc6"});
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
      if (!source.path.known() || !built_dynamically(*copy.from_stage, source.path.value, ships))
        continue;
      if (may_have_library(ships)) return;
      const std::string_view reference = ships.root->reference.value;
      out.push_back(
          {.where = source.path.where,
           .message = here == Libc::none
                          ? concat({source.path.value, " is linked to ", data::name(there),
                                    ", and ", reference, " has no C library"})
                          : concat({source.path.value, " is linked to ", data::name(there),
                                    ", and ", reference, " has ", data::name(here)})});
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

extern constinit const Rule foreign_libc = described({
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

}  // namespace plimsoll::rules::stages
