// One statement about a container: a value, or why there is none, and the text that says so.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/place.h"

namespace plimsoll::facts {

enum class Presence : std::uint8_t {
  absent,   // nobody said anything: the engine's default holds
  removed,  // said, then taken back: `!reset`, `HEALTHCHECK NONE`, `environment: {KEY: null}`
  unknown,  // said, but its value can't be known here: an unset variable, a base image never seen
  known,
};

enum class Origin : std::uint8_t { written, base_image, engine_default, live };

// One step on the way of a value to its container.
struct Step {
  enum class Kind : std::uint8_t {
    include,
    extends,
    overrides,
    anchor,
    merge_key,
    variable,
    build
  } kind;
  text::Place where;
};

template <class T>
struct Fact {
  Presence presence = Presence::absent;
  T value{};  // meaningful when known
  text::Place
      where{};  // known, removed, unknown: the text that says so; absent: where it would be added
  Origin origin = Origin::written;
  std::string_view
      unknown_because{};  // unknown: what would have to be known, e.g. "variable UID is not set"
  std::span<const Step> via{};  // outermost first
  bool editable = true;         // false: shared through an anchor, remote, or in another project

  [[nodiscard]] bool known() const { return presence == Presence::known; }
  [[nodiscard]] bool absent() const { return presence == Presence::absent; }
  [[nodiscard]] bool unknown() const { return presence == Presence::unknown; }
};

// A list whose elements were stated one by one, perhaps in several files.
template <class T>
struct FactList {
  std::span<const Fact<T>> items;  // in the order in which they take effect
  text::Place where{};             // the list itself, or where it would be added
  bool complete = true;            // false: there may be elements that can't be known here
};

}  // namespace plimsoll::facts
