// Sources know their lines, joined texts their places, edits their order.
#include <doctest/doctest.h>

#include <vector>

#include "text/edits.h"
#include "text/joined.h"
#include "text/source.h"

namespace text_test {

using namespace plimsoll::text;

TEST_CASE("a source knows line and column of an offset") {
  const Source source("f", "ab\r\n\ncd");
  CHECK(source.line_count() == 3);
  CHECK(source.position(0) == Position{1, 1});
  CHECK(source.position(3) == Position{1, 4});
  CHECK(source.position(4) == Position{2, 1});
  CHECK(source.position(6) == Position{3, 2});
  CHECK(source.position(99) == Position{3, 3});
  CHECK(source.line(1) == "ab");
  CHECK(source.line(2) == "");
  CHECK(source.line(3) == "cd");
  CHECK(source.line(4) == "");
}

TEST_CASE("a trailing newline begins no further line, an empty source has none") {
  CHECK(Source("f", "a\n").line_count() == 1);
  CHECK(Source("f", "").line_count() == 0);
}

TEST_CASE("a joined text leads back to its source") {
  // "RUN a \<newline>b": joined "RUN a b".
  const std::vector<Piece> pieces = {{0, 0}, {6, 8}};
  const Joined joined{.text = "RUN a b", .pieces = pieces};
  CHECK(joined.where(joined.text.substr(4, 1)) == Span{4, 5});
  CHECK(joined.where(joined.text.substr(6, 1)) == Span{8, 9});
  CHECK(joined.where(joined.text.substr(4)) == Span{4, 9});
  CHECK(joined.where(joined.text.substr(6, 0)) == Span{6, 6});
  CHECK(joined.where(joined.text.substr(7, 0)) == Span{9, 9});
}

TEST_CASE("edits are applied by place, whatever their order") {
  const std::vector<Edit> edits = {{{0, {4, 5}}, "X"}, {{0, {0, 0}}, "> "}};
  CHECK(apply_edits("ab cd", edits).value() == "> ab cX");
}

TEST_CASE("edits that overlap or lie outside are refused") {
  const std::vector<Edit> overlapping = {{{0, {0, 3}}, ""}, {{0, {2, 4}}, ""}};
  CHECK_FALSE(apply_edits("abcdef", overlapping).has_value());
  const std::vector<Edit> outside = {{{0, {5, 9}}, ""}};
  CHECK_FALSE(apply_edits("abcdef", outside).has_value());
}

}  // namespace text_test
