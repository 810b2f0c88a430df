// What the carriers share: texts put together from ranges of the file, and the walk over a shell
// script's commands. Private to the folder.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/runline/extract/extract.h"
#include "parse/runline/parse.h"
#include "text/joined.h"

namespace plimsoll::parse::runline {

struct Collector {
  const text::Source& source;
  std::uint32_t number;
  Carrier carrier;
  Arena& arena;
  // The carrier fills "${…}" in before the shell reads it, also within single quotes.
  bool templates = false;
  std::vector<RunLine> lines{};
  bool complete = true;
};

// A text under construction: each range remembers where it stood.
class Joiner {
 public:
  void clear() {
    text_.clear();
    pieces_.clear();
  }
  void add(std::string_view text, std::uint32_t source) {
    if (text.empty()) return;
    const auto at = static_cast<std::uint32_t>(text_.size());
    if (pieces_.empty() || source - pieces_.back().source != at - pieces_.back().joined)
      pieces_.push_back({at, source});
    text_ += text;
  }
  // A range of the file as it stands there.
  void add(const text::Source& source, std::uint32_t begin, std::uint32_t end) {
    add(source.bytes().substr(begin, end - begin), begin);
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string_view text() const { return text_; }
  // Changes bytes that were added, and moves none.
  [[nodiscard]] char* at(std::size_t offset) { return text_.data() + offset; }
  [[nodiscard]] text::Joined take(Arena& arena) {
    if (pieces_.empty()) pieces_.push_back({0, 0});
    const text::Joined joined{arena.copy(text_), arena.copy(pieces_)};
    clear();
    return joined;
  }

 private:
  std::string text_;
  std::vector<text::Piece> pieces_;
};

// A part of a joined text as one of its own.
text::Joined part_of(const text::Joined& joined, std::string_view part, Arena& arena);

// The lines of all commands of a script, of those that it gives to another shell too.
void read_script(Collector& to, const text::Joined& script, unsigned depth = 0);
// The line or the script of one command, whose words are parts of `text`.
void read_command(Collector& to, const text::Joined& text, std::span<const Word> words,
                  unsigned depth);

// One function a carrier.
void read_makefile(Collector& to);
void read_markdown(Collector& to);
void read_ci(Collector& to);
void read_jenkins(Collector& to);
void read_systemd(Collector& to);
void read_package_json(Collector& to);
void read_vagrant(Collector& to);

}  // namespace plimsoll::parse::runline
