// What git's diff says of lines.
#include "engine/since.h"

#include <doctest/doctest.h>

namespace since_test {

using namespace plimsoll::engine;

TEST_CASE("a diff's hunks become lines of the new file") {
  const auto changes = read_diff(
      "diff --git a/x/Dockerfile b/x/Dockerfile\n"
      "index 1..2 100644\n--- a/x/Dockerfile\n+++ b/x/Dockerfile\n"
      "@@ -1 +1,2 @@ FROM\n-a\n+b\n+c\n"
      "@@ -5,2 +6,0 @@\n-+++ b/other\n--- a/other\n"
      "@@ -9,0 +9 @@\n+@@ -1 +1 @@\n\\ No newline at end of file\n"
      "diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n"
      "diff --git a/a b b/a b\n--- /dev/null\n+++ b/a b\t\n@@ -0,0 +1,3 @@\n+1\n+2\n+3\n"
      "--- /dev/null\n+++ \"b/q\\\"\\303\\244\\t\"\n@@ -0,0 +1 @@\n+1\n");
  REQUIRE(changes.size() == 3);
  const ChangedLines& first = changes.at("x/Dockerfile");
  CHECK(first.touch(1, 1));
  CHECK(first.touch(2, 3));
  CHECK_FALSE(first.touch(3, 6));
  CHECK(first.touch(6, 7));  // lines were taken away from between
  CHECK_FALSE(first.touch(7, 8));
  CHECK(first.touch(9, 9));
  CHECK_FALSE(first.touch(10, 99));
  CHECK(changes.at("a b").touch(3, 3));
  CHECK(changes.contains("q\"\xC3\xA4\t"));
}

TEST_CASE("what is no diff says nothing") {
  CHECK(read_diff("").empty());
  CHECK(read_diff("@@ -1 +1 @@\n+a\n").empty());
  CHECK(read_diff("+++ b/a\n@@ -x +y @@\n@@ -1,99999 +1,99999 @@\n+1\n").at("a").ranges.size() ==
        1);
}

}  // namespace since_test
