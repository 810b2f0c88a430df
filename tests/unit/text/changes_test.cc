// Places before and after edits, and edits made one after the other.
#include "text/changes.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "text/edits.h"

namespace changes_test {

using namespace plimsoll;
using text::Changes;
using text::Edit;
using text::Span;

TEST_CASE("places go forward and back through changes") {
  // "abcdefgh" -> "abXYdeh!": c becomes XY, fg goes, ! comes at the end
  const std::vector<Edit> edits = {{{0, {2, 3}}, "XY"}, {{0, {5, 7}}, ""}, {{0, {8, 8}}, "!"}};
  REQUIRE(*text::apply_edits("abcdefgh", edits) == "abXYdeh!");
  const Changes changes(edits);
  CHECK(changes.forward({0, 2}) == Span{0, 2});
  CHECK(changes.forward({3, 5}) == Span{4, 6});  // de, beside both changes
  CHECK(changes.forward({2, 3}) == Span{2, 4});
  CHECK(changes.forward({5, 6}) == Span{6, 6});  // f is gone
  CHECK(changes.forward({7, 8}) == Span{6, 8});  // h, and what was set behind it
  CHECK(changes.back({4, 5}) == Span{3, 4});
  CHECK(changes.back({4, 6}) == Span{3, 7});     // with what was taken away behind it
  CHECK(changes.back({3, 4}) == Span{2, 3});     // half of XY is all of c
  CHECK(changes.met_before({3, 4}) != nullptr);  // touching counts
  CHECK(changes.met_before({4, 4}) == nullptr);
  CHECK(changes.met_after({2, 2}) != nullptr);
}

TEST_CASE("several insertions at one place all belong to what ends there") {
  const std::vector<Edit> edits = {{{0, {1, 1}}, "x"}, {{0, {1, 1}}, "yy"}};
  CHECK(Changes(edits).forward({0, 1}) == Span{0, 4});
  CHECK(Changes(edits).forward({1, 2}) == Span{1, 5});
}

// All pairs of small edits: what stands outside of the joined changes is the same text.
TEST_CASE("changes made one after the other are joined") {
  const std::string first = "abcdef";
  for (std::uint32_t a = 0; a <= 6; ++a)
    for (std::uint32_t b = a; b <= 6; ++b)
      for (std::uint32_t c = 0; c <= 5; ++c)
        for (std::uint32_t d = c; d <= 5; ++d) {
          const std::vector<Edit> one = {{{0, {a, b}}, "XY"}};
          const std::string middle = *text::apply_edits(first, one);
          if (d > middle.size()) continue;
          const std::vector<Edit> two = {{{0, {c, d}}, "1"}};
          const std::string last = *text::apply_edits(middle, two);
          const Changes joined = Changes(one).then(Changes(two));
          std::string made;
          std::size_t done = 0;
          for (const text::Change& change : joined.all()) {
            made += first.substr(done, change.before.begin - done);
            REQUIRE(made.size() == change.after.begin);
            made += last.substr(change.after.begin, change.after.size());
            done = change.before.end;
          }
          made += first.substr(done);
          CHECK(made == last);
        }
}

}  // namespace changes_test
