// Shared by all dialects, so that a blank or a comma means the same in each.
#include "engine/pragmas/words.h"

#include <cctype>

namespace plimsoll::engine::pragmas {

static constexpr std::string_view kBlank = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool take_word(std::string_view& text, std::string_view word) {
  std::string_view rest = text;
  if (!take(rest, word) || rest.empty() || kBlank.find(rest.front()) == std::string_view::npos)
    return false;
  text = trimmed(rest);
  return true;
}

bool take_equals(std::string_view& text) {
  std::string_view rest = trimmed(text);
  if (!take(rest, "=")) return false;
  text = trimmed(rest);
  return true;
}

std::vector<std::string_view> split_names(std::string_view list) {
  std::vector<std::string_view> names;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view name = trimmed(list.substr(0, comma));
    if (!name.empty()) names.push_back(name);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return names;
}

std::uint32_t read_date(std::string_view text) {
  std::uint32_t digits = 0;
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return 0;
  if (text.size() > 10 && std::isdigit(static_cast<unsigned char>(text[10])) != 0) return 0;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) return 0;
    digits = digits * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  const std::uint32_t month = digits / 100 % 100, day = digits % 100;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? digits : 0;
}

}  // namespace plimsoll::engine::pragmas
