// Where a command's words stand in the Dockerfile, and which options it was given.
#include "facts/command.h"

#include <algorithm>
#include <functional>

#include "facts/build.h"

namespace plimsoll::facts {
namespace {

using ShellWord = parse::shell::Word;

bool lies_in(std::string_view part, std::string_view whole) {
  // std::less orders pointers into different objects too.
  constexpr std::less_equal<const char*> kBefore;
  return part.data() != nullptr && kBefore(whole.data(), part.data()) &&
         kBefore(part.data() + part.size(), whole.data() + whole.size());
}

// A word of the exec form, or a part of it if JSON did not change it.
text::Span exec_span(const parse::dockerfile::Instruction& instruction, std::string_view part) {
  for (const parse::dockerfile::Word& word : instruction.words) {
    if (!lies_in(part, word.text)) continue;
    if (word.span.size() != word.text.size()) return word.span;
    const auto begin = word.span.begin + static_cast<std::uint32_t>(part.data() - word.text.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }
  return instruction.keyword_span;
}

std::string_view without_dashes(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
  return name;
}

// Words behind the name, up to `--`.
template <class Visit>
void for_each_option(std::span<const ShellWord> words, Visit visit) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!words[i].known) continue;
    if (words[i].value == "--") return;
    if (words[i].value.size() > 1 && words[i].value[0] == '-' && visit(words[i].value, i)) return;
  }
}

bool is_cluster(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

text::Place Command::place(std::string_view part) const {
  const Build& build = *run->stage->build;
  if (run->script != nullptr && lies_in(part, run->script->text.text))
    return build.place(run->script->text.where(part));
  return build.place(exec_span(*run->instruction, part));
}

text::Place Command::place(text::Span span) const {
  return run->stage->build->place(span);
}

text::Place Command::place() const {
  if (words.empty()) return run->stage->build->place(name_span);
  return place(text::Span{place(words.front().raw).span.begin, place(words.back().raw).span.end});
}

bool Command::has(std::string_view word) const {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!words[i].known) {
      // `--name=$VALUE`
      if (word.starts_with("--") && words[i].raw.starts_with(word) &&
          words[i].raw.substr(word.size()).starts_with('='))
        return true;
      continue;
    }
    const std::string_view text = words[i].value;
    if (text == word) return true;
    if (word.starts_with("--") && text.starts_with(word) &&
        text.substr(word.size()).starts_with('='))
      return true;
  }
  return false;
}

bool Command::has_short(char letter) const {
  bool found = false;
  for_each_option(words, [&](std::string_view text, std::size_t) {
    if (text[1] != '-')
      found = text.substr(1, text.find('=') - 1).find(letter) != std::string_view::npos;
    return found;
  });
  return found;
}

std::string_view Command::option(std::string_view short_name, std::string_view long_name) const {
  short_name = without_dashes(short_name);
  long_name = without_dashes(long_name);
  std::string_view value;
  const auto next_word = [&](std::size_t i) {
    if (i + 1 < words.size() && words[i + 1].known) value = words[i + 1].value;
    return true;
  };
  for_each_option(words, [&](std::string_view text, std::size_t i) {
    if (text.starts_with("--")) {
      text.remove_prefix(2);
      if (long_name.empty() || !text.starts_with(long_name)) return false;
      if (text.size() == long_name.size()) return next_word(i);
      if (text[long_name.size()] != '=') return false;
      value = text.substr(long_name.size() + 1);
      return true;
    }
    text.remove_prefix(1);
    if (short_name.empty()) return false;
    // -u X, also at the end of a cluster: -mu X.
    if (text.ends_with(short_name) && is_cluster(text)) return next_word(i);
    if (!text.starts_with(short_name)) return false;
    value = text.substr(short_name.size());
    return true;
  });
  return value;
}

}  // namespace plimsoll::facts
