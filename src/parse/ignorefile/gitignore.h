// Reads a .gitignore and tells what it says of a path.
// Source: git 2.39, gitignore(5), "Pattern format".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::parse::ignorefile {

struct GitPattern {
  std::string text;      // without leading "!", "/" and trailing "/"
  bool negated = false;  // "!"
  bool anchored =
      false;  // it has a "/" that is not the last character: matched from the file's folder on
  bool only_directories = false;
};

enum class Verdict : std::uint8_t { silent, ignored, included };

// The patterns of one file, in order.
std::vector<GitPattern> parse_gitignore(std::string_view bytes);

// What the patterns say of `path`, relative to the folder that the file lies in; the last one that
// matches counts. A folder that is ignored hides all that is in it: the caller does not descend.
Verdict match_gitignore(const std::vector<GitPattern>& patterns, std::string_view path,
                        bool is_directory);

}  // namespace plimsoll::parse::ignorefile
