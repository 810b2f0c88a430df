// Plain where nothing in the text could mean something else, in double quotes otherwise.
// Source: YAML 1.2.2, 5.7 "Escaped Characters", 7.3.
#include "facts/runline/yaml_scalar.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"

namespace plimsoll::facts {

static bool is_plain(std::string_view text) {
  if (text.empty() || !(is_lower(text[0]) || is_upper(text[0]) || text[0] == '/' || text[0] == '.'))
    return false;
  for (const char c : text)
    if (!is_alnum(c) && std::string_view("_-./").find(c) == std::string_view::npos) return false;
  constexpr std::string_view kMeaning[] = {"true", "false", "null", "yes", "no",
                                           "on",   "off",   "y",    "n"};
  const std::string lowered = lower(text);
  return text != "." && std::ranges::find(kMeaning, lowered) == std::end(kMeaning);
}

std::string yaml_scalar(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      constexpr std::string_view kHex = "0123456789abcdef";
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace plimsoll::facts
