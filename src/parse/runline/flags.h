// The options of `docker run`, `podman run` and `nerdctl run`, and those that stand before `run`.
#pragma once
#include <cstdint>
#include <string_view>

#include "parse/runline/tree.h"

namespace plimsoll::parse::runline {

struct Flag {
  std::string_view name{};   // long
  char letter = 0;           // 0: it has none
  bool is_switch = false;    // takes a value only behind `=`
  std::uint8_t engines = 0;  // which programs know it: bit 1 << Engine
  bool run_only = false;     // not of `create`
};

// Null: the program has no such option. An engine that is unknown has those of all.
const Flag* find_flag(std::string_view name, Engine engine, Verb verb);
const Flag* find_flag(char letter, Engine engine, Verb verb);

// An option of the program itself, before its first command.
const Flag* find_global_flag(std::string_view name, Engine engine);
const Flag* find_global_flag(char letter, Engine engine);

}  // namespace plimsoll::parse::runline
