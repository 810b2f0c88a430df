// Reads what Compose reads as sizes, times, switches and command lines, as Go's packages do.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::parse::compose {

// "512m", "1.5GiB", "-1": bytes. Source: docker/go-units, RAMInBytes.
std::optional<std::int64_t> parse_bytes(std::string_view text);

// "1m30s", "1.5d", "2w": nanoseconds. Source: xhit/go-str2duration.
std::optional<std::int64_t> parse_duration(std::string_view text);
// "1m30s", "24h0m0s": as Go's time.Duration prints itself.
std::string duration_text(std::int64_t nanoseconds);

struct Switch {
  bool on = false;
  bool old_word = false;  // "yes", "off": no boolean in YAML 1.2
};
std::optional<Switch> parse_boolean(std::string_view text);

// The whole text as a number: Go's strconv with the given base; 0 takes a prefix (0x, 0o, 0).
std::optional<std::int64_t> parse_integer(std::string_view text, int base = 10);
std::optional<double> parse_real(std::string_view text);

struct Words {
  std::vector<std::string> words{};
  bool valid = true;  // false: an open quote, or a parenthesis that a shell would not take
};
// A command in one text. It ends at an operator of the shell. Source: mattn/go-shellwords.
Words split_words(std::string_view text);

// A number of 32 or 64 bits as Go's encoding/json writes it.
std::string json_number(double value);
std::string json_number(float value);

}  // namespace plimsoll::parse::compose
