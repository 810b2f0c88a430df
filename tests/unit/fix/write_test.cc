// Files are replaced as a whole, as they were but for their text, or not at all.
#include "fix/write.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/own_files.h"

using namespace plimsoll;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}
std::string get(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("a file keeps its permissions, and nothing is left beside it") {
  const TemporaryFolder folder;
  const fs::path file = fs::path(folder.path()) / "Dockerfile";
  put(file, "old");
  REQUIRE(::chmod(file.c_str(), 0640) == 0);
  REQUIRE(fix::write({{file.string(), "old", "new"}}, {folder.path()}));
  CHECK(get(file) == "new");
  CHECK((fs::status(file).permissions() & fs::perms::mask) == fs::perms(0640));
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("if one file can't be written none is") {
  const TemporaryFolder folder;
  const fs::path one = fs::path(folder.path()) / "one", two = fs::path(folder.path()) / "two";
  put(one, "old");
  put(two, "changed meanwhile");
  const Result<void> written =
      fix::write({{one.string(), "old", "new"}, {two.string(), "old", "new"}}, {folder.path()});
  REQUIRE(!written);
  CHECK(written.error().message.find("it has changed since it was read") != std::string::npos);
  CHECK(get(one) == "old");
  CHECK(get(two) == "changed meanwhile");
  CHECK(entries(folder.path()) == 2);
}

TEST_CASE("a link is followed within the project, and not out of it") {
  const TemporaryFolder folder, other;
  const fs::path real = fs::path(folder.path()) / "real", link = fs::path(folder.path()) / "link",
                 out = fs::path(folder.path()) / "out", outside = fs::path(other.path()) / "file";
  put(real, "old");
  put(outside, "old");
  fs::create_symlink("real", link);
  fs::create_symlink(outside, out);
  REQUIRE(fix::write({{link.string(), "old", "new"}}, {folder.path()}));
  CHECK(fs::is_symlink(link));
  CHECK(get(real) == "new");
  const Result<void> written = fix::write({{out.string(), "old", "new"}}, {folder.path()});
  REQUIRE(!written);
  CHECK(written.error().message.find("leads out of the project") != std::string::npos);
  CHECK(get(outside) == "old");
}

TEST_CASE("a file under two names is written once") {
  const TemporaryFolder folder;
  const fs::path real = fs::path(folder.path()) / "real", link = fs::path(folder.path()) / "link";
  put(real, "old");
  fs::create_symlink("real", link);
  CHECK(
      fix::write({{real.string(), "old", "new"}, {link.string(), "old", "new"}}, {folder.path()}));
  CHECK(get(real) == "new");
  CHECK(!fix::write({{real.string(), "new", "a"}, {link.string(), "new", "b"}}, {folder.path()}));
  CHECK(get(real) == "new");
}
