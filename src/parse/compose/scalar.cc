// Types of plain scalars: the core schema of YAML 1.2, with what Go's number parsers take (0x, 0o,
// 0b, a leading 0, digits grouped by _) and dates. `yes`, `no`, `on` and `22:22` are texts.
// Source: go.yaml.in/yaml v4, resolver; measured on compose-go v2.16.2.
#include "parse/compose/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "base/ascii.h"
#include "base/concat.h"

namespace plimsoll::parse::compose {

static constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";

static bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, text) != list.end();
}

// --- numbers -------------------------------------------------------------------------------------

struct Digits {
  std::string_view text;
  int base = 10;
};

static Digits digits_of(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return {text, 10};
  switch (lower(text[1])) {
    case 'x':
      return {text.substr(2), 16};
    case 'o':
      return {text.substr(2), 8};
    case 'b':
      return {text.substr(2), 2};
    default:
      return {text.substr(1), 8};
  }
}

// False: these are no digits of an integer, or too many. What fits 64 bits without a sign alone
// stays a text, whose digits are right wherever it is printed.
static bool read_integer(std::string_view plain, Node& node) {
  std::string_view text = plain;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const Digits digits = digits_of(text);
  if (digits.text.empty() || !(is_digit(digits.text[0]) || digits.base == 16)) return false;
  std::uint64_t value = 0;
  const char* end = digits.text.data() + digits.text.size();
  const std::from_chars_result read = std::from_chars(digits.text.data(), end, value, digits.base);
  if (read.ec != std::errc() || read.ptr != end) return false;
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  if (value > kMax + (negative ? 1 : 0)) {
    if (negative || plain.starts_with('+')) return false;
    node.kind = NodeKind::text;
    node.text = std::to_string(value);
    return true;
  }
  node.kind = NodeKind::integer;
  node.integer = negative ? static_cast<std::int64_t>(0 - value) : static_cast<std::int64_t>(value);
  return true;
}

// [-+]? (\.d+ | d+(\.d*)?) ([eE][-+]?d+)?
static bool is_float(std::string_view text) {
  std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  const std::size_t before = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0 && before == 0) return false;
  } else if (before == 0) {
    return false;
  }
  if (at < text.size() && lower(text[at]) == 'e') {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

static bool read_real(std::string_view plain, Node& node) {
  if (!is_float(plain)) return false;
  if (plain.starts_with('+')) plain.remove_prefix(1);
  double value = 0;
  const std::from_chars_result read =
      std::from_chars(plain.data(), plain.data() + plain.size(), value);
  // Too small is 0 in Go, too large no number; from_chars tells both alike, but leaves which.
  if (read.ec == std::errc::result_out_of_range) {
    const std::size_t exponent = plain.find_first_of("eE");
    if (exponent == std::string_view::npos || plain.substr(exponent + 1, 1) != "-") return false;
    value = plain.starts_with('-') ? -0.0 : 0.0;
  }
  node.kind = NodeKind::real;
  node.real = value;
  return true;
}

static bool read_number(std::string_view text, Node& node) {
  std::string plain(text);
  if (text[0] != '.') std::erase(plain, '_');
  if (text[0] != '.' && read_integer(plain, node)) return true;
  return read_real(plain, node);
}

// --- dates ---------------------------------------------------------------------------------------

// Reads fixed forms from the front of a text.
struct DateReader {
  std::string_view rest;
  bool good = true;

  int number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t count = 0;
    while (count < most && count < rest.size() && is_digit(rest[count]))
      value = value * 10 + (rest[count++] - '0');
    if (count < least) good = false;
    rest.remove_prefix(count);
    return value;
  }
  void expect(std::string_view any_of) {
    if (rest.empty() || any_of.find(rest[0]) == std::string_view::npos)
      good = false;
    else
      rest.remove_prefix(1);
  }
};

static int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

static std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// ".999" behind seconds, without zeros at its end; at most nanoseconds.
static std::string fraction(DateReader& in) {
  if (in.rest.size() < 2 || (in.rest[0] != '.' && in.rest[0] != ',') || !is_digit(in.rest[1]))
    return {};
  in.rest.remove_prefix(1);
  std::string digits;
  while (!in.rest.empty() && is_digit(in.rest[0])) {
    if (digits.size() < 9) digits += in.rest[0];
    in.rest.remove_prefix(1);
  }
  while (digits.ends_with('0')) digits.pop_back();
  return digits.empty() ? digits : "." + digits;
}

// "Z" or "+02:00", as Go prints it: "+0000 UTC", "+0200 +0200".
static std::string zone(DateReader& in) {
  if (in.rest.starts_with('Z')) {
    in.rest.remove_prefix(1);
    return "+0000 UTC";
  }
  const bool negative = in.rest.starts_with('-');
  in.expect("+-");
  const int hours = in.number(2, 2);
  in.expect(":");
  const int minutes = in.number(2, 2);
  if (hours > 24 || minutes > 60) in.good = false;
  if (hours == 0 && minutes == 0) return "+0000 UTC";
  const std::string offset = (negative ? "-" : "+") + padded(hours, 2) + padded(minutes, 2);
  return concat({offset, " ", offset});
}

std::string timestamp_text(std::string_view text) {
  DateReader in{text};
  const int year = in.number(4, 4);
  in.expect("-");
  const int month = in.number(1, 2);
  in.expect("-");
  const int day = in.number(1, 2);
  if (!in.good || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return {};
  const std::string date = concat({padded(year, 4), "-", padded(month, 2), "-", padded(day, 2)});
  if (in.rest.empty()) return date + " 00:00:00 +0000 UTC";
  const bool with_zone = in.rest[0] != ' ';
  in.expect("Tt ");
  const int hour = in.number(1, 2);
  in.expect(":");
  const int minute = in.number(1, 2);
  in.expect(":");
  const int second = in.number(1, 2);
  if (!in.good || hour > 23 || minute > 59 || second > 59) return {};
  const std::string part = fraction(in);
  const std::string offset = with_zone ? zone(in) : "+0000 UTC";
  if (!in.good || !in.rest.empty()) return {};
  return concat({date, " ", padded(hour, 2), ":", padded(minute, 2), ":", padded(second, 2), part,
                 " ", offset});
}

// --- which of them -------------------------------------------------------------------------------

static bool read_word(std::string_view text, Node& node) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) {
    node.kind = NodeKind::null;
  } else if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    node.kind = NodeKind::boolean;
    node.boolean = lower(text[0]) == 't';
  } else if (is_one_of(text, {".nan", ".NaN", ".NAN"})) {
    node.kind = NodeKind::real;
    node.real = std::numeric_limits<double>::quiet_NaN();
  } else if (is_one_of(text, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"})) {
    node.kind = NodeKind::real;
    node.real = std::numeric_limits<double>::infinity();
  } else if (is_one_of(text, {"-.inf", "-.Inf", "-.INF"})) {
    node.kind = NodeKind::real;
    node.real = -std::numeric_limits<double>::infinity();
  } else if (is_one_of(text, {"-0", "-0.0"})) {
    node.kind = NodeKind::real;
    node.real = -0.0;
  } else {
    return false;
  }
  return true;
}

static void resolve_plain(std::string_view text, bool dates, Node& node) {
  node.kind = NodeKind::text;
  node.text = text;
  if (read_word(text, node)) return;
  const char first = text[0];
  if (!is_digit(first) && first != '+' && first != '-' && first != '.') return;
  if (dates)
    if (std::string date = timestamp_text(text); !date.empty()) {
      node.text = std::move(date);
      node.is_time = true;
      return;
    }
  if (!read_number(text, node)) node.kind = NodeKind::text;
}

static std::optional<std::string> from_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0, count = 0, symbols = 0, padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    ++symbols;
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos || padding > 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> count) & 0xFFU);
  }
  if (symbols % 4 != 0 || padding > 2) return std::nullopt;
  return out;
}

// A tag of YAML decides the type whatever the quotes; other tags make a text.
static std::string resolve_tagged(std::string_view tag, std::string_view text, Node& node) {
  if (tag == "binary") {
    std::optional<std::string> bytes = from_base64(text);
    if (!bytes) return "this is no base64, as !!binary has to be";
    node.kind = NodeKind::text;
    node.text = std::move(*bytes);
    return {};
  }
  resolve_plain(text, tag == "timestamp", node);
  const bool is_date = tag == "timestamp" && !timestamp_text(text).empty();
  if (tag == "float" && node.is(NodeKind::integer)) {
    node.kind = NodeKind::real;
    node.real = static_cast<double>(node.integer);
  }
  const bool fits = (tag == "bool" && node.is(NodeKind::boolean)) ||
                    (tag == "int" && node.is(NodeKind::integer)) ||
                    (tag == "float" && node.is(NodeKind::real)) ||
                    (tag == "null" && node.is(NodeKind::null)) || is_date;
  return fits ? std::string() : concat({"this does not fit its tag !!", tag});
}

std::string resolve_scalar(const yaml::Node& scalar, Node& node) {
  node.kind = NodeKind::text;
  node.text = scalar.value;
  std::string_view tag = scalar.tag == "!" ? std::string_view() : scalar.tag;
  if (tag.empty()) {
    if (scalar.style == yaml::Style::plain) resolve_plain(scalar.value, true, node);
    return {};
  }
  if (!tag.starts_with(kTagPrefix)) return {};
  tag.remove_prefix(kTagPrefix.size());
  if (!is_one_of(tag, {"bool", "int", "float", "null", "timestamp", "binary"})) return {};
  return resolve_tagged(tag, scalar.value, node);
}

}  // namespace plimsoll::parse::compose
