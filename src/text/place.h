// Where text stands and how it is changed: the common tongue of parsers, facts, findings and fixes.
#pragma once
#include <cstdint>
#include <string>

namespace plimsoll::text {

// Half-open range of byte offsets in one source.
struct Span {
  std::uint32_t begin = 0, end = 0;
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  friend bool operator==(const Span&, const Span&) = default;
};

// A range in one of the run's sources. A source is whatever was read: a file, an image's config,
// an answer of the Engine API; so a live container's values have places too.
struct Place {
  std::uint32_t source = 0;
  Span span{};
  friend bool operator==(const Place&, const Place&) = default;
};

// Replaces the bytes at `where`; an empty span inserts.
struct Edit {
  Place where;
  std::string text;
  bool unordered = false;  // an insertion that may stand before or behind others of its kind
};

}  // namespace plimsoll::text
