// HEALTHCHECK is the one instruction whose flags hold durations and numbers.
// Source: BuildKit frontend/dockerfile/instructions/parse.go (parseHealthcheck, parseOptInterval);
// Go time.ParseDuration, strconv.ParseInt.
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/validate.h"

namespace plimsoll::parse::dockerfile {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
// Go's µs is missing: BuildKit reads flags by bytes, and then does not know the sign again.
constexpr std::array<Unit, 6> kUnits{{{"ns", 1},
                                      {"us", 1'000},
                                      {"ms", 1'000'000},
                                      {"s", 1'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"h", 3'600'000'000'000}}};
constexpr std::uint64_t kMost = std::uint64_t{1} << 63;

// One number with its unit, e.g. "1.5h"; taken from the front of `text`.
std::optional<std::uint64_t> take_part(std::string_view& text) {
  std::uint64_t whole = 0;
  double fraction = 0, scale = 1;
  bool digits = false, point = false;
  std::size_t at = 0;
  for (; at < text.size() &&
         (is_digit(static_cast<unsigned char>(text[at])) || (text[at] == '.' && !point));
       ++at) {
    if (text[at] == '.') {
      point = true;
      continue;
    }
    digits = true;
    const int digit = text[at] - '0';
    if (point) {
      scale *= 10;
      fraction = fraction * 10 + digit;
      continue;
    }
    if (whole > kMost / 10) return std::nullopt;
    whole = whole * 10 + static_cast<std::uint64_t>(digit);
    if (whole > kMost) return std::nullopt;
  }
  if (!digits) return std::nullopt;
  const std::size_t end = std::min(text.find_first_of(".0123456789", at), text.size());
  const std::string_view name = text.substr(at, end - at);
  text.remove_prefix(end);
  for (const Unit& unit : kUnits) {
    if (unit.name != name) continue;
    std::uint64_t result = 0;
    if (__builtin_mul_overflow(whole, unit.nanoseconds, &result) || result > kMost)
      return std::nullopt;
    if (fraction > 0)
      result +=
          static_cast<std::uint64_t>(fraction / scale * static_cast<double>(unit.nanoseconds));
    return result;
  }
  return std::nullopt;
}

// Nanoseconds; nothing if it is no duration. A negative one is given as 1, which is as wrong for
// our one caller.
std::optional<std::uint64_t> read_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const std::optional<std::uint64_t> part = take_part(text);
    if (!part) return std::nullopt;
    sum += *part;
    if (sum > kMost) return std::nullopt;
  }
  if (negative) return sum == 0 ? 0 : 1;
  return sum == kMost ? std::nullopt : std::optional(sum);
}

void check_duration(Reading& reading, const Flag& flag) {
  if (flag.value.empty()) return;
  const std::optional<std::uint64_t> duration = read_duration(flag.value);
  if (!duration)
    reading.problem(flag.value_span, {"\"", flag.value, "\" is not a duration such as 1m30s"});
  else if (*duration != 0 && *duration < 1'000'000)
    reading.problem(flag.value_span, {"--", flag.name, " cannot be less than 1ms"});
}

void check_retries(Reading& reading, const Flag& flag) {
  std::string_view text = flag.value;
  if (text.empty()) return;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool two_signs = flag.value.starts_with('+') && text.starts_with('-');
  if (error != std::errc() || end != text.data() + text.size() || two_signs)
    reading.problem(flag.value_span, {"\"", flag.value, "\" is not a number of retries"});
  else if (number < 0)
    reading.problem(flag.value_span, {"--retries cannot be negative"});
}

}  // namespace

void check_healthcheck(Reading& reading, const Instruction& instruction) {
  const std::span<const Word> words = instruction.words;
  if (words.empty())
    return reading.problem(instruction.span, {"HEALTHCHECK needs NONE, or CMD and a command"});
  if (instruction.broken) return;
  const Word& type = words.front();
  if (lowers_to(type.text, "none")) {  // its flags are not looked at
    if (words.size() > 1) reading.problem(words[1].span, {"HEALTHCHECK NONE takes no arguments"});
    return;
  }
  check_flags(reading, instruction);
  if (!lowers_to(type.text, "cmd"))
    return reading.problem(type.span, {"HEALTHCHECK takes CMD or NONE, not ", type.text});
  if (words.size() == 1) return reading.problem(type.span, {"HEALTHCHECK CMD needs a command"});
  for (const Flag& flag : instruction.flags) {
    if (!flag.has_value) continue;
    if (flag.name == "retries")
      check_retries(reading, flag);
    else if (flag.name == "interval" || flag.name == "timeout" || flag.name == "start-period" ||
             flag.name == "start-interval")
      check_duration(reading, flag);
  }
}

}  // namespace plimsoll::parse::dockerfile
