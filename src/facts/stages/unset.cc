// Which variables an instruction asks for that nobody in the file has set so far.
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, reportUnmatchedVariables.
#include "base/ascii.h"
#include "facts/stages/lowering.h"
#include "parse/dockerfile/expand.h"

namespace plimsoll::facts {
namespace {

using parse::dockerfile::Expansion;
using parse::dockerfile::Flag;
using parse::dockerfile::Mount;
using parse::dockerfile::MountOption;
using parse::dockerfile::Pair;
using FileWord = parse::dockerfile::Word;
using State = parse::dockerfile::Variable::State;

// All names that ARG or ENV has stated count as set, an ARG without a value too.
class Declared final : public parse::dockerfile::Variables {
 public:
  explicit Declared(const Scope& scope) : scope_(scope) {}

  [[nodiscard]] parse::dockerfile::Variable find(std::string_view name) const override {
    const bool named = !name.empty() && is_word_char(name.front()) && name.front() > '9';
    if (!named || name == "PATH" || is_proxy_argument(name) || is_bound(name) ||
        std::ranges::find(found, name) != found.end())
      return {State::known, "x"};
    return {};
  }

  std::vector<std::string_view> found;  // in the same text, already reported

 private:
  [[nodiscard]] bool is_bound(std::string_view name) const {
    for (const Binding* at = scope_.last(); at != nullptr; at = at->earlier)
      if (at->name == name) return true;
    return false;
  }
  const Scope& scope_;
};

// Of `$NAME` or `${NAME` in a text; empty: it is put together from parts.
std::string_view find_use(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const bool brace = text.substr(at + 1).starts_with('{');
    const std::size_t begin = at + (brace ? 2 : 1), end = begin + name.size();
    if (text.substr(begin, name.size()) != name) continue;
    if (end < text.size() && is_word_char(text[end])) continue;
    if (!brace) return text.substr(at, end - at);
    const std::size_t close = text.find('}', end);
    return text.substr(at, close == std::string_view::npos ? close : close + 1 - at);
  }
  return {};
}

struct Looking {
  StageReading& reading;
  const Instruction& instruction;
  const Pair* pair = nullptr;

  void look(std::string_view text, text::Span span) {
    if (text.find('$') == std::string_view::npos) return;
    Declared declared(reading.scope);
    while (true) {
      const Expansion expansion = expand(text, reading.in.tree.escape, declared, reading.in.arena);
      if (expansion.unset.empty() || declared.found.size() > 50) return;
      declared.found.push_back(expansion.unset);
      const std::string_view use = find_use(text, expansion.unset);
      const bool in_text = !use.empty() && is_view_of(instruction.joined.text, use);
      reading.in.scratch.unset_uses.push_back(
          {.name = expansion.unset,
           .where = reading.in.build.place(in_text ? instruction.joined.where(use) : span),
           .instruction = &instruction,
           .pair = pair});
    }
  }

  static bool is_view_of(std::string_view text, std::string_view part) {
    return part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size();
  }
};

// Of RUN only the mounts are Docker's to expand, and not where they take their files from.
void look_at_mounts(Looking& looking) {
  for (const Mount& mount : looking.instruction.mounts)
    for (const MountOption& option : mount.options)
      if (option.key != "from") looking.look(option.value, option.value_span);
}

bool takes_variables(Keyword keyword) {
  switch (keyword) {
    case Keyword::add:
    case Keyword::arg:
    case Keyword::copy:
    case Keyword::env:
    case Keyword::expose:
    case Keyword::label:
    case Keyword::stopsignal:
    case Keyword::user:
    case Keyword::volume:
    case Keyword::workdir:
      return true;
    default:
      return false;
  }
}

}  // namespace

void find_unset_uses(StageReading& reading, const Instruction& instruction) {
  if (instruction.joined.text.find('$') == std::string_view::npos) return;
  Looking looking{reading, instruction};
  if (instruction.keyword == Keyword::run) return look_at_mounts(looking);
  if (!takes_variables(instruction.keyword)) return;
  for (const Flag& flag : instruction.flags)
    if (flag.name != "from") looking.look(flag.value, flag.value_span);
  for (const FileWord& word : instruction.words) looking.look(word.text, word.span);
  for (const Pair& pair : instruction.pairs) {
    looking.pair = &pair;
    looking.look(pair.key, pair.key_span);
    looking.look(pair.value, pair.value_span);
  }
}

}  // namespace plimsoll::facts
