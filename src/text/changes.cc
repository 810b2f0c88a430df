// Each offset is found by a binary search; both directions are the same walk with the sides
// swapped.
#include "text/changes.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace plimsoll::text {
namespace {

using Side = Span Change::*;

// The first change that ends at or behind `offset`.
std::span<const Change>::iterator first_up_to(std::span<const Change> changes, std::uint32_t offset,
                                              Side side) {
  return std::ranges::lower_bound(changes, offset, {},
                                  [side](const Change& c) { return (c.*side).end; });
}

// An offset that no change covers keeps its distance to the change before it.
std::uint32_t shifted(std::span<const Change> changes, std::span<const Change>::iterator next,
                      std::uint32_t offset, std::pair<Side, Side> sides) {
  if (next == changes.begin()) return offset;
  const Change& last = next[-1];
  return offset - (last.*sides.first).end + (last.*sides.second).end;
}

Span mapped(std::span<const Change> changes, Span span, Side from, Side to) {
  Span result;
  auto at = first_up_to(changes, span.begin, from);
  // Right behind a range that was replaced: outside of it.
  if (at != changes.end() && ((*at).*from).end == span.begin && ((*at).*from).size() > 0) ++at;
  const bool begins_in = at != changes.end() && ((*at).*from).begin <= span.begin;
  result.begin = begins_in ? ((*at).*to).begin : shifted(changes, at, span.begin, {from, to});

  // Of several changes at one offset, the end takes them all.
  at = first_up_to(changes, span.end, from);
  while (at != changes.end() && at + 1 != changes.end() && (at[1].*from).begin <= span.end &&
         ((at[1].*from).size() == 0 || (at[1].*from).begin < span.end))
    ++at;
  const bool ends_in =
      at != changes.end() && (((*at).*from).begin < span.end ||
                              (((*at).*from).begin == span.end && ((*at).*from).size() == 0));
  result.end = ends_in ? ((*at).*to).end : shifted(changes, at, span.end, {from, to});
  result.end = std::max(result.begin, result.end);
  return result;
}

const Change* met(std::span<const Change> changes, Span span, Side side) {
  const auto at = first_up_to(changes, span.begin, side);
  return at != changes.end() && ((*at).*side).begin <= span.end ? &*at : nullptr;
}

}  // namespace

Changes::Changes(std::span<const Edit> edits) {
  std::vector<const Edit*> sorted;
  sorted.reserve(edits.size());
  for (const Edit& edit : edits) sorted.push_back(&edit);
  std::ranges::stable_sort(sorted, {}, [](const Edit* e) { return e->where.span.begin; });
  std::int64_t shift = 0;
  for (const Edit* edit : sorted) {
    const Span span = edit->where.span;
    const auto begin = static_cast<std::uint32_t>(span.begin + shift);
    const auto size = static_cast<std::uint32_t>(edit->text.size());
    changes_.push_back({span, {begin, begin + size}});
    shift += std::int64_t{size} - std::int64_t{span.size()};
  }
}

Span Changes::forward(Span before) const {
  return mapped(changes_, before, &Change::before, &Change::after);
}

Span Changes::back(Span after) const {
  return mapped(changes_, after, &Change::after, &Change::before);
}

const Change* Changes::met_before(Span before) const {
  return met(changes_, before, &Change::before);
}

const Change* Changes::met_after(Span after) const {
  return met(changes_, after, &Change::after);
}

Changes Changes::then(const Changes& next) const {
  // Both lists are walked in the order of the text in the middle; what overlaps or touches there
  // becomes one change.
  Changes result;
  auto ours = changes_.begin();
  auto theirs = next.changes_.begin();
  std::int64_t to_first = 0, to_last = 0;  // from the middle, behind what was passed
  while (ours != changes_.end() || theirs != next.changes_.end()) {
    const bool ours_first = theirs == next.changes_.end() ||
                            (ours != changes_.end() && ours->after.begin <= theirs->before.begin);
    Span middle = ours_first ? ours->after : theirs->before;
    const std::int64_t first_begin = middle.begin + to_first, last_begin = middle.begin + to_last;
    while (true) {
      if (ours != changes_.end() && ours->after.begin <= middle.end) {
        middle.end = std::max(middle.end, ours->after.end);
        to_first = std::int64_t{ours->before.end} - std::int64_t{ours->after.end};
        ++ours;
      } else if (theirs != next.changes_.end() && theirs->before.begin <= middle.end) {
        middle.end = std::max(middle.end, theirs->before.end);
        to_last = std::int64_t{theirs->after.end} - std::int64_t{theirs->before.end};
        ++theirs;
      } else {
        break;
      }
    }
    result.changes_.push_back({{static_cast<std::uint32_t>(first_begin),
                                static_cast<std::uint32_t>(middle.end + to_first)},
                               {static_cast<std::uint32_t>(last_begin),
                                static_cast<std::uint32_t>(middle.end + to_last)}});
  }
  return result;
}

}  // namespace plimsoll::text
