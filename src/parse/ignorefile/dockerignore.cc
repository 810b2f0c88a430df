// Unlike git's, these patterns are all matched from the context's folder on, and one that matches a
// folder matches all that is in it.
#include "parse/ignorefile/dockerignore.h"

#include <algorithm>

#include "parse/ignorefile/go_path.h"

namespace plimsoll::parse::ignorefile {
namespace {

// bufio.MaxScanTokenSize: a longer line is an error of the reader.
constexpr std::size_t kLongestLine = 65'535;
// One question; a pattern of 64 kB against a path of 4 kB would be more.
constexpr std::uint64_t kMostSteps = 50'000'000;

// What ignorefile.ReadAll makes of a line without its white space.
std::string listed(std::string_view line) {
  const bool negated = line.starts_with('!');
  std::string pattern(negated ? trim_space(line.substr(1)) : line);
  if (!pattern.empty()) {
    pattern = clean_path(pattern);
    if (pattern.size() > 1 && pattern.front() == '/') pattern.erase(0, 1);
  }
  return negated ? '!' + pattern : pattern;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  DockerIgnore read() {
    std::size_t at = 0;
    for (std::uint32_t number = 1; at < bytes_.size(); ++number) {
      const std::size_t newline = std::min(bytes_.find('\n', at), bytes_.size());
      std::string_view line = bytes_.substr(at, newline - at);
      at = newline + 1;
      if (line.size() > kLongestLine) {
        // What follows is never read.
        problem(number, line, "a line of more than 65,535 bytes");
        break;
      }
      if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (line.starts_with('#')) continue;
      line = trim_space(line);
      if (!line.empty()) pattern(number, line);
    }
    return std::move(out_);
  }

 private:
  // What patternmatcher.New makes of it.
  void pattern(std::uint32_t number, std::string_view line) {
    const std::string text = listed(line);
    const std::string_view trimmed = trim_space(text);
    if (trimmed.empty()) return;
    DockerPattern pattern{.text = clean_path(trimmed), .where = where(line)};
    if (pattern.text.starts_with('!')) {
      if (pattern.text.size() == 1) {
        problem(number, line, "illegal exclusion pattern");
        return;
      }
      pattern.negated = true;
      pattern.text.erase(0, 1);
    }
    if (!well_formed_pattern(pattern.text)) {
      problem(number, line, "syntax error in pattern");
      return;
    }
    pattern.wildcard = Wildcard(pattern.text);
    const std::string_view written = trim_space(line.substr(line.starts_with('!') ? 1 : 0));
    pattern.rooted = written.starts_with('/') || written.starts_with("./");
    if (pattern.wildcard.broken()) problem(number, line, "syntax error in pattern");
    out_.patterns.push_back(std::move(pattern));
  }

  [[nodiscard]] text::Span where(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - bytes_.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }
  void problem(std::uint32_t number, std::string_view line, std::string_view message) {
    out_.problems.push_back({where(line), number, message});
  }

  std::string_view bytes_;
  DockerIgnore out_;
};

bool matches_above(const DockerPattern& pattern, std::string_view folder, std::uint64_t& steps) {
  if (folder == ".") return false;
  for (std::size_t at = folder.find('/'); at != std::string_view::npos;
       at = folder.find('/', at + 1))
    if (pattern.matches(folder.substr(0, at), steps)) return true;
  return pattern.matches(folder, steps);
}

}  // namespace

DockerIgnore parse_dockerignore(std::string_view bytes) {
  return Reader(bytes).read();
}

bool is_ignored(std::span<const DockerPattern> patterns, std::string_view path, bool* broken) {
  const std::string folder = clean_path(path.substr(0, path.rfind('/') + 1));
  std::uint64_t steps = 0;
  bool ignored = false;
  for (const DockerPattern& pattern : patterns) {
    if (pattern.negated != ignored || steps > kMostSteps) continue;
    if (pattern.wildcard.broken() && broken != nullptr) {
      *broken = true;
      return false;
    }
    if (pattern.matches(path, steps) || matches_above(pattern, folder, steps))
      ignored = !pattern.negated;
  }
  return ignored;
}

bool is_ignored_within(std::span<const DockerPattern> patterns, std::string_view path,
                       std::span<const std::uint8_t> above, std::uint64_t& steps) {
  bool ignored = false;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const DockerPattern& pattern = patterns[i];
    if (pattern.negated == ignored &&
        ((!above.empty() && above[i] != 0) || pattern.matches(path, steps)))
      ignored = !pattern.negated;
  }
  return ignored;
}

bool may_match_below(const DockerPattern& pattern, std::string_view folder) {
  const std::string inside = std::string(folder) + '/';
  const std::size_t wildcard = pattern.text.find_first_of("*?[\\");
  const std::string_view start = std::string_view(pattern.text).substr(0, wildcard);
  if (start.starts_with(inside)) return true;
  if (wildcard == std::string_view::npos || !std::string_view(inside).starts_with(start))
    return false;
  // A star stops at a slash: "a*" matches nothing below a folder unless more follows.
  return pattern.text.find("**") != std::string::npos ||
         std::ranges::count(pattern.text, '/') >= std::ranges::count(inside, '/') ||
         pattern.text.find_first_of("[\\") != std::string::npos;
}

bool may_include_below(std::span<const DockerPattern> patterns, std::string_view folder) {
  std::uint64_t steps = 0;
  return std::ranges::any_of(patterns, [&](const DockerPattern& pattern) {
    return pattern.negated && (may_match_below(pattern, folder) || pattern.matches(folder, steps));
  });
}

}  // namespace plimsoll::parse::ignorefile
