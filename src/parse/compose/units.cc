// Reads sizes, times and numbers as Go's packages do: where they refuse a text, Compose does.
#include "parse/compose/units.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/ascii.h"

namespace plimsoll::parse::compose {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Conversion of a float that is too large is not defined in C++; on amd64 Go gives the least value.
std::int64_t to_integer(double value) {
  return value < 9223372036854775808.0 ? static_cast<std::int64_t>(value)
                                       : std::numeric_limits<std::int64_t>::min();
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

constexpr std::array<Unit, 10> kUnits{{{"ns", 1},
                                       {"us", 1'000},
                                       {"\xC2\xB5s", 1'000},  // micro sign
                                       {"\xCE\xBCs", 1'000},  // Greek mu
                                       {"ms", 1'000'000},
                                       {"s", 1'000'000'000},
                                       {"m", 60'000'000'000},
                                       {"h", 3'600'000'000'000},
                                       {"d", 86'400'000'000'000},
                                       {"w", 604'800'000'000'000}}};

std::int64_t unit_of(std::string_view name) {
  for (const Unit& unit : kUnits)
    if (unit.name == name) return unit.nanoseconds;
  return 0;
}

// Takes digits from the front. False: more than 63 bits hold.
bool take_number(std::string_view& text, std::int64_t& number) {
  number = 0;
  while (!text.empty() && is_digit(text.front())) {
    if (number > kMost / 10) return false;
    const std::int64_t digit = text.front() - '0';
    if (number * 10 > kMost - digit) return false;
    number = number * 10 + digit;
    text.remove_prefix(1);
  }
  return true;
}

struct Fraction {
  std::int64_t digits = 0;
  double scale = 1;
};

// Digits that do not fit are read and do not count.
Fraction take_fraction(std::string_view& text) {
  Fraction fraction;
  bool full = false;
  while (!text.empty() && is_digit(text.front())) {
    const std::int64_t digit = text.front() - '0';
    text.remove_prefix(1);
    full = full || fraction.digits > (kMost - digit) / 10;
    if (full) continue;
    fraction.digits = fraction.digits * 10 + digit;
    fraction.scale *= 10;
  }
  return fraction;
}

// One number and its unit from the front; nothing if there is none that holds.
std::optional<std::int64_t> take_time(std::string_view& text) {
  if (text.front() != '.' && !is_digit(text.front())) return std::nullopt;
  std::int64_t whole = 0;
  const std::size_t before = text.size();
  if (!take_number(text, whole)) return std::nullopt;
  bool digits = text.size() != before;
  Fraction fraction;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    const std::size_t point = text.size();
    fraction = take_fraction(text);
    digits = digits || text.size() != point;
  }
  if (!digits) return std::nullopt;
  const std::size_t end = std::min(text.find_first_of(".0123456789"), text.size());
  const std::int64_t unit = unit_of(text.substr(0, end));
  if (unit == 0 || whole > kMost / unit) return std::nullopt;
  text.remove_prefix(end);
  const double rest =
      static_cast<double>(fraction.digits) * (static_cast<double>(unit) / fraction.scale);
  const std::int64_t part = static_cast<std::int64_t>(rest);
  if (whole * unit > kMost - part) return std::nullopt;
  return whole * unit + part;
}

std::string trim_zeros(std::string digits) {
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  return digits;
}

// `value` in units of 10^digits, with what is left as a fraction.
std::string with_fraction(std::uint64_t value, unsigned digits) {
  std::uint64_t unit = 1;
  for (unsigned i = 0; i < digits; ++i) unit *= 10;
  std::string rest = std::to_string(value % unit);
  rest = trim_zeros(std::string(digits - rest.size(), '0') + rest);
  return std::to_string(value / unit) + (rest.empty() ? "" : "." + rest);
}

// Go writes e-9 where C++ writes e-09.
std::string shorten_exponent(std::string text) {
  const std::size_t at = text.find("e-0");
  if (at != std::string::npos && at + 4 == text.size()) text.erase(at + 2, 1);
  return text;
}

template <class Real>
std::string number_text(Real value) {
  const Real size = std::fabs(value);
  const bool scientific =
      size != 0 && (size < static_cast<Real>(1e-6) || size >= static_cast<Real>(1e21));
  std::array<char, 64> buffer{};
  const std::to_chars_result end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    scientific ? std::chars_format::scientific : std::chars_format::fixed);
  return shorten_exponent(std::string(buffer.data(), end.ptr));
}

}  // namespace

std::optional<std::int64_t> parse_bytes(std::string_view text) {
  if (const std::optional<std::int64_t> plain = parse_integer(text)) return plain;
  const std::size_t last = text.find_last_of("0123456789. ");
  if (last == std::string_view::npos) return std::nullopt;
  const std::optional<double> size = parse_real(text.substr(0, last + (text[last] == ' ' ? 0 : 1)));
  if (!size || *size < 0) return std::nullopt;
  const std::string suffix = lower(text.substr(last + 1));
  if (suffix.empty() || suffix == "b") return to_integer(*size);
  const std::size_t power = std::string_view("kmgtp").find(suffix.front());
  if (power == std::string_view::npos || suffix.size() > 3) return std::nullopt;
  if (suffix.size() == 2 && suffix[1] != 'b') return std::nullopt;
  if (suffix.size() == 3 && suffix.substr(1) != "ib") return std::nullopt;
  return to_integer(std::ldexp(*size, static_cast<int>(10 * (power + 1))));
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  while (!text.empty()) {
    const std::optional<std::int64_t> part = take_time(text);
    if (!part || sum > kMost - *part) return std::nullopt;
    sum += *part;
  }
  return negative ? -sum : sum;
}

std::string duration_text(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  const std::string sign = nanoseconds < 0 ? "-" : "";
  std::uint64_t left = static_cast<std::uint64_t>(nanoseconds);
  if (nanoseconds < 0) left = 0 - left;
  if (left < 1'000) return sign + std::to_string(left) + "ns";
  if (left < 1'000'000) return sign + with_fraction(left, 3) + "\xC2\xB5s";
  if (left < 1'000'000'000) return sign + with_fraction(left, 6) + "ms";
  constexpr std::uint64_t kMinute = 60'000'000'000;
  std::string result = with_fraction(left % kMinute, 9) + "s";
  const std::uint64_t minutes = left / kMinute;
  if (minutes > 0) result.insert(0, std::to_string(minutes % 60) + "m");
  if (minutes >= 60) result.insert(0, std::to_string(minutes / 60) + "h");
  return sign + result;
}

std::optional<Switch> parse_boolean(std::string_view text) {
  const std::string word = lower(text);
  if (word == "true") return Switch{true, false};
  if (word == "false") return Switch{false, false};
  if (word == "y" || word == "yes" || word == "on") return Switch{true, true};
  if (word == "n" || word == "no" || word == "off") return Switch{false, true};
  return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text, int base) {
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || text.front() == '-') return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number > static_cast<std::uint64_t>(kMost) + (negative ? 1U : 0U)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? 0 - number : number);
}

std::optional<double> parse_real(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.front() == '+') return std::nullopt;
  // Underscores may stand between digits.
  std::string digits;
  digits.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between =
        i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (text[i] != '_' || !between) digits += text[i];
  }
  double number = 0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

std::string json_number(double value) {
  return number_text(value);
}

std::string json_number(float value) {
  return number_text(value);
}

}  // namespace plimsoll::parse::compose
