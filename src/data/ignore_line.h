// What a generated .dockerignore says.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace plimsoll::data {

// Who may miss what a line keeps out: nobody, programs that build, or whatever a container runs.
enum class IgnoreUse : std::uint8_t { safe, by_builds, maybe };

// A pattern is one name, for the context's folder or with `**/` for all depths.
struct IgnoreLine {
  std::string_view heading, pattern;
  std::span<const std::string_view> manifests{};  // globs of names that call for it
  IgnoreUse use{};
};

// In the order in which they are written; lines of one heading may stand apart. From
// data/ignore_lines.json.
std::span<const IgnoreLine> ignore_lines();

// True for programs that may look at a repository or at credentials while they build: "git",
// "make".
bool reads_for_builds(std::string_view program);

}  // namespace plimsoll::data
