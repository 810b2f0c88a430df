// The whole joined line is lexed as a shell line, with `\` as the escape character whatever the
// file's is; if that fails, BuildKit sees no here-document at all. Source: BuildKit
// frontend/dockerfile/parser/parser.go (Parse, heredocsFromLine, heredocFromMatch).
#include "parse/dockerfile/heredocs.h"

#include <algorithm>
#include <cstring>

#include "parse/dockerfile/lex.h"

namespace plimsoll::parse::dockerfile {
namespace {

class NoVariables final : public Variables {
 public:
  [[nodiscard]] Variable find(std::string_view) const override { return {}; }
};

std::ptrdiff_t count_quotes(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c == '\'' || c == '"'; });
}

// `^(\d*)<<(-?)\s*([^<]*)$`: fills all but the name, and leaves the part behind the sign in `word`.
bool match_sign(std::string_view& word, HeredocWord& result) {
  std::size_t at = 0;
  std::uint64_t descriptor = 0;
  for (; at < word.size() && is_digit(static_cast<unsigned char>(word[at])); ++at)
    descriptor = std::min<std::uint64_t>(
        descriptor * 10 + static_cast<std::uint64_t>(word[at] - '0'), UINT32_MAX);
  if (!word.substr(at).starts_with("<<")) return false;
  at += 2;
  result.strip_tabs = at < word.size() && word[at] == '-';
  if (result.strip_tabs) ++at;
  // Go's \s, which knows no vertical tab.
  while (at < word.size() && std::string_view(" \t\n\f\r").find(word[at]) != std::string_view::npos)
    ++at;
  word.remove_prefix(at);
  result.descriptor = static_cast<std::uint32_t>(descriptor);
  return !word.empty() && word.find('<') == std::string_view::npos;
}

text::Joined verbatim_body(Reading& reading, text::Span lines) {
  return {reading.bytes.substr(lines.begin, lines.size()),
          {reading.arena.make(text::Piece{0, lines.begin}), 1}};
}

// Without the tabs that begin its lines: one piece a line.
text::Joined stripped_body(Reading& reading, text::Span lines) {
  const std::string_view body = reading.bytes.substr(lines.begin, lines.size());
  char* const text = static_cast<char*>(reading.arena.allocate(body.size() + 1, 1));
  std::uint32_t size = 0;
  reading.pieces.clear();
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t newline = body.find('\n', at);
    const std::size_t next = newline == std::string_view::npos ? body.size() : newline + 1;
    while (body[at] == '\t' && at + 1 < next) ++at;
    reading.pieces.push_back({size, lines.begin + static_cast<std::uint32_t>(at)});
    std::memcpy(text + size, body.data() + at, next - at);
    size += static_cast<std::uint32_t>(next - at);
    at = next;
  }
  if (reading.pieces.empty()) reading.pieces.push_back({0, lines.begin});
  return {{text, size}, reading.arena.copy(reading.pieces)};
}

// Takes lines up to the one that is the delimiter and nothing else.
bool read_body(Reading& reading, Lines& lines, Heredoc& heredoc, std::uint32_t& end) {
  const std::uint32_t begin = lines.at();
  std::uint32_t body_end = begin;
  bool terminated = false;
  Line line;
  while (!terminated && lines.next(line)) {
    std::string_view text = reading.bytes.substr(line.begin, line.end - line.begin);
    if (heredoc.strip_tabs) text.remove_prefix(std::min(text.find_first_not_of('\t'), text.size()));
    terminated = text == heredoc.name;
    if (terminated)
      heredoc.terminator = {line.begin, line.end};
    else
      body_end = line.next;
    end = line.end;
  }
  heredoc.body_span = {begin, body_end};
  heredoc.body = heredoc.strip_tabs ? stripped_body(reading, heredoc.body_span)
                                    : verbatim_body(reading, heredoc.body_span);
  if (!terminated) heredoc.terminator = {body_end, body_end};
  return terminated;
}

// The signs of the instruction, in order. False: BuildKit gives up.
bool find_signs(Reading& reading, const text::Joined& joined) {
  const NoVariables none;
  Lex lex(joined.text, {.raw_quotes = true, .raw_escapes = true, .keep_unset = true}, none,
          reading.arena);
  if (!lex.run_words()) return true;
  for (const LexWord& word : lex.words()) {
    const HeredocWord sign = read_heredoc_word(word.text, reading.arena);
    const text::Span place = joined.where(joined.text.substr(word.begin, word.end - word.begin));
    if (sign.failed) {
      reading.problem(place, {"the word of the here-document cannot be read"});
      return false;
    }
    if (!sign.is) continue;
    Heredoc heredoc;
    heredoc.name = sign.name;
    heredoc.strip_tabs = sign.strip_tabs;
    heredoc.expand = sign.expand;
    heredoc.descriptor = sign.descriptor;
    heredoc.word = place;
    reading.heredocs.push_back(heredoc);
  }
  return true;
}

}  // namespace

HeredocWord read_heredoc_word(std::string_view word, Arena& arena) {
  HeredocWord result;
  if (!match_sign(word, result)) return result;
  // Read twice, with and without quotes: if the counts of quotes differ, a part of the word is
  // quoted. A delimiter that is only escaped, `<<\EOF`, so counts as not quoted.
  const NoVariables none;
  Lex plain(word, {.keep_unset = true}, none, arena);
  result.failed = !plain.run_words();
  if (result.failed || plain.words().size() != 1) return result;
  Lex raw(word, {.raw_quotes = true, .keep_unset = true}, none, arena);
  result.failed = !raw.run_words() || raw.words().size() != 1;
  if (result.failed) return result;
  result.is = true;
  result.name = plain.words().front().text;
  result.expand = count_quotes(result.name) == count_quotes(raw.words().front().text);
  return result;
}

std::uint32_t read_heredocs(Reading& reading, Lines& lines, Instruction& instruction) {
  reading.heredocs.clear();
  std::uint32_t end = 0;
  if (instruction.joined.text.find("<<") == std::string_view::npos) return end;
  if (!find_signs(reading, instruction.joined)) return end;
  for (Heredoc& heredoc : reading.heredocs) {
    if (read_body(reading, lines, heredoc, end)) continue;
    reading.problem(heredoc.word,
                    {"the here-document has no end: no line is exactly \"", heredoc.name, "\""});
    // Those that follow had no lines of their own; BuildKit stops at the first.
    reading.heredocs.resize(static_cast<std::size_t>(&heredoc - reading.heredocs.data()) + 1);
    break;
  }
  instruction.heredocs = reading.arena.copy(reading.heredocs);
  return end;
}

}  // namespace plimsoll::parse::dockerfile
