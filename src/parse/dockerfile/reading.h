// What the steps of reading one file share: the source, the place for results, and lists that are
// used again.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::parse::dockerfile {

struct Reading {
  std::string_view bytes;
  Arena& arena;
  char escape = '\\';
  std::vector<Problem> problems{};

  // Cleared and filled by the step that says so; kept here so that no instruction allocates them
  // anew.
  std::vector<Word> words{};
  std::vector<Flag> flags{};
  std::vector<Pair> pairs{};
  std::vector<Mount> mounts{};
  std::vector<MountOption> options{};
  std::vector<Heredoc> heredocs{};
  std::vector<text::Span> segments{}, inner_comments{};
  std::vector<text::Piece> pieces{};
  std::string scratch{};

  // Parts are cut where they get too long to read: a word may have megabytes.
  void problem(text::Span where, std::initializer_list<std::string_view> message) {
    constexpr std::size_t kLongest = 200;
    scratch.clear();
    for (const std::string_view part : message) {
      scratch += part.substr(0, kLongest);
      if (part.size() > kLongest) scratch += "...";
    }
    problems.push_back({where, arena.copy(scratch)});
  }
};

}  // namespace plimsoll::parse::dockerfile
