// Does a changed text still say what it said, but for what was meant to change?
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "fix/plan.h"
#include "parse/compose/load.h"
#include "text/changes.h"
#include "text/source.h"

namespace plimsoll::fix {

// Why a set of fixes is not written.
struct Failure {
  std::string reason;              // words for people: "would add a finding: …"
  std::set<std::size_t> suspects;  // indexes of the proposals that it may be due to; empty: all
};

// One text before and after.
struct Pair {
  const text::Source& before;
  const text::Source& after;
  const text::Changes& changes;

  // Does a change run into this range of the old or the new text? A whole line that is set in front
  // of it or behind it, or taken away there, leaves it alone.
  [[nodiscard]] bool meets_before(text::Span range) const {
    return meets(range, &text::Change::before);
  }
  [[nodiscard]] bool meets_after(text::Span range) const {
    return meets(range, &text::Change::after);
  }

 private:
  bool meets(text::Span range, text::Span text::Change::*side) const;
};

// prove_text.cc: byte order mark and line ends, for any file. Empty: nothing is wrong.
std::string damaged_text(const Pair& pair);

// prove_dockerfile.cc: it parses if it did; instructions and comments that no change meets are as
// they were, and no others came but by a change. Empty: so it is. Otherwise `where` is set to the
// place in the new text.
std::string damaged_dockerfile(const Pair& pair, text::Span& where);

// prove_run_lines.cc, of a file that is neither Dockerfile nor Compose file: its `docker run` lines
// differ only in options, and in those only where a change is. Empty: so it is. Otherwise `where`
// is set as above.
std::string damaged_run_lines(const Pair& pair, text::Span& where);

// prove_context.cc: by absolute paths, may a build of the Dockerfile be sent what that ignore file
// lets through?
bool is_served_by(std::string_view ignore_file, std::string_view dockerfile);
// Why the Dockerfile could no longer be built with the ignore file's new text; empty: it could.
std::string starved_copy(const text::Source& dockerfile, std::string_view before,
                         std::string_view after);

// The first problem that a parser has said of the new text and not of the old one; null: there are
// no more than before.
template <class Problems>
const typename Problems::value_type* first_new(const Problems& before, const Problems& after) {
  if (after.size() <= before.size()) return nullptr;
  std::size_t first = 0;
  while (first < before.size() && after[first].message == before[first].message) ++first;
  return &after[first];
}

// prove_compose.cc: Compose loads the project if it did, and the model differs only where a change
// is. Empty: so it is.
struct ModelPair {
  const parse::compose::Project& before;
  const parse::compose::Project& after;
  // The changed files, by the number that they have in the one model and in the other.
  const std::map<std::uint32_t, const Pair*>& by_before;
  const std::map<std::uint32_t, const Pair*>& by_after;
};
std::string damaged_model(const ModelPair& models);

// Judges a trial: `applied` were made, which `changes` tells by source of `before`, and `after` is
// the verdict on the result. `working_directory` is what the verdicts' paths are relative to.
struct Trial {
  const engine::Verdict& before;
  const engine::Verdict& after;
  std::span<const Proposal* const> applied;
  const std::map<std::uint32_t, text::Changes>& changes;
  std::string_view working_directory;
};

// What failed, by the source of `before` that it was seen in; where that is a file that `before`
// does not know, by kNowhere.
constexpr std::uint32_t kNowhere = ~0U;
std::map<std::uint32_t, Failure> prove(const Trial& trial);

}  // namespace plimsoll::fix
