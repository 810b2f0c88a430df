// What the user rules share: how root is written.
#pragma once
#include <string_view>

namespace plimsoll::rules::user {

// Of USER's value, or of its text: root, 0, either with a group.
inline bool is_root(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  return name == "root" || name == "0";
}

}  // namespace plimsoll::rules::user
