// What is written another program can read.
#include "engineapi/tar.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/process.h"

namespace tar_test {

using namespace plimsoll;
using namespace plimsoll::engineapi;

TEST_CASE("tar reads files, folders, links, and names of any length") {
  const std::string deep = std::string(60, 'a') + "/" + std::string(120, 'b') + "/c d\xC3\xA9.txt";
  Tar tar;
  tar.directory({.path = "folder", .mode = 0750});
  tar.file({.path = "folder/file", .mode = 0640, .uid = 7, .gid = 8, .modified = 86400}, "hello\n");
  tar.file({.path = "empty"}, "");
  tar.file({.path = deep}, std::string(1000, 'x'));
  tar.symlink({.path = "link", .mode = 0777}, "folder/file");
  tar.symlink({.path = "far", .mode = 0777}, std::string(300, 't'));
  char pattern[] = "/tmp/plimsoll-test-XXXXXX";
  const std::string folder = ::mkdtemp(pattern), path = folder + "/a.tar";
  std::ofstream(path, std::ios::binary) << tar.take();
  const auto listed = run_program(
      {.words = {"/bin/tar", "--utc", "--quoting-style=literal", "--numeric-owner", "-tvf", path}});
  const auto read = run_program({.words = {"/bin/tar", "-xOf", path, "folder/file"}});
  std::filesystem::remove_all(folder);
  REQUIRE(listed.has_value());
  CHECK(listed->status == 0);
  CHECK(listed->err.empty());
  CHECK(listed->out.find("drwxr-x--- 0/0") != std::string::npos);
  CHECK(listed->out.find("-rw-r----- 7/8 ") != std::string::npos);
  CHECK(listed->out.find(" 6 1970-01-02 00:00 folder/file\n") != std::string::npos);
  CHECK(listed->out.find("1000 1970-01-01 00:00 " + deep + "\n") != std::string::npos);
  CHECK(listed->out.find("link -> folder/file\n") != std::string::npos);
  CHECK(listed->out.find("far -> " + std::string(300, 't') + "\n") != std::string::npos);
  CHECK(read->out == "hello\n");
}

}  // namespace tar_test
