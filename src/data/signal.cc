// Finds signals by what STOPSIGNAL may call them.
// Source: moby/sys signal, ParseSignal.
#include <charconv>

#include "base/ascii.h"
#include "data/lookup.h"
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

constexpr unsigned kHighest = 64;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return upper(x) == upper(y); });
}

// RTMIN, RTMIN+15, RTMAX-14.
bool is_real_time(std::string_view name) {
  if (name.size() < 5) return false;
  const std::string_view start = name.substr(0, 5);
  const bool from_first = equal_ignoring_case(start, "RTMIN");
  if (!from_first && !equal_ignoring_case(start, "RTMAX")) return false;
  name.remove_prefix(5);
  if (name.empty()) return true;
  if (name.front() != (from_first ? '+' : '-')) return false;
  name.remove_prefix(1);
  return !name.empty() && name.size() <= 2 && std::ranges::all_of(name, is_digit);
}

}  // namespace

Signal find_signal(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) {
    if (number == 0 || number > kHighest) return {};
    if (number <= kSignals.size()) return {kSignals[number - 1], number};
    return {text, 0};
  }
  if (text.size() > 3 && equal_ignoring_case(text.substr(0, 3), "SIG")) text.remove_prefix(3);
  const auto found = std::ranges::find_if(
      kSignals, [&](std::string_view name) { return equal_ignoring_case(name, text); });
  if (found != kSignals.end()) return {*found, static_cast<unsigned>(found - kSignals.begin()) + 1};
  // Older names of the same.
  if (equal_ignoring_case(text, "CLD")) return find_signal("CHLD");
  if (equal_ignoring_case(text, "IOT")) return find_signal("ABRT");
  if (equal_ignoring_case(text, "POLL")) return find_signal("IO");
  return is_real_time(text) ? Signal{text, 0} : Signal{};
}

}  // namespace plimsoll::data
