// Unified diffs, as git writes them. tests/cli/fix-diff.sh has git apply them.
#include "text/diff.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "text/edits.h"

namespace diff_test {

using namespace plimsoll;
using text::Edit;

static std::string diff(std::string_view before, const std::vector<Edit>& edits,
                        std::string_view path = "Dockerfile") {
  const std::string after = *text::apply_edits(before, edits);
  const text::Changes changes(edits);
  return text::unified_diff({.path = path, .before = before, .after = after, .changes = changes});
}

TEST_CASE("a diff has three lines around a change") {
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", {{{0, {8, 9}}, "five"}}) ==
        "diff --git a/Dockerfile b/Dockerfile\n--- a/Dockerfile\n+++ b/Dockerfile\n"
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("lines that an edit leaves as they were are no part of it") {
  CHECK(diff("a\nb\nc\n", {{{0, {0, 6}}, "a\nB\nc\n"}})
            .ends_with("@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"));
  CHECK(diff("a\n", {{{0, {0, 1}}, "a"}}).empty());
}

TEST_CASE("lines come and go whole") {
  CHECK(diff("a\nb\n", {{{0, {2, 2}}, "new\n"}}).ends_with("@@ -1,2 +1,3 @@\n a\n+new\n b\n"));
  CHECK(diff("a\nb\n", {{{0, {0, 2}}, ""}}).ends_with("@@ -1,2 +1 @@\n-a\n b\n"));
  CHECK(diff("", {{{0, {0, 0}}, "a\n"}}).ends_with("@@ -0,0 +1 @@\n+a\n"));
}

TEST_CASE("a missing newline at the end is said") {
  CHECK(diff("a", {{{0, {1, 1}}, "b"}})
            .ends_with("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n"
                       "+ab\n\\ No newline at end of file\n"));
  CHECK(diff("a", {{{0, {1, 1}}, "\nb\n"}})
            .ends_with("@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n"));
}

TEST_CASE("two edits of one line are one change, far ones two hunks") {
  CHECK(
      diff("ab\n", {{{0, {0, 1}}, "A"}, {{0, {1, 2}}, "B"}}).ends_with("@@ -1 +1 @@\n-ab\n+AB\n"));
  std::string text;
  for (int i = 0; i < 20; ++i) text += "x\n";
  const std::string far = diff(text, {{{0, {0, 1}}, "y"}, {{0, {38, 39}}, "y"}});
  CHECK(far.find("@@ -1,4 +1,4 @@\n") != std::string::npos);
  CHECK(far.find("@@ -17,4 +17,4 @@\n") != std::string::npos);
}

TEST_CASE("names are quoted as git quotes them") {
  CHECK(text::git_quoted("a/", "my file") == "a/my file");
  CHECK(text::git_quoted("a/", "t\ta\"b\\") == "\"a/t\\ta\\\"b\\\\\"");
  CHECK(text::git_quoted("a/", "\xc3\xa9") == "\"a/\\303\\251\"");
  CHECK(diff("a\n", {{{0, {0, 1}}, "b"}}, "my file")
            .starts_with("diff --git a/my file b/my file\n--- a/my file\t\n+++ b/my file\t\n"));
}

TEST_CASE("what is shown stands in the place of the text") {
  const std::vector<Edit> edits = {{{0, {0, 1}}, "b"}};
  const text::Changes changes(edits);
  CHECK(text::unified_diff({.path = "x",
                            .before = "a=hunter2\n",
                            .after = "b=hunter2\n",
                            .changes = changes,
                            .shown_before = "a=*******\n",
                            .shown_after = "b=*******\n"})
            .ends_with("-a=*******\n+b=*******\n"));
}

TEST_CASE("a file that is made comes from nowhere") {
  const Edit all{{}, "a\nb\n"};
  CHECK(text::unified_diff({.path = "web/x",
                            .before = {},
                            .after = "a\nb\n",
                            .changes = text::Changes({&all, 1}),
                            .is_new = true}) ==
        "diff --git a/web/x b/web/x\nnew file mode 100644\n--- /dev/null\n+++ b/web/x\n"
        "@@ -0,0 +1,2 @@\n+a\n+b\n");
}

}  // namespace diff_test
