// Vagrantfiles: here-documents and `inline:` strings, which provision a machine by its shell.
// Source: developer.hashicorp.com/vagrant, "Shell provisioner"; Ruby, "Here document literals".
#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "parse/runline/extract/collect.h"

namespace plimsoll::parse::runline {
namespace {

// The word of "<<-SHELL", "<<~'EOF'"; empty: the line opens none.
std::string_view heredoc_word(std::string_view line) {
  std::size_t at = line.find("<<");
  if (at == std::string_view::npos) return {};
  at += 2;
  while (at < line.size() && std::string_view("-~'\"").find(line[at]) != std::string_view::npos)
    ++at;
  std::size_t end = at;
  while (end < line.size() && is_word_char(line[end])) ++end;
  return line.substr(at, end - at);
}

// inline: "docker run …"
void read_inline(Collector& to, std::string_view line, std::size_t begin) {
  const std::size_t key = line.find("inline:");
  if (key == std::string_view::npos) return;
  const std::size_t open = line.find_first_of("'\"", key);
  if (open == std::string_view::npos) return;
  const std::size_t close = line.rfind(line[open]);
  if (close <= open) return;
  Joiner joiner;
  joiner.add(to.source, static_cast<std::uint32_t>(begin + open + 1),
             static_cast<std::uint32_t>(begin + close));
  if (mentions_engine(joiner.text())) read_script(to, joiner.take(to.arena));
}

}  // namespace

void read_vagrant(Collector& to) {
  const std::string_view bytes = to.source.bytes();
  std::string_view word;  // of the here-document that is open
  std::size_t body = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t newline = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, newline - begin);
    if (word.empty()) {
      word = heredoc_word(line);
      body = newline + 1;
      if (word.empty()) read_inline(to, line, begin);
    } else if (trimmed(line) == word) {
      Joiner joiner;
      joiner.add(to.source, static_cast<std::uint32_t>(std::min(body, begin)),
                 static_cast<std::uint32_t>(begin));
      if (mentions_engine(joiner.text())) read_script(to, joiner.take(to.arena));
      word = {};
    }
    begin = newline + 1;
  }
}

}  // namespace plimsoll::parse::runline
