// Finds the test corpora that stand beside the project, where they are.
#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace plimsoll::test {

// Path of ../shared/data, or empty where there is none.
inline std::string shared_data() {
  const std::string path = std::string(PLIMSOLL_ROOT) + "/../shared/data";
  return std::filesystem::is_directory(path) ? path : std::string();
}

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace plimsoll::test

// Leaves the test case, saying so, where the shared corpora are absent.
#define REQUIRE_SHARED_DATA(variable)                         \
  const std::string variable = plimsoll::test::shared_data(); \
  if (variable.empty()) {                                     \
    MESSAGE("skipped: shared data absent");                   \
    return;                                                   \
  }
