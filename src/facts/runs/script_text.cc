// Puts together the text that a RUN's shell reads, with the way back to the Dockerfile.
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using parse::dockerfile::Heredoc;

// The pieces of one text after another.
class Joiner {
 public:
  Joiner(std::vector<text::Piece>& pieces, char* out) : pieces_(pieces), out_(out) {
    pieces_.clear();
  }

  void add(const text::Joined& joined) {
    if (joined.text.empty()) return;
    for (const text::Piece& piece : joined.pieces)
      pieces_.push_back({size_ + piece.joined, piece.source});
    copy(joined.text);
  }
  void add(std::string_view text, std::uint32_t source) {
    if (text.empty()) return;
    pieces_.push_back({size_, source});
    copy(text);
  }
  [[nodiscard]] std::string_view text() const { return {out_, size_}; }

 private:
  void copy(std::string_view text) {
    size_ += static_cast<std::uint32_t>(text.copy(out_ + size_, text.size()));
  }

  std::vector<text::Piece>& pieces_;
  char* out_;
  std::uint32_t size_ = 0;
};

// Docker reads `cmd <<EOF` for the shell only to find where the instruction ends: the shell reads
// it again.
text::Joined with_heredocs(const StageReading& reading, const Instruction& instruction,
                           const text::Joined& line) {
  const text::Source& source = *reading.in.build.source;
  std::size_t size = line.text.size();
  for (const Heredoc& heredoc : instruction.heredocs)
    size += heredoc.body.text.size() + heredoc.terminator.size() + 2;
  Joiner joiner(reading.in.scratch.pieces,
                static_cast<char*>(reading.in.arena.allocate(size + 1, 1)));
  joiner.add(line);
  joiner.add("\n", line.where(line.text).end);
  for (const Heredoc& heredoc : instruction.heredocs) {
    joiner.add(heredoc.body);
    if (heredoc.terminator.size() == 0) continue;  // the file ended first
    joiner.add(source.at(heredoc.terminator), heredoc.terminator.begin);
    joiner.add("\n", heredoc.terminator.end);
  }
  return {joiner.text(), reading.in.arena.copy(reading.in.scratch.pieces)};
}

// How many bytes of JSON the next decoded byte took: `\n` is 2.
std::size_t json_step(std::string_view source) {
  if (source.size() < 2 || source[0] != '\\') return 1;
  return source[1] == 'u' ? std::min<std::size_t>(6, source.size()) : 2;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

text::Joined part_of(const text::Joined& joined, std::string_view part, Lowering& in) {
  const auto begin = static_cast<std::uint32_t>(part.data() - joined.text.data());
  const auto end = begin + static_cast<std::uint32_t>(part.size());
  auto piece = std::ranges::upper_bound(joined.pieces, begin, {}, &text::Piece::joined) - 1;
  std::vector<text::Piece>& pieces = in.scratch.pieces;
  pieces.clear();
  pieces.push_back({0, piece->source + (begin - piece->joined)});
  for (++piece; piece != joined.pieces.end() && piece->joined < end; ++piece) {
    pieces.push_back({piece->joined - begin, piece->source});
  }
  return {part, in.arena.copy(pieces)};
}

text::Joined exec_word_text(const parse::dockerfile::Word& word, Lowering& in) {
  std::vector<text::Piece>& pieces = in.scratch.pieces;
  pieces.assign(1, {0, word.span.begin});
  const std::string_view source = in.build.source->at(word.span);
  // Where the string was continued over lines, what is behind the joint is off by the joint's size;
  // never outside.
  std::size_t at = 0;
  for (std::size_t i = 0; i < word.text.size() && at < source.size(); ++i) {
    const std::size_t step = json_step(source.substr(at));
    at += step;
    if (step > 1 && i + 1 < word.text.size() && at < source.size()) {
      pieces.push_back(
          {static_cast<std::uint32_t>(i + 1), word.span.begin + static_cast<std::uint32_t>(at)});
    }
  }
  return {word.text, in.arena.copy(pieces)};
}

const Heredoc* lone_heredoc(const Instruction& instruction) {
  if (instruction.heredocs.size() != 1 || instruction.rest.empty()) return nullptr;
  const Heredoc& heredoc = instruction.heredocs[0];
  return instruction.joined.where(instruction.rest) == heredoc.word ? &heredoc : nullptr;
}

std::span<const std::string_view> shebang(std::string_view body, Lowering& in) {
  if (!body.starts_with("#!")) return {};
  std::string_view line = body.substr(2, body.find_first_of("\r\n") - 2);
  std::vector<std::string_view>& words = in.scratch.texts;
  words.clear();
  while (true) {
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    if (line.empty()) break;
    const std::size_t size = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, size));
    line.remove_prefix(size);
  }
  return in.arena.copy(words);
}

text::Joined script_text(const StageReading& reading, const Instruction& instruction) {
  if (const Heredoc* heredoc = lone_heredoc(instruction)) return heredoc->body;
  const text::Joined line = part_of(instruction.joined, instruction.rest, reading.in);
  return instruction.heredocs.empty() ? line : with_heredocs(reading, instruction, line);
}

}  // namespace plimsoll::facts
