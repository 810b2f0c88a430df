// Files are replaced as a whole, as they were but for their text, or not at all.
#include "fix/write.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/own_files.h"

namespace write_test {

using namespace plimsoll;
namespace fs = std::filesystem;
using Kind = fix::Writing::Kind;

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

TEST_CASE("a file is made with its folders, a secret one for its owner alone") {
  const TemporaryFolder folder;
  const fs::path plain = fs::path(folder.path()) / "plain",
                 secret = fs::path(folder.path()) / "a" / "b" / "secret";
  const mode_t mask = ::umask(022);
  REQUIRE(fix::write(
      {{plain.string(), "", "new", Kind::created}, {secret.string(), "", "hunter2", Kind::secret}},
      {folder.path()}));
  ::umask(mask);
  CHECK(get(plain) == "new");
  CHECK(get(secret) == "hunter2");
  CHECK((fs::status(plain).permissions() & fs::perms::mask) == fs::perms(0644));
  CHECK((fs::status(secret).permissions() & fs::perms::mask) == fs::perms(0600));
  CHECK(entries(folder.path()) == 2);
  CHECK(entries(secret.parent_path()) == 1);
}

TEST_CASE("a secret that is mounted is shut in its folder, not by its own mode") {
  const TemporaryFolder folder;
  const fs::path secrets = fs::path(folder.path()) / "secrets", list = secrets / ".gitignore",
                 secret = secrets / "token.txt";
  const mode_t mask = ::umask(077);
  REQUIRE(fix::write(
      {{list.string(), "", "*\n", Kind::created}, {secret.string(), "", "hunter2", Kind::mounted}},
      {folder.path()}));
  ::umask(022);
  CHECK((fs::status(secret).permissions() & fs::perms::mask) == fs::perms(0644));
  CHECK((fs::status(secrets).permissions() & fs::perms::mask) == fs::perms(0700));
  // Also where the umask would open it, and another file asks for the folder first.
  const fs::path other = fs::path(folder.path()) / "other";
  REQUIRE(fix::write({{(other / "a").string(), "", "*\n", Kind::created},
                      {(other / "b").string(), "", "hunter2", Kind::mounted}},
                     {folder.path()}));
  ::umask(mask);
  CHECK((fs::status(other).permissions() & fs::perms::mask) == fs::perms(0700));
}

TEST_CASE("what was made is taken back if another file can't be written") {
  const TemporaryFolder folder;
  const fs::path made = fs::path(folder.path()) / "a" / "made",
                 changed = fs::path(folder.path()) / "changed";
  put(changed, "changed meanwhile");
  REQUIRE(!fix::write({{made.string(), "", "new", Kind::created}, {changed.string(), "old", "new"}},
                      {folder.path()}));
  CHECK(entries(folder.path()) == 1);
  CHECK(get(changed) == "changed meanwhile");
}

TEST_CASE("a file that has come meanwhile is left, and so are the others") {
  const TemporaryFolder folder;
  const fs::path one = fs::path(folder.path()) / "one", two = fs::path(folder.path()) / "two",
                 old = fs::path(folder.path()) / "old", link = fs::path(folder.path()) / "link";
  put(two, "theirs");
  put(old, "old");
  const Result<void> written = fix::write({{one.string(), "", "new", Kind::created},
                                           {two.string(), "", "new", Kind::created},
                                           {old.string(), "old", "new"}},
                                          {folder.path()});
  REQUIRE(!written);
  CHECK(written.error().message.find("another file has come there") != std::string::npos);
  CHECK(get(two) == "theirs");
  CHECK(get(old) == "old");
  CHECK(entries(folder.path()) == 2);
  fs::create_symlink("nowhere", link);
  CHECK(!fix::write({{link.string(), "", "new", Kind::created}}, {folder.path()}));
  CHECK(fs::is_symlink(link));
  CHECK(!fs::exists(fs::path(folder.path()) / "nowhere"));
}

TEST_CASE("no file is made outside of the project, nor through a link out of it") {
  const TemporaryFolder folder, other;
  const fs::path link = fs::path(folder.path()) / "out";
  fs::create_directory_symlink(other.path(), link);
  for (const fs::path& path :
       {link / "new", link / "deeper" / "new", fs::path(other.path()) / "new",
        fs::path(folder.path()) / ".." / "plimsoll-new"}) {
    const Result<void> written =
        fix::write({{path.string(), "", "new", Kind::created}}, {folder.path()});
    REQUIRE(!written);
    CHECK(written.error().message.find("outside of the project") != std::string::npos);
  }
  CHECK(entries(other.path()) == 0);
}

}  // namespace write_test
