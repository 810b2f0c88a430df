// A build context: the folder whose files a build is sent, as one listing of it saw them.
#pragma once
#include <span>
#include <string_view>

#include "facts/build.h"
#include "text/place.h"

namespace plimsoll::facts {

struct Context {
  const Build* build = nullptr;
  bool known = false;                          // false: standard input, or the folder could not be listed
  std::string_view directory{};                // path of the context as the run names it
  std::string_view ignore_file{};              // the file in force: `<Dockerfile>.dockerignore` or `.dockerignore`; empty: none
  std::span<const std::string_view> names{};   // files and folders directly in it, sorted
};

}  // namespace plimsoll::facts
