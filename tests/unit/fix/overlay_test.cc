// Other bytes in the place of some files.
#include "fix/overlay.h"

#include <doctest/doctest.h>

namespace overlay_test {

using namespace plimsoll;

TEST_CASE("a file has its other bytes by each of its names") {
  const MemoryFs below({{"a/Dockerfile", "old"}, {"b", "b"}});
  const fix::Texts texts = {{"/p/a/Dockerfile", "newer"}};
  const fix::Overlay overlay(below, texts, "/p");
  CHECK(*overlay.read("a/Dockerfile", 100) == "newer");
  CHECK(*overlay.read("b", 100) == "b");
  CHECK(overlay.status("a/Dockerfile")->size_bytes == 5);
  CHECK(!overlay.read("a/Dockerfile", 4));
  CHECK(overlay.list("a")->size() == 1);
}

TEST_CASE("a file that isn't there yet is seen in all ways, and its folders with it") {
  const MemoryFs below(std::map<std::string, std::string>{{"a/Dockerfile", "old"}});
  const fix::Texts texts = {{"/p/a/.dockerignore", "x\n"}, {"/p/secrets/db/password", "hunter2"}};
  const fix::Overlay overlay(below, texts, "/p");
  CHECK(overlay.adds_files());
  CHECK(*overlay.read("a/.dockerignore", 100) == "x\n");
  CHECK(overlay.status("a/.dockerignore")->kind == FileKind::file);
  CHECK(overlay.status("secrets/db/password")->size_bytes == 7);
  CHECK(overlay.status("secrets")->kind == FileKind::directory);
  CHECK(!overlay.status("secrets/other"));
  const auto names = [&](const std::string& folder) {
    const auto entries = overlay.list(folder);
    REQUIRE(entries);
    std::string all;
    for (const DirectoryEntry& entry : *entries) all += entry.name + ' ';
    return all;
  };
  CHECK(names("a") == ".dockerignore Dockerfile ");
  CHECK(names(".") == "a secrets ");
  CHECK(names("secrets") == "db ");
  CHECK(!overlay.list("nowhere"));
  // Files are told apart by these.
  CHECK(overlay.status("a/.dockerignore")->inode != overlay.status("secrets/db/password")->inode);
}

}  // namespace overlay_test
