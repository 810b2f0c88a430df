// BuildKit's own test files, and 2,133 Dockerfiles of the real world.
#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <sstream>

#include "../shared_data.h"
#include "dockerfile_fixture.h"

namespace dockerfile_corpus_test {

using namespace plimsoll;
using test::Dockerfile;

namespace {

std::vector<std::filesystem::path> sorted_entries(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

std::vector<std::filesystem::path> real_files(const std::string& data) {
  std::vector<std::filesystem::path> paths = sorted_entries(data + "/lint/realworld");
  std::erase_if(paths, [](const auto& path) { return path.extension() != ".Dockerfile"; });
  return paths;
}

}  // namespace

TEST_CASE("BuildKit's test files give BuildKit's trees") {
  REQUIRE_SHARED_DATA(data);
  int compared = 0;
  for (const auto& folder :
       sorted_entries(data + "/lint/buildkit/frontend/dockerfile/parser/testfiles")) {
    const Dockerfile file(test::read_file(folder / "Dockerfile"));
    CHECK_MESSAGE(parse::dockerfile::dump(file.tree) == test::read_file(folder / "result"), folder);
    CHECK(file.printed() == file.source.bytes());
    ++compared;
  }
  CHECK(compared > 30);
}

TEST_CASE("BuildKit's negative test files have problems") {
  REQUIRE_SHARED_DATA(data);
  for (const auto& folder :
       sorted_entries(data + "/lint/buildkit/frontend/dockerfile/parser/testfiles-negative")) {
    const Dockerfile file(test::read_file(folder / "Dockerfile"));
    CHECK_MESSAGE(!file.tree.problems.empty(), folder);
  }
}

TEST_CASE("BuildKit's line numbers") {
  REQUIRE_SHARED_DATA(data);
  const Dockerfile file(
      test::read_file(data + "/lint/buildkit/frontend/dockerfile/parser/testfile-line/Dockerfile"));
  std::string lines;
  for (const auto& i : file.tree.instructions)
    lines += std::to_string(file.source.position(i.span.begin).line) + "-" +
             std::to_string(file.source.position(i.span.end).line) + " ";
  CHECK(lines == "5-5 11-12 17-31 ");
}

TEST_CASE("real Dockerfiles are accepted as BuildKit accepts them, and printed byte for byte") {
  REQUIRE_SHARED_DATA(data);
  std::set<std::string> accepted;
  std::istringstream list(test::read_file(data + "/lint/realworld-buildkit-ok.txt"));
  for (std::string name; list >> name;) accepted.insert(name);
  const auto files = real_files(data);
  for (const auto& path : files) {
    const Dockerfile file(test::read_file(path));
    CHECK_MESSAGE(file.tree.problems.empty() == accepted.contains(path.filename()),
                  path << "\n"
                       << file.problems());
    CHECK_MESSAGE(file.printed() == file.source.bytes(), path);
  }
  CHECK(files.size() == accepted.size() + 1);
}

TEST_CASE("truncated and damaged files are read without loss") {
  REQUIRE_SHARED_DATA(data);
  const auto files = real_files(data);
  std::mt19937 random(1);  // NOLINT: the same numbers each time
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = test::read_file(files[below(files.size())]);
    if (i % 2 == 0) bytes.resize(below(bytes.size() + 1));
    for (std::size_t changes = below(4); changes > 0 && !bytes.empty(); --changes)
      bytes[below(bytes.size())] =
          static_cast<char>(below(4) == 0 ? "\n\\\"'$<#\x80"[below(8)] : random());
    const Dockerfile file(bytes);
    CHECK(file.printed() == bytes);
  }
}

}  // namespace dockerfile_corpus_test
