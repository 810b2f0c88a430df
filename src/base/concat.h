// Puts a message together from its pieces.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace plimsoll {

// One allocation; a pack of to_string and views, so that rules need no formatting library.
inline std::string concat(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (std::string_view part : parts) size += part.size();
  std::string result;
  result.reserve(size);
  for (std::string_view part : parts) result += part;
  return result;
}

}  // namespace plimsoll
