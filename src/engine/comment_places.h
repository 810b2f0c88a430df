// Where a comment that accepts a finding can stand in a file, and whether the file still says the
// same with it: comments go between what a language keeps together, never into it.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/arena.h"
#include "engine/verdict.h"
#include "text/source.h"

namespace plimsoll::engine {

struct CommentPlaces {
  // The line above which the comment goes; 0: none can accept this finding, for `why_not`.
  std::function<std::uint32_t(const Judged&)> above;
  // Does the changed text say what the source says?
  std::function<bool(const text::Source& changed)> same;
  std::string_view why_not{};  // "at no instruction"
  bool indented = true;        // as the line below
};

// Of a Dockerfile, a YAML file, a shell script or a Makefile; in other files nothing has a place.
// `instructions`: findings stand at some, so it is a Dockerfile whatever its name. The source and
// the arena must outlive it.
CommentPlaces comment_places(const text::Source& source, bool instructions, Arena& arena);

}  // namespace plimsoll::engine
