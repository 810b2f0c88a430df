// Reads the three grammars of files that set variables: `.env` and `env_file:` of Compose, its
// `format: raw`, and `docker run --env-file`, which is the grammar of raw as well.
// Source: compose-go's dotenv, docker/cli's kvfile.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "parse/compose/template.h"
#include "text/place.h"

namespace plimsoll::parse::compose {

using Variables = std::map<std::string, std::string, std::less<>>;

// One variable that the file names, in the order of the text; a name may come again.
struct Assignment {
  // Empty: the last line is a word alone, without a line end. Compose takes that for the value of a
  // variable without a name.
  std::string name{};
  std::string value{};
  text::Span name_at{};
  text::Span value_at{};            // quotes included; of a name alone: empty, behind it
  bool inherited = false;           // a name alone: the value is the one that it has outside
  bool set = true;                  // false: inherited, and outside there is none
  std::vector<VariableUse> uses{};  // `where` is the whole value's place in the file
};

struct Dotenv {
  std::vector<Assignment> assignments{};  // up to the fault
  std::string fault{};                    // a clause; empty: the file was read
  text::Span fault_at{};
};

// Names are looked up in `outside` first, then in `variables`, to which each assignment is added at
// once. All values together are bounded by kDotenvLimit.
Dotenv parse_dotenv(std::string_view text, const Lookup& outside, Variables& variables);

// One variable a line, no quotes, nothing expanded; a name alone takes its value from `outside`.
Dotenv parse_raw_env(std::string_view text, const Lookup& outside, Variables& variables);

inline constexpr std::size_t kDotenvLimit = std::size_t{16} << 20;

}  // namespace plimsoll::parse::compose
