// Dockerfiles that stand in Compose files as `dockerfile_inline`: each is judged as a source of its
// own, and what is found in it is told at the bytes of the Compose file that say so.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/sources.h"
#include "rules/rule.h"
#include "text/joined.h"
#include "text/place.h"

namespace plimsoll::engine {

struct Outcome;

// Thread-safe while texts are added; what leads back is asked for once all are there.
class InlineDockerfiles {
 public:
  explicit InlineDockerfiles(Sources& sources) : sources_(sources) {}

  // The number of the source that the text of the scalar at `where` makes. The same for all
  // services that take it, through anchors or from several projects.
  std::uint32_t add(text::Place where, std::string_view text);

  [[nodiscard]] bool empty() const { return by_number_.empty(); }
  [[nodiscard]] bool holds(std::uint32_t source) const { return by_number_.contains(source); }

  // Takes all places of what was found to the Compose files, and drops fixes that could not be
  // written there.
  void lead_back(Outcome& outcome) const;

  // The scalars of a Compose file; comments in them are the Dockerfile's.
  [[nodiscard]] std::vector<text::Span> scalars_in(std::uint32_t source) const;

  // The sources that were made are not for reports.
  void forget() const;

 private:
  struct Inline {
    text::Place scalar;
    std::string text;
    std::vector<text::Piece> pieces;  // empty: bytes can't be told apart, and all stand for it
  };
  [[nodiscard]] text::Place place_of(const Inline& in, text::Span span) const;
  void lead_back(text::Place& place) const;
  void lead_back(rules::Finding& finding) const;
  bool lead_back(const Inline& in, text::Edit& edit) const;

  Sources& sources_;
  std::mutex mutex_;
  std::map<std::pair<std::uint64_t, std::string>, std::uint32_t> numbers_;
  std::map<std::uint32_t, Inline> by_number_;
};

// Where the bytes of `text`, the value of a literal block scalar (`|`), stand in the file: lines
// map one to one, without their indentation; `$$` that became `$`, and variables that were put in,
// are stepped over. Empty: the scalar has another form, or the text can't be followed.
std::vector<text::Piece> follow_literal(const text::Source& file, text::Span scalar,
                                        std::string_view text);

}  // namespace plimsoll::engine
