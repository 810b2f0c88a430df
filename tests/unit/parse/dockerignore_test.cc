// .dockerignore, against the rules of moby/patternmatcher.
#include "parse/ignorefile/dockerignore.h"

#include <doctest/doctest.h>

using namespace plimsoll::parse::ignorefile;

static bool ignored(std::string_view file, std::string_view path) {
  return is_ignored(parse_dockerignore(file), path);
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
    return may_include_below(parse_dockerignore(file), folder);
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
