// Columns in UTF-16 code units, asked for in any order.
#include "text/columns.h"

#include <doctest/doctest.h>

namespace columns_test {

using namespace plimsoll::text;

TEST_CASE("columns count UTF-16 code units from the line's start") {
  const Source source("f", "aé€😀b\r\n\xFF\xE2\x82z\n");
  Utf16Columns columns(source);
  CHECK(columns.position(0) == Position{1, 1});
  CHECK(columns.position(1) == Position{1, 2});
  CHECK(columns.position(3) == Position{1, 3});
  CHECK(columns.position(6) == Position{1, 4});
  CHECK(columns.position(8) == Position{1, 4});  // within the emoji: its start
  CHECK(columns.position(10) == Position{1, 6});
  CHECK(columns.position(16) == Position{2, 3});  // two malformed sequences before the z
  CHECK(columns.position(10) == Position{1, 6});
  CHECK(columns.position(99) == Position{3, 1});
}

}  // namespace columns_test
