// A build context: the folder whose files a build is sent, as one listing of it saw them.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "facts/build.h"
#include "parse/ignorefile/dockerignore.h"
#include "text/place.h"

namespace plimsoll::facts {

struct Context {
  const Build* build = nullptr;
  bool known = false;              // false: standard input, or the folder could not be listed
  std::string_view directory{};    // path of the context as the run names it
  std::string_view ignore_file{};  // the file in force: `<Dockerfile>.dockerignore` or
                                   // `.dockerignore`; empty: none
  std::span<const parse::ignorefile::DockerPattern> ignore_patterns{};  // what it says
  std::span<const std::string_view> names{};  // files and folders directly in it, sorted
  std::span<const std::string_view>
      unwanted{};  // those that no image should hold: see unwanted_names
};

// Of the names in a folder: repositories with their history, secrets, and what an install puts
// there anyway. A context's folder may serve many Dockerfiles, so this is asked once a folder.
std::vector<std::string_view> unwanted_names(std::span<const std::string_view> names);

}  // namespace plimsoll::facts
