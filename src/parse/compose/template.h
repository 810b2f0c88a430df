// Replaces the variables of one text, `$NAME` and `${NAME:-rest}`, as Compose does, and says which
// ones it asked for. Source: compose-spec, "Interpolation"; compose-go's behaviour.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/place.h"

namespace plimsoll::parse::compose {

// Null: the variable is not set.
using Lookup = std::function<const std::string*(std::string_view name)>;

// Of `rest` behind the name.
enum class Operator : std::uint8_t {
  none,
  default_if_empty,   // :-
  default_if_unset,   // -
  required_nonempty,  // :?
  required,           // ?
  other_if_nonempty,  // :+
  other_if_set        // +
};

// A variable whose value was asked for. What stands in a default that was not needed is not asked.
struct VariableUse {
  std::string name;
  text::Span where{};  // of all of `${NAME...}`, counted in the template
  Operator op = Operator::none;
  bool set = false;
  bool empty = true;  // not set, or set to nothing

  // Compose warns, and takes the empty text; what would really stand here nobody knows.
  [[nodiscard]] bool is_missing() const { return !set && op == Operator::none; }
};

struct Interpolated {
  enum class Fault : std::uint8_t { none, format, missing, too_large };

  std::string text{};  // of a fault: what was put together before it
  std::vector<VariableUse> uses{};
  Fault fault = Fault::none;
  text::Span fault_at{};  // counted in the template
  std::string message{};  // a clause: "required variable A is missing a value: why"

  [[nodiscard]] explicit operator bool() const { return fault == Fault::none; }
};

// Values are put in as they are, so the text ends. It is bounded: no longer than the template and
// kVariablesLimit bytes, defaults no deeper in each other than kVariablesDepth.
Interpolated interpolate(std::string_view text, const Lookup& lookup);

// Linux lets no variable be longer than 128 KiB.
inline constexpr std::size_t kVariablesLimit = std::size_t{256} << 10;
inline constexpr unsigned kVariablesDepth = 100;

}  // namespace plimsoll::parse::compose
