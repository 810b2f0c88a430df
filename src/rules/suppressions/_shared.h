// What the rules about suppression comments share.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::rules::suppressions {

// "a, b"
inline std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace plimsoll::rules::suppressions
