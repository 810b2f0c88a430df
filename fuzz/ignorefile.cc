// Reads any bytes as a .dockerignore and asks it of paths that the bytes hold: places lie in the
// text and in order, asking ends, and asking a folder at a time gives the same answer.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/ignorefile/dockerignore.h"

namespace ignorefile = plimsoll::parse::ignorefile;

namespace {

void require(bool condition) {
  if (!condition) __builtin_trap();
}

// By its folders, as a walk over the context asks.
bool walked(const std::vector<ignorefile::DockerPattern>& patterns, std::string_view path) {
  std::uint64_t steps = 0;
  std::vector<std::uint8_t> above;
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    above.resize(patterns.size());
    for (std::size_t i = 0; i < patterns.size(); ++i)
      above[i] |= patterns[i].matches(path.substr(0, at), steps) ? 1 : 0;
  }
  return is_ignored_within(patterns, path, above, steps);
}

bool plain(std::string_view path) {
  return !path.empty() && path.front() != '/' && path.back() != '/' &&
         path.find("//") == std::string_view::npos && path.find("./") == std::string_view::npos &&
         path.find('\0') == std::string_view::npos && path != "." && path != "..";
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data),
                               std::min(size, std::size_t{4096}));
  const ignorefile::DockerIgnore file = ignorefile::parse_dockerignore(bytes);
  std::uint32_t behind = 0;
  for (const ignorefile::DockerPattern& pattern : file.patterns) {
    require(pattern.where.begin >= behind && pattern.where.begin < pattern.where.end);
    require(pattern.where.end <= bytes.size() && !pattern.text.empty());
    behind = pattern.where.end;
  }
  for (const ignorefile::DockerIgnoreProblem& problem : file.problems)
    require(problem.where.end <= bytes.size() && problem.line >= 1 && !problem.message.empty());
  std::string_view rest = bytes;
  for (int i = 0; i < 8 && !rest.empty(); ++i) {
    const std::string_view path = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(path.size() + 1, rest.size()));
    const bool ignored = is_ignored(file.patterns, path);
    if (plain(path)) require(ignored == walked(file.patterns, path));
    (void)may_include_below(file.patterns, path);
  }
  return 0;
}
