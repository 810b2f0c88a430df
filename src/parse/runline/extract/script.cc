// The walk over a script: every simple command, wherever it stands, and the scripts that commands
// are given as text. Here-documents are data unless a shell reads them.
#include <algorithm>
#include <iterator>

#include "base/fs.h"
#include "parse/runline/extract/words.h"
#include "parse/shell/parse.h"

namespace plimsoll::parse::runline {
namespace {

constexpr unsigned kDeepestScript = 4;  // scripts in scripts

// A command of more words is a list of files.
constexpr std::size_t kMostWords = 2'000;

bool is_shell(std::string_view name) {
  constexpr std::string_view kShells[] = {"ash", "bash", "dash", "ksh", "sh", "zsh"};
  return std::ranges::find(kShells, name) != std::end(kShells);
}

// Backslashes that the outer shell takes away: "\$", "\"", a continued line.
text::Joined unescaped(const text::Joined& text, std::string_view part, Arena& arena,
                       std::string_view escaped) {
  const text::Joined raw = part_of(text, part, arena);
  if (raw.text.find('\\') == std::string_view::npos) return raw;
  Joiner out;
  std::uint32_t from = 0;
  const auto size = static_cast<std::uint32_t>(raw.text.size());
  const auto flush = [&](std::uint32_t to) {
    // A run may cross a joint of the text itself.
    for (std::uint32_t i = from; i < to; ++i) out.add(raw.text.substr(i, 1), raw.source_offset(i));
  };
  for (std::uint32_t i = 0; i + 1 < size; ++i) {
    if (raw.text[i] != '\\' || escaped.find(raw.text[i + 1]) == std::string_view::npos) continue;
    flush(i);
    from = i + (raw.text[i + 1] == '\n' ? 2 : 1);
    ++i;
  }
  flush(size);
  return out.take(arena);
}

// A word's text as a script; nothing if it is put together from several strings.
text::Joined script_of(Collector& to, const text::Joined& text, const Word& word) {
  const std::string_view raw = word.raw;
  if (raw.size() < 2) return {};
  const char quote = raw.front();
  const std::string_view inside = raw.substr(1, raw.size() - 2);
  if ((quote != '\'' && quote != '"') || raw.back() != quote) return {};
  if (quote == '\'') {
    if (inside.find('\'') != std::string_view::npos) return {};
    return part_of(text, inside, to.arena);
  }
  return unescaped(text, inside, to.arena, "\\\"$`\n");
}

// The word behind `-c` of a shell's options; words.size(): there is none.
std::size_t script_word(std::span<const Word> words, std::size_t at) {
  bool given = false;
  for (++at; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (text.size() < 2 || (text.front() != '-' && text.front() != '+'))
      return given ? at : words.size();
    given |= text[1] != '-' && text.find('c') != std::string_view::npos;
    if (text[1] != '-' && text.back() == 'o') ++at;  // -eo pipefail
  }
  return words.size();
}

// `bash`, `sh -e`, `bash -s -- words`, `sh -`
bool reads_input(std::span<const Word> words, std::size_t at) {
  for (++at; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (text == "-") return true;
    if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
    if (text[1] == '-') continue;
    if (text.find('c') != std::string_view::npos) return false;
    if (text.find('s') != std::string_view::npos) return true;
    if (text.back() == 'o') ++at;
  }
  return true;
}

// ssh(1): the word behind the host; words.size(): there is none.
std::size_t remote_command(std::span<const Word> words, std::size_t at) {
  constexpr std::string_view kWithValue = "BbcDEeFIiJLlmOopQRSWw";
  for (++at; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (text.size() < 2 || text.front() != '-') return at + 1;
    if (text.size() == 2 && kWithValue.find(text[1]) != std::string_view::npos) ++at;
  }
  return words.size();
}

class Walker {
 public:
  Walker(Collector& to, const text::Joined& text, unsigned depth)
      : to_(to), text_(text), depth_(depth) {}

  void list(const shell::List& list) {
    for (const shell::Item& item : list.items)
      for (const shell::Command& command : item.pipeline.commands) this->command(command);
  }

 private:
  void command(const shell::Command& node) {
    if (!node.words.empty() && node.words.size() <= kMostWords &&
        node.kind == shell::CommandKind::simple) {
      simple(node);
    }
    for (const shell::Assignment& assignment : node.assignments) {
      parts(assignment.value.parts);
      for (const shell::Word& element : assignment.elements) parts(element.parts);
    }
    for (const shell::Word& word : node.words) parts(word.parts);
    for (const shell::Redirect& redirect : node.redirects) {
      parts(redirect.target.parts);
      parts(redirect.body_parts);
    }
    for (const shell::List& body : node.lists) list(body);
  }

  void parts(std::span<const shell::Part> all) {
    for (const shell::Part& part : all) {
      if (part.list != nullptr) list(*part.list);
      if (!part.parts.empty()) parts(part.parts);
    }
  }

  void simple(const shell::Command& node) {
    // Most commands are others, and their words need not be put together.
    if (node.raw.find("run") == std::string_view::npos &&
        node.raw.find("create") == std::string_view::npos && node.redirects.empty())
      return;
    std::vector<Word> words;
    words.reserve(node.words.size());
    for (const shell::Word& word : node.words) words.push_back(to_word(to_, text_, word));
    const std::span<const Word> kept = to_.arena.copy(words);
    read_command(to_, text_, kept, depth_);
    heredocs(node, kept);
  }

  void heredocs(const shell::Command& node, std::span<const Word> words) {
    if (depth_ >= kDeepestScript) return;
    const std::size_t at = skip_prefixes(words);
    if (at >= words.size()) return;
    const std::string_view name = base_name(words[at].text);
    if (!(is_shell(name) && reads_input(words, at)) &&
        !(name == "ssh" && remote_command(words, at) >= words.size()))
      return;
    for (const shell::Redirect& redirect : node.redirects) {
      if (redirect.body.empty()) continue;
      const text::Joined body = redirect.target.quoted
                                    ? part_of(text_, redirect.body, to_.arena)
                                    : unescaped(text_, redirect.body, to_.arena, "\\$`\n");
      read_script(to_, body, depth_ + 1);
    }
  }

  Collector& to_;
  const text::Joined& text_;
  unsigned depth_;
};

void add_line(Collector& to, RunLine line) {
  if (to.lines.size() >= kMostLines) {
    to.complete = false;
    return;
  }
  line.source = to.number;
  line.carrier = to.carrier;
  to.lines.push_back(line);
}

}  // namespace

text::Joined part_of(const text::Joined& joined, std::string_view part, Arena& arena) {
  const auto begin = static_cast<std::uint32_t>(part.data() - joined.text.data());
  const auto end = begin + static_cast<std::uint32_t>(part.size());
  auto piece = std::ranges::upper_bound(joined.pieces, begin, {}, &text::Piece::joined) - 1;
  std::vector<text::Piece> pieces;
  pieces.push_back({0, piece->source + (begin - piece->joined)});
  for (++piece; piece != joined.pieces.end() && piece->joined < end; ++piece)
    pieces.push_back({piece->joined - begin, piece->source});
  return {part, arena.copy(pieces)};
}

void read_script(Collector& to, const text::Joined& script, unsigned depth) {
  if (!to.complete || script.text.empty()) return;
  const shell::Script* parsed = to.arena.make(shell::parse(script, to.arena));
  Walker(to, parsed->text, depth).list(parsed->list);
}

void read_command(Collector& to, const text::Joined& text, std::span<const Word> words,
                  unsigned depth) {
  const std::size_t at = skip_prefixes(words);
  if (at >= words.size()) return;
  if (engine_of(words[at])) {
    if (const std::optional<RunLine> line = parse(words.subspan(at), to.arena)) add_line(to, *line);
    return;
  }
  if (depth >= kDeepestScript) return;
  const std::string_view name = base_name(words[at].text);
  std::size_t script = words.size();
  if (is_shell(name) || name == "su") {
    script = script_word(words, at);
    if (name == "su" && script == words.size()) {
      const auto option = std::ranges::find(words.subspan(at), "-c", &Word::text);
      if (option != words.end()) script = static_cast<std::size_t>(option - words.begin()) + 1;
    }
  } else if (name == "ssh") {
    script = remote_command(words, at);
    if (script + 1 < words.size()) return read_command(to, text, words.subspan(script), depth + 1);
  } else if (at > 0 && words[at - 1].text == "eval") {
    script = at;
  }
  if (script >= words.size()) return;
  const text::Joined inner = script_of(to, text, words[script]);
  if (!inner.text.empty()) read_script(to, inner, depth + 1);
}

}  // namespace plimsoll::parse::runline
