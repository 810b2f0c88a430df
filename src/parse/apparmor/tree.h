// What an AppArmor profile says, statement by statement. Source: apparmor.d(5), AppArmor 3.1.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/place.h"

namespace plimsoll::parse::apparmor {

// One rule, without its comma; an #include; or a setting of a variable.
struct Statement {
  std::string_view text{};  // as it stands, comments and line ends in it included
  text::Span where{};
};

struct Flag {
  std::string_view name{};
  text::Span where{};
};

// A block: `profile name /path flags=(complain) { … }`, `/usr/bin/x { … }`, `^hat { … }`.
struct Profile {
  std::string_view name{};  // without quotes
  text::Span where{};       // its header
  std::span<const Flag> flags{};
  std::span<const Statement> statements{};
  std::uint32_t parent = 0;  // 1-based index of the profile that it stands in; 0: none
};

struct Problem {
  text::Span where{};
  std::string_view message{};
};

struct Tree {
  std::span<const Profile> profiles{};      // in the order of their headers
  std::span<const Statement> statements{};  // outside of all
  std::span<const Problem> problems{};
};

}  // namespace plimsoll::parse::apparmor
