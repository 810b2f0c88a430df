// The names stand in the order of the enum, which is the alphabet's.
#include "parse/dockerfile/keyword.h"

#include <algorithm>
#include <array>
#include <string>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::parse::dockerfile {
namespace {

constexpr std::array<std::string_view, 18> kNames{
    "ADD",    "ARG",   "CMD",         "COPY",  "ENTRYPOINT", "ENV",
    "EXPOSE", "FROM",  "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD",
    "RUN",    "SHELL", "STOPSIGNAL",  "USER",  "VOLUME",     "WORKDIR"};

constexpr std::size_t kLongest = 16;  // longer words are two edits away from nothing that we know

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c;
}

// Levenshtein's distance of two short words, case ignored.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, kLongest + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view name(Keyword keyword) {
  return keyword == Keyword::unknown ? std::string_view()
                                     : kNames[static_cast<std::size_t>(keyword)];
}

Keyword find_keyword(std::string_view text) {
  // Twice the longest name: a letter that Go lowers to ASCII takes up to three bytes.
  std::string folded;
  for (std::size_t at = 0; at < text.size() && folded.size() < kLongest;) {
    const Rune rune = decode_rune(text, at);
    at += rune.size;
    if (rune.value == 0x212A)
      folded += 'K';
    else if (rune.value == 0x130)
      folded += 'I';
    else if (rune.value < 0x80)
      folded += upper(static_cast<char>(rune.value));
    else
      return Keyword::unknown;
  }
  const auto found = std::ranges::lower_bound(kNames, folded);
  if (found == kNames.end() || *found != folded) return Keyword::unknown;
  return static_cast<Keyword>(found - kNames.begin());
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> options) {
  if (word.empty() || word.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = 3;
  for (const std::string_view option : options) {
    const std::size_t edits = option.size() > kLongest ? least : distance(word, option);
    if (edits == 0) return {};
    if (edits >= least) continue;
    least = edits;
    best = option;
  }
  return best;
}

std::string_view nearest_keyword(std::string_view word) {
  return nearest(word, kNames);
}

}  // namespace plimsoll::parse::dockerfile
