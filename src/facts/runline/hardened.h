// What would harden a run line: the options that it lacks, and the line with them.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "facts/container.h"
#include "parse/runline/tree.h"
#include "text/source.h"

namespace plimsoll::facts {

// What an image needs to work in spite of it, where that is known.
struct ImageNeeds {
  std::span<const std::string_view> capabilities{};  // "CHOWN"
  std::span<const std::string_view> writable{};      // folders that a memory disk serves: "/run"
  std::string_view user{};                           // "999:999"; empty: not known
};

struct Hardening {
  std::string_view option{};  // its long name: "cap-drop"
  std::string_view text{};    // "--cap-drop ALL --cap-add CHOWN"; empty: there is nothing to write
  std::string_view note{};    // why it is left to people, or what they must do besides
  text::Place where{};        // empty, right behind `run`; of a credential, what `text` replaces
  bool hint = false;          // nothing is inserted
};

// One for each thing that is missing, in the order in which they are best read. What can't be known
// is not missing. An option that the line has is left as it is; where it takes the protection away
// that is a hint. Credentials of the environment are taken out of the line.
std::vector<Hardening> missing_hardening(const parse::runline::RunLine& line,
                                         const Container& container, const ImageNeeds& needs,
                                         Arena& arena);

// True for a variable that holds a credential, by its name or its value.
bool holds_credential(const Variable& variable);

// The bytes of the line with the options inserted, hints left out; all else stays as written.
// Credentials that stand in it are not in the result: `-e NAME` takes them from the client.
std::string hardened_line(const parse::runline::RunLine& line, const text::Source& source,
                          std::span<const Hardening> missing);

}  // namespace plimsoll::facts
