// Which ranges of a text were replaced by which of another: the way between the places of both.
#pragma once
#include <span>
#include <vector>

#include "text/place.h"

namespace plimsoll::text {

struct Change {
  Span before, after;  // an empty one: something was inserted, or taken away
  friend bool operator==(const Change&, const Change&) = default;
};

// What edits make of one text. What lies between the changes is the same in both texts.
class Changes {
 public:
  Changes() = default;
  // Of edits that apply_edits would accept; all are of one source.
  explicit Changes(std::span<const Edit> edits);

  // By rising places, never overlapping.
  [[nodiscard]] std::span<const Change> all() const { return changes_; }
  [[nodiscard]] bool empty() const { return changes_.empty(); }

  // Where the text of a range is afterwards, or was before. A range that ends within a change, or
  // where something was inserted, is widened to hold all of that.
  [[nodiscard]] Span forward(Span before) const;
  [[nodiscard]] Span back(Span after) const;
  // The first change that the range meets; touching counts. Null: none.
  [[nodiscard]] const Change* met_before(Span before) const;
  [[nodiscard]] const Change* met_after(Span after) const;

  // These changes and then those which lead from the new text to a third one.
  [[nodiscard]] Changes then(const Changes& next) const;

 private:
  std::vector<Change> changes_;
};

}  // namespace plimsoll::text
