// How a setting that switches the verification of certificates off is taken away.
#pragma once
#include <algorithm>
#include <optional>
#include <string_view>

#include "facts/build.h"
#include "rules/commands/_tls.h"
#include "rules/edits.h"

namespace plimsoll::rules::commands {

// The variable of an ENV or ARG of the stage.
inline std::optional<text::Edit> without_variable(const facts::Stage& stage, text::Span where) {
  const parse::dockerfile::Instruction* found = instruction_at(stage, where.begin);
  if (found == nullptr || found->trigger != nullptr) return {};
  const auto pair = std::ranges::find(found->pairs, where, &parse::dockerfile::Pair::span);
  if (pair == found->pairs.end()) return {};
  return without_pair(*stage.build, *found, *pair);
}

// The option with its value, and with the `-c` or `-o` that it is the value of. A command that
// writes the setting down has nothing left to do without it.
inline std::optional<text::Edit> without_option(const facts::Command& command, std::size_t at,
                                                const TlsOption& option) {
  if (command.has("set") || command.has("config")) return {};
  const std::string_view word = command.words[at].value;
  std::size_t first = at, last = at;
  const bool joined = word.find('=') != std::string_view::npos;
  if (option.option.starts_with('-')) {
    const bool takes_value = !option.value.empty() || option.option == "--trusted-host";
    if (takes_value && !joined) ++last;
  } else {
    const std::string_view before = command.words[at - 1].value;
    const bool of_option = joined && (before == "-c" || before == "-o");
    if (!of_option && !word.starts_with("-o")) return {};
    if (of_option) --first;
  }
  if (last >= command.words.size()) return {};
  return without_words(command, command.words[first].raw, command.words[last].raw);
}

}  // namespace plimsoll::rules::commands
