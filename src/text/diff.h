// A unified diff as git writes it, made from the changes that are known instead of being searched
// for.
#pragma once
#include <string>
#include <string_view>

#include "text/changes.h"

namespace plimsoll::text {

struct Diffed {
  std::string_view path;  // relative, with slashes
  std::string_view before, after;
  const Changes& changes;  // from one to the other
  // What is printed in their place, of the same sizes and with the same line ends; empty: they
  // themselves.
  std::string_view shown_before{}, shown_after{};
  bool is_new = false;  // there is no file before
};

// With three lines around each change; what `git apply` accepts. Empty: no line differs.
std::string unified_diff(const Diffed& file);

// A name as git writes it: in quotes with C's escapes if a character wants that.
std::string git_quoted(std::string_view prefix, std::string_view path);

}  // namespace plimsoll::text
