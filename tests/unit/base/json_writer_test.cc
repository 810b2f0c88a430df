// JSON is escaped, separated, always valid UTF-8, and handed on in blocks.
#include "base/json_writer.h"

#include <doctest/doctest.h>

#include <string>

#include "base/utf8.h"

namespace json_writer_test {

using namespace plimsoll;

static std::string quoted(std::string_view text) {
  std::string result;
  JsonWriter(JsonWriter::Sink([&](std::string_view block) { result += block; })).string(text);
  return result;
}

TEST_CASE("commas and line breaks are put where they are due") {
  std::string result;
  {
    JsonWriter json([&](std::string_view block) { result += block; });
    json.begin_object();
    json.member("a", "x");
    json.member("n", std::uint64_t{18446744073709551615U});
    json.optional("none", "");
    json.array("list");
    json.new_line();
    json.boolean(true);
    json.new_line();
    json.null();
    json.begin_array();
    json.end_array();
    json.new_line();
    json.end_array();
    json.object("o");
    json.end_object();
    json.end_object();
  }
  CHECK(result ==
        "{\"a\":\"x\",\"n\":18446744073709551615,\"list\":[\ntrue,\nnull,[]\n],\"o\":{}}");
}

TEST_CASE("strings are escaped wherever the special byte stands") {
  CHECK(quoted("") == "\"\"");
  CHECK(quoted("\"\\\b\f\n\r\t\x01\x1f\x7f") == "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
  CHECK(quoted(std::string_view("\0", 1)) == "\"\\u0000\"");
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'a'), expected = text;
    text[at] = '"';
    expected.replace(at, 1, "\\\"");
    CHECK(quoted(text) == "\"" + expected + "\"");
  }
}

TEST_CASE("valid characters stay, malformed ones become U+FFFD by maximal subparts") {
  const std::string r = "\xEF\xBF\xBD";
  CHECK(quoted("é€😀") == "\"é€😀\"");
  CHECK(quoted("a\xFFz") == "\"a" + r + "z\"");
  CHECK(quoted("\xE2\x82") == "\"" + r + "\"");              // truncated: one
  CHECK(quoted("\xE2\x82\"") == "\"" + r + "\\\"\"");        // and the quote is not swallowed
  CHECK(quoted("\xED\xA0\x80") == "\"" + r + r + r + "\"");  // a surrogate
  CHECK(quoted("\xC0\xAF") == "\"" + r + r + "\"");          // overlong
  CHECK(quoted("\xF0\x9F\x98x") == "\"" + r + "x\"");
  CHECK(quoted("\xF4\x90\x80\x80") == "\"" + r + r + r + r + "\"");  // past U+10FFFF
  // Unicode 15, table 3-8.
  CHECK(quoted("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
        "\"a" + r + r + r + "b" + r + "c" + r + r + "d\"");
}

TEST_CASE("every character survives encoding and decoding") {
  for (char32_t code = 0; code <= 0x10FFFF; code += 7) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    const Utf8Character c = first_character(text);
    REQUIRE(c.valid);
    REQUIRE(c.code == code);
    REQUIRE(c.size_bytes == text.size());
  }
}

TEST_CASE("large documents are handed on in blocks") {
  std::size_t blocks = 0, largest = 0, total = 0;
  {
    JsonWriter json([&](std::string_view block) {
      ++blocks;
      largest = std::max(largest, block.size());
      total += block.size();
    });
    json.begin_array();
    for (int i = 0; i < 10000; ++i) {
      json.begin_array();
      json.string("0123456789012345678901234567890123456789");
      json.end_array();
    }
    json.end_array();
  }
  CHECK(total == 10000 * 45 + 1);
  CHECK(blocks > 4);
  CHECK(largest < 70000);
}

}  // namespace json_writer_test
