// Reads octal and symbolic file modes.
#include "facts/mode.h"

#include <algorithm>
#include <cstddef>

namespace plimsoll::facts {
namespace {

Mode read_octal(std::string_view text) {
  unsigned value = 0;
  for (char c : text) value = (value * 8 + static_cast<unsigned>(c - '0')) & 07777U;
  return {.valid = true,
          .world_writable = (value & 02U) != 0,
          .set_uid = (value & 04000U) != 0,
          .set_gid = (value & 02000U) != 0};
}

// One clause: `ug+rws`. False: it is none.
bool read_clause(std::string_view clause, Mode& mode) {
  const std::size_t who_end = clause.find_first_not_of("ugoa");
  if (who_end == std::string_view::npos) return false;
  const std::string_view who = clause.substr(0, who_end);
  const auto is_for = [&](char c) {
    return who.find(c) != std::string_view::npos || who.find('a') != std::string_view::npos;
  };
  char operation = 0;
  for (char c : clause.substr(who_end)) {
    if (c == '+' || c == '-' || c == '=') {
      operation = c;
      continue;
    }
    if (operation == 0 || std::string_view("rwxXstugo").find(c) == std::string_view::npos)
      return false;
    if (operation == '-') {
      if (c == 'w' && is_for('o')) mode.world_writable = false;
      continue;
    }
    if (c == 'w' && is_for('o')) mode.world_writable = true;
    if (c == 's' && (who.empty() || is_for('u'))) mode.set_uid = true;
    if (c == 's' && (who.empty() || is_for('g'))) mode.set_gid = true;
  }
  return operation != 0;
}

}  // namespace

Mode read_mode(std::string_view text) {
  if (text.empty()) return {};
  if (std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '7'; }))
    return read_octal(text);
  Mode mode;
  while (true) {
    const std::size_t comma = text.find(',');
    if (!read_clause(text.substr(0, comma), mode)) return {};
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  mode.valid = true;
  return mode;
}

}  // namespace plimsoll::facts
