// How root is written.
#pragma once
#include <string_view>

namespace plimsoll::facts {

// Of the value of USER or `user:`, or of its text: root, 0, either with a group.
inline bool is_root(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  return name == "root" || name == "0";
}

}  // namespace plimsoll::facts
