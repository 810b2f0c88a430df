// How root and other accounts are written.
#pragma once
#include <string_view>

namespace plimsoll::facts {

// Of the value of USER or `user:`, or of its text: root, 0, either with a group.
inline bool is_root(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  return name == "root" || name == "0";
}

// An account that is stated by its number, without a group.
inline bool is_account_number(std::string_view user) {
  return !user.empty() && user.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace plimsoll::facts
