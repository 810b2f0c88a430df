// Lowers a Dockerfile's tree to what it builds and to the container that would run.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "facts/build.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::facts {

// What decides which container a Dockerfile gives.
struct BuildSettings {
  std::span<const Variable> arguments{};  // --build-arg
  std::string_view target{};              // --target: a stage's name or number; empty: the last
  std::string_view unjudged{};            // goes to Build::unjudged
  std::uint32_t today = 0;                // yyyymmdd
  const Settings* settings = &no_settings();
  ByServices by_services{};  // goes to Build
};

// Everything lives in the arena, as long as the source and the tree. Never fails: what can't be
// known is unknown.
const Build* lower_build(const text::Source& source, std::uint32_t source_number,
                         const parse::dockerfile::Tree& tree, const BuildSettings& settings,
                         Arena& arena);

// The container of the build's target. Its absent facts point at the target's FROM.
Container container_of(const Build& build, Arena& arena);

}  // namespace plimsoll::facts
