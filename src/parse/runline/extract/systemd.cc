// systemd units: the command lines of ExecStart= and its kin. They look like a shell's, and are
// none: only quotes, variables and specifiers mean something. Source: systemd.service(5), "Command
// lines"; systemd.unit(5), "Specifiers"; systemd.syntax(7).
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "parse/runline/extract/collect.h"

namespace plimsoll::parse::runline {
namespace {

constexpr std::string_view kKeys[] = {"ExecStart", "ExecStartPre", "ExecStartPost", "ExecReload",
                                      "ExecStop",  "ExecStopPost", "ExecCondition"};

class Splitter {
 public:
  Splitter(Collector& to, const text::Joined& line) : to_(to), line_(line), text_(line.text) {}

  // Each command between lone semicolons.
  void read() {
    std::vector<Word> words;
    bool first = true;
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ == text_.size()) break;
      if (first) skip_marks();
      first = false;
      const Word word = next();
      if (word.raw == ";") {
        first = true;
        flush(words);
      } else {
        words.push_back(word);
      }
    }
    flush(words);
  }

 private:
  void flush(std::vector<Word>& words) {
    if (!words.empty()) read_command(to_, line_, to_.arena.copy(words), 0);
    words.clear();
  }

  // "-", "@", ":", "+", "!" before the path.
  void skip_marks() {
    while (at_ < text_.size() &&
           std::string_view("-@:+!|").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  Word next() {
    const std::size_t begin = at_;
    std::string text;
    std::vector<Hole> holes;
    char quote = 0;
    while (at_ < text_.size() && (quote != 0 || !is_space(text_[at_]))) {
      const char c = text_[at_];
      if (c == quote || (quote == 0 && (c == '"' || c == '\''))) {
        quote = quote == 0 ? c : 0;
        ++at_;
      } else if (c == '\\' && at_ + 1 < text_.size()) {
        text += text_[at_ + 1];
        at_ += 2;
      } else if (const std::size_t size = hole_size(); size > 0) {
        const auto from = static_cast<std::uint32_t>(text.size());
        text += text_.substr(at_, size);
        holes.push_back({from, static_cast<std::uint32_t>(text.size())});
        at_ += size;
      } else {
        at_ += text_.substr(at_, 2) == "$$" || text_.substr(at_, 2) == "%%" ? 2 : 1;
        text += c;
      }
    }
    return finish(text_.substr(begin, at_ - begin), text, holes);
  }

  Word finish(std::string_view raw, std::string_view text, std::vector<Hole>& holes) {
    merge_holes(holes);
    Word word{.text = to_.arena.copy(text),
              .holes = to_.arena.copy(holes),
              .raw = raw,
              .where = line_.where(raw)};
    word.verbatim = word.where.size() == word.text.size() && raw == word.text;
    // "$OPTIONS" as a word of its own is split at blanks.
    if (raw.size() > 1 && raw[0] == '$' && raw[1] != '{' && holes.size() == 1)
      word.arity = Arity::any;
    return word;
  }

  // Of the variable or specifier that stands here.
  [[nodiscard]] std::size_t hole_size() const {
    const std::string_view rest = text_.substr(at_);
    if (rest.size() < 2) return 0;
    if (rest[0] == '%') return is_word_char(rest[1]) ? 2 : 0;
    if (rest[0] != '$' || rest[1] == '$') return 0;
    if (rest[1] == '{') {
      const std::size_t end = rest.substr(0, 200).find('}');
      return end == std::string_view::npos ? 0 : end + 1;
    }
    std::size_t size = 1;
    while (size < rest.size() && is_word_char(rest[size])) ++size;
    return size > 1 ? size : 0;
  }

  Collector& to_;
  text::Joined line_;
  std::string_view text_;
  std::size_t at_ = 0;
};

// Where the value of a command line's key starts; npos: it is another key.
std::size_t value_start(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return equals;
  const std::string_view key = line.substr(0, line.substr(0, equals).find_last_not_of(" \t") + 1);
  return std::ranges::find(kKeys, key) != std::end(kKeys) ? equals + 1 : std::string_view::npos;
}

}  // namespace

void read_systemd(Collector& to) {
  const std::string_view bytes = to.source.bytes();
  Joiner joiner;
  bool continued = false;
  const auto finish = [&] {
    if (mentions_engine(joiner.text())) Splitter(to, joiner.take(to.arena)).read();
    joiner.clear();
  };
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t newline = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, newline - begin);
    const std::size_t text = line.find_first_not_of(" \t");
    const bool comment = text != std::string_view::npos && (line[text] == '#' || line[text] == ';');
    const std::size_t start = continued ? 0 : value_start(line);
    if (!comment && start != std::string_view::npos) {
      continued = line.ends_with('\\');
      joiner.add(to.source, static_cast<std::uint32_t>(begin + start),
                 static_cast<std::uint32_t>(newline - (continued ? 1 : 0)));
      if (continued)
        joiner.add(" ", static_cast<std::uint32_t>(newline - 1));
      else
        finish();
    }
    begin = newline + 1;
  }
  finish();
}

}  // namespace plimsoll::parse::runline
