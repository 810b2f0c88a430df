// Makefiles: the recipe lines, as the shell gets them.
// Source: GNU make manual, "Recipe Syntax", "Recipe Echoing", "How to Use Variables".
#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "parse/runline/extract/collect.h"

namespace plimsoll::parse::runline {
namespace {

constexpr std::size_t kLongestReference = 2'000;  // bytes

// The size of "$(…)" or "${…}" at `at`; 0: it does not end.
std::size_t reference_size(std::string_view text, std::size_t at) {
  const char open = text[at + 1], close = open == '(' ? ')' : '}';
  std::size_t depth = 0;
  const std::size_t end = std::min(text.size(), at + kLongestReference);
  for (std::size_t i = at + 1; i < end; ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i + 1 - at;
  }
  return 0;
}

class Recipe {
 public:
  explicit Recipe(Collector& to) : to_(to) {}

  // One line without its tab, the newline of a continued one included.
  void add(std::uint32_t begin, std::uint32_t end) {
    const std::string_view bytes = to_.source.bytes();
    if (joiner_.empty()) {
      while (begin < end && std::string_view("@-+ \t").find(bytes[begin]) != std::string_view::npos)
        ++begin;
    }
    std::uint32_t from = begin;
    for (std::uint32_t i = begin; i + 1 < end; ++i) {
      if (bytes[i] != '$') continue;
      if (bytes[i + 1] == '$') {  // the shell's own
        joiner_.add(to_.source, from, ++i);
        from = i + 1;
      } else {
        joiner_.add(to_.source, from, i);
        from = variable(i, end);
        i = from - 1;
      }
    }
    if (from < end) joiner_.add(to_.source, from, end);
  }

  void finish() {
    if (mentions_engine_or_variable()) read_script(to_, joiner_.take(to_.arena));
    joiner_.clear();
  }

 private:
  // What make fills in is made to look like a variable of the shell, of the same size.
  std::uint32_t variable(std::uint32_t at, std::uint32_t end) {
    const std::string_view text = to_.source.bytes().substr(0, end);
    const bool bracket = text[at + 1] == '(' || text[at + 1] == '{';
    std::size_t size = 2;
    if (bracket) size = at < unclosed_until_ ? 0 : reference_size(text, at);
    if (size < 2) {
      if (at >= unclosed_until_) unclosed_until_ = at + kLongestReference;
      joiner_.add(to_.source, at, at + 1);
      return at + 1;
    }
    const std::size_t from = joiner_.text().size();
    joiner_.add(to_.source, at, at + static_cast<std::uint32_t>(size));
    char* out = joiner_.at(from);
    for (std::size_t i = 1; i < size; ++i)
      if (!is_word_char(out[i])) out[i] = '_';
    if (bracket && size > 3) {
      out[1] = '{';
      out[size - 1] = '}';
      if (out[2] >= '0' && out[2] <= '9') out[2] = '_';
    }
    return at + static_cast<std::uint32_t>(size);
  }

  [[nodiscard]] bool mentions_engine_or_variable() const {
    return joiner_.text().find("run") != std::string_view::npos ||
           joiner_.text().find("create") != std::string_view::npos;
  }

  Collector& to_;
  Joiner joiner_;
  std::size_t unclosed_until_ = 0;  // no reference that starts before it ends: "$($($("
};

// "target: prerequisites ; command": where the command starts; npos: the line has none.
std::size_t inline_recipe(std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::size_t semicolon = line.find(';');
  if (colon == std::string_view::npos || semicolon == std::string_view::npos)
    return std::string_view::npos;
  const bool assignment = line.find('=') < semicolon;
  return colon < semicolon && !assignment ? semicolon + 1 : std::string_view::npos;
}

}  // namespace

void read_makefile(Collector& to) {
  to.templates = true;
  const std::string_view bytes = to.source.bytes();
  Recipe recipe(to);
  bool continued = false;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t newline = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, newline - begin);
    const bool more = line.ends_with('\\') && newline < bytes.size();
    std::size_t start = std::string_view::npos;
    if (continued) {
      start = line.starts_with('\t') ? 1 : 0;
    } else if (line.starts_with('\t')) {
      start = 1;
    } else if (!line.starts_with('#')) {
      start = inline_recipe(line);
    }
    if (start != std::string_view::npos) {
      const std::size_t end = more ? newline + 1 : newline;
      recipe.add(static_cast<std::uint32_t>(begin + start), static_cast<std::uint32_t>(end));
      continued = more;
      if (!more) recipe.finish();
    }
    begin = newline + 1;
  }
  recipe.finish();
}

}  // namespace plimsoll::parse::runline
