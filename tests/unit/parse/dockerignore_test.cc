// .dockerignore, against the rules of moby/patternmatcher.
#include "parse/ignorefile/dockerignore.h"

#include <doctest/doctest.h>

#include "parse/ignorefile/go_path.h"

namespace dockerignore_test {

using namespace plimsoll::parse::ignorefile;

static bool ignored(std::string_view file, std::string_view path) {
  return is_ignored(parse_dockerignore(file).patterns, path);
}

TEST_CASE("patterns are matched from the context's folder on") {
  CHECK(ignored("node_modules", "node_modules"));
  CHECK(ignored("node_modules", "node_modules/a/b.js"));
  CHECK_FALSE(ignored("node_modules", "web/node_modules"));
  CHECK(ignored("**/node_modules", "web/node_modules/a"));
  CHECK(ignored("**/node_modules", "node_modules"));
  CHECK(ignored("*.md", "README.md"));
  CHECK_FALSE(ignored("*.md", "docs/README.md"));
  CHECK(ignored("docs/*.md", "docs/README.md"));
  CHECK(ignored("*/temp*", "a/temporary/x"));
  CHECK_FALSE(ignored("*/temp*", "a/b/temporary"));
  CHECK(ignored("**/*.go", "a/b/c.go"));
  CHECK(ignored("a/**", "a/b"));
  CHECK_FALSE(ignored("a/**", "ab"));
  CHECK(ignored("temp?", "tempa"));
  CHECK_FALSE(ignored("temp?", "temp"));
  CHECK(ignored("file[0-9]", "file7"));
  CHECK(ignored("file[^0-9]", "filex"));
  CHECK_FALSE(ignored("file[^0-9]", "file7"));
  CHECK(ignored("a\\*b", "a*b"));
  CHECK_FALSE(ignored("a\\*b", "axb"));
}

TEST_CASE("lines are cleaned") {
  CHECK(ignored("./app/\n", "app/x"));
  CHECK(ignored("/app", "app"));
  CHECK(ignored("  app \r\n", "app"));
  CHECK(ignored("a/../b//c", "b/c"));
  CHECK(
      ignored("\xEF\xBB\xBF"
              "app",
              "app"));
  CHECK_FALSE(ignored("#app\n\n!\n", "app"));
  CHECK(ignored(" #app", "#app"));
}

TEST_CASE("the last pattern that matches counts") {
  CHECK(ignored("*\n!src", "README.md"));
  CHECK_FALSE(ignored("*\n!src", "src/main.c"));
  CHECK(ignored("*\n!src\nsrc/private", "src/private/key"));
  CHECK(ignored("!src\n*", "src"));
}

TEST_CASE("what may be brought back below a folder") {
  const auto may = [](std::string_view file, std::string_view folder) {
    return may_include_below(parse_dockerignore(file).patterns, folder);
  };
  CHECK(may("*\n!src/main", "src"));
  CHECK(may("*\n!**/*.go", "src"));
  CHECK(may("*\n!s*", "src"));
  CHECK_FALSE(may("*\n!docs", "src"));
  CHECK_FALSE(may("src/main", "src"));
}

TEST_CASE("many stars end soon") {
  CHECK_FALSE(ignored("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(200, 'a')));
  CHECK_FALSE(ignored("**/a/**/a/**/a/**/a/**/b", std::string(400, '/')));
}

TEST_CASE("what a builder refuses is told with its line") {
  const DockerIgnore file = parse_dockerignore("a\n  [b  \n! \n!/\n*\\q\nc\n");
  REQUIRE(file.problems.size() == 4);
  CHECK(file.problems[0].line == 2);
  CHECK(file.problems[0].where == plimsoll::text::Span{4, 6});
  CHECK(file.problems[0].message == "syntax error in pattern");
  CHECK(file.problems[1].message == "illegal exclusion pattern");
  CHECK(file.problems[2].line == 4);
  CHECK(file.problems[3].message == "syntax error in pattern");
  bool broken = false;
  CHECK_FALSE(is_ignored(file.patterns, "x", &broken));
  CHECK(broken);
  broken = false;
  CHECK(is_ignored(file.patterns, "a", &broken));  // known before the broken one is asked
  CHECK_FALSE(broken);
}

TEST_CASE("patterns know where they stand") {
  const DockerIgnore file = parse_dockerignore("# x\n\xEF\xBB\xBFz\n !/a/ \r\n./b # c");
  REQUIRE(file.patterns.size() == 3);
  CHECK(file.patterns[1].where == plimsoll::text::Span{10, 14});
  CHECK(file.patterns[1].text == "a");
  CHECK(file.patterns[1].negated);
  CHECK(file.patterns[1].rooted);
  CHECK(file.patterns[2].text == "b # c");
  CHECK_FALSE(file.patterns[2].negated);
}

TEST_CASE("a line that is too long ends the file") {
  const std::string fits(65'535, 'a'), longer(65'536, 'a');
  CHECK(parse_dockerignore(fits + "\nb").problems.empty());
  const DockerIgnore file = parse_dockerignore("x\n" + longer + "\nb");
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].line == 2);
  CHECK(file.patterns.size() == 1);
}

TEST_CASE("what the original makes of regular expressions' characters") {
  CHECK(ignored("[*]", "[^]"));  // the star in the brackets becomes a class of its own
  CHECK_FALSE(ignored("[*]", "*"));
  CHECK(ignored("a|*b", "xb"));  // alternatives: not escaped by mistake
  CHECK(ignored("ab{2}*", "abbc"));
  CHECK_FALSE(ignored("ab{2}*", "abc"));
  CHECK(ignored("v\\d", "v7"));
}

TEST_CASE("a folder at a time gives the same answer") {
  const DockerIgnore file = parse_dockerignore("*\n!src\nsrc/**/*.key\n");
  const std::span<const DockerPattern> patterns = file.patterns;
  std::uint64_t steps = 0;
  const std::uint8_t above[] = {1, 1, 0};  // of "src"
  CHECK_FALSE(is_ignored_within(patterns, "src/a", above, steps));
  CHECK(is_ignored_within(patterns, "src/a.key", above, steps));
  CHECK(is_ignored_within(patterns, "docs", {}, steps));
}

TEST_CASE("a pattern may match below a folder") {
  const auto may = [](std::string_view pattern, std::string_view folder) {
    return may_match_below(parse_dockerignore(pattern).patterns.front(), folder);
  };
  CHECK(may("a/b", "a"));
  CHECK(may("**/*.log", "a"));
  CHECK(may("*/*.log", "a"));
  CHECK_FALSE(may("*.log", "a"));
  CHECK_FALSE(may("*/*.log", "a/b"));
  CHECK_FALSE(may("b/*", "a"));
}

// From Go's documentation of filepath.Match.
TEST_CASE("paths are matched as COPY looks them up") {
  CHECK(match_path("*.md", "README.md"));
  CHECK_FALSE(match_path("*.md", "docs/README.md"));
  CHECK(match_path("docs/*/a?", "docs/x/a\xC3\xA9"));
  CHECK(match_path("[a-c]*[^d]", "beef"));
  CHECK_FALSE(match_path("a*b", "abc"));
  CHECK(match_path("a*b*c", "axbxbxc"));
  CHECK_FALSE(match_path("**", "a/b"));
  CHECK(match_path("\\*", "*"));
}

}  // namespace dockerignore_test
