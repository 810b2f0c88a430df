// Reads SPDX license expressions: enough to tell one from free text.
// Source: SPDX 2.3, annex D "SPDX license expressions".
#include "base/ascii.h"
#include "data/lookup.h"
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

bool is_id_character(char c) {
  return is_digit(c) || is_lower(c) || is_upper(c) || c == '-' || c == '.';
}

bool is_own_license(std::string_view word) {
  if (word.starts_with("DocumentRef-")) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) return false;
    word.remove_prefix(colon + 1);
  }
  constexpr std::string_view kPrefix = "LicenseRef-";
  return word.starts_with(kPrefix) && word.size() > kPrefix.size() &&
         std::ranges::all_of(word, is_id_character);
}

bool is_license(std::string_view word) {
  if (is_own_license(word)) return true;
  const std::string id = lower(word);
  return contains(kSpdxLicenses, id) ||
         (id.ends_with('+') &&
          contains(kSpdxLicenses, std::string_view(id).substr(0, id.size() - 1)));
}

// The next word or parenthesis; empty at the end.
std::string_view take(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const bool parenthesis = !text.empty() && (text.front() == '(' || text.front() == ')');
  const std::size_t size = parenthesis ? 1 : std::min(text.find_first_of(" \t()"), text.size());
  const std::string_view word = text.substr(0, size);
  text.remove_prefix(size);
  return word;
}

bool is_operator(std::string_view word, std::string_view upper_case) {
  return word == upper_case || lower(upper_case) == word;
}

}  // namespace

bool is_license_expression(std::string_view text) {
  std::size_t open = 0;
  bool wanted = true;  // a license must follow
  while (true) {
    const std::string_view word = take(text);
    if (word.empty()) return !wanted && open == 0;
    if (word == "(") {
      if (!wanted) return false;
      ++open;
    } else if (word == ")") {
      if (wanted || open-- == 0) return false;
    } else if (wanted) {
      if (!is_license(word)) return false;
      wanted = false;
    } else if (is_operator(word, "WITH")) {
      if (!contains(kSpdxExceptions, lower(take(text)))) return false;
    } else if (is_operator(word, "AND") || is_operator(word, "OR")) {
      wanted = true;
    } else {
      return false;
    }
  }
}

}  // namespace plimsoll::data
