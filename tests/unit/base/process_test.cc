// Other programs are run as they are named, within limits.
#include "base/process.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/own_files.h"
#include "base/sha256.h"

namespace process_test {

using namespace plimsoll;

TEST_CASE("a program gets its words as they are, and its outputs and status come back") {
  const auto finished = run_program(
      {.words = {"/bin/sh", "-c", "cat; printf %s \"$1\"; echo no >&2; exit 7", "sh", "$HOME *"}});
  REQUIRE(finished.has_value());
  CHECK(finished->status == 7);
  CHECK(finished->out == "$HOME *");
  CHECK(finished->err == "no\n");
}

TEST_CASE("variables are taken away and given") {
  ::setenv("PLIMSOLL_TEST_A", "a", 1);
  ::setenv("PLIMSOLL_TEST_B", "b", 1);
  const auto finished =
      run_program({.words = {"/bin/sh", "-c", "echo \"$PLIMSOLL_TEST_A-$PLIMSOLL_TEST_B-$C\""},
                   .without = {"PLIMSOLL_TEST_A"},
                   .with = {{"PLIMSOLL_TEST_B", "changed"}, {"C", "c"}}});
  REQUIRE(finished.has_value());
  CHECK(finished->out == "-changed-c\n");
}

TEST_CASE("limits end the program and what it started") {
  const auto slow =
      run_program({.words = {"/bin/sh", "-c", "sleep 60 & sleep 60"}, .timeout_ms = 100});
  REQUIRE_FALSE(slow.has_value());
  CHECK(slow.error().kind == ErrorKind::timed_out);
  const auto loud = run_program(
      {.words = {"/bin/sh", "-c", "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"},
       .max_output_bytes = 100'000});
  REQUIRE_FALSE(loud.has_value());
  CHECK(loud.error().kind == ErrorKind::too_large);
  const auto killed = run_program({.words = {"/bin/sh", "-c", "kill -9 $$"}});
  REQUIRE(killed.has_value());
  CHECK(killed->status == 128 + 9);
}

TEST_CASE("what can't be started is told") {
  const auto none = run_program({.words = {"/nowhere/program"}});
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().kind == ErrorKind::not_found);
}

TEST_CASE("programs are found in absolute folders only") {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/tool";
  std::ofstream(file) << "#!/bin/sh\n";
  CHECK(find_program("tool", folder.path()).empty());  // not executable
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  CHECK(find_program("tool", "/nowhere:" + folder.path() + ":/bin") == file);
  CHECK(find_program("sh", ".:bin::").empty());
  CHECK(find_program(file, "") == file);
  CHECK(find_program("no-such-tool", "/bin:/usr/bin").empty());
}

TEST_CASE("a temporary folder is private and goes") {
  std::string path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    REQUIRE(replace_file(path + "/a/b", "bytes").has_value());
    REQUIRE(replace_file(path + "/a/b", "others").has_value());
    CHECK(std::filesystem::file_size(path + "/a/b") == 6);
    CHECK(std::filesystem::status(path).permissions() == std::filesystem::perms::owner_all);
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

// FIPS 180-4's examples, and a text on each side of where the padding needs another block.
TEST_CASE("SHA-256") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace process_test
