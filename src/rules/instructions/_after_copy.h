// What a RUN does at once to what COPY has just brought, and how COPY would have done it.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions {

// The one file that the copy brings, as the path that it has in the image; empty: there are
// several, or it can't be known.
inline std::string file_in_image(const facts::Copy& copy) {
  if (copy.trigger || copy.sources.size() != 1 || !copy.destination.known()) return {};
  const facts::Copy::Source& source = copy.sources.front();
  if (!source.path.known() || source.git || (copy.add && source.archive)) return {};
  const std::string_view path = source.path.value;
  const std::string_view destination = copy.destination.value;
  if (!destination.ends_with('/')) return std::string(destination);
  if (path.ends_with('/') || path.find_first_of("*?[") != std::string_view::npos) return {};
  return concat({destination, path.substr(path.find_last_of('/') + 1)});
}

// The instruction behind the copy; null: it is the stage's last.
inline const parse::dockerfile::Instruction* behind(const facts::Copy& copy) {
  const auto all = copy.stage->instructions;
  const auto at = std::ranges::upper_bound(
      all, copy.instruction->span.begin, {},
      [](const parse::dockerfile::Instruction* i) { return i->span.begin; });
  return at == all.end() ? nullptr : *at;
}

// The RUN that follows at once, if all it does is one call of this program for one path.
inline const facts::Command* only_call_behind(const facts::Copy& copy, std::string_view program) {
  const parse::dockerfile::Instruction* next = behind(copy);
  if (next == nullptr || next->keyword != parse::dockerfile::Keyword::run || !next->mounts.empty())
    return nullptr;
  const auto run =
      std::ranges::lower_bound(copy.stage->runs, next->span.begin, {},
                               [](const facts::Run& r) { return r.instruction->span.begin; });
  if (run == copy.stage->runs.end() || run->instruction != next || !run->understood ||
      run->commands.size() != 1)
    return nullptr;
  const facts::Command& command = run->commands.front();
  const bool plain = command.name == program && command.permission != nullptr &&
                     command.wrapper.empty() && command.depth == 0 && command.redirects.empty();
  return plain && command.permission->paths.size() == 1 && !command.permission->text.empty()
             ? &command
             : nullptr;
}

// Gives the copy the flag, and takes the RUN away with its line. None if that has comments.
inline std::optional<Fix> with_flag(const facts::Copy& copy, std::string_view flag) {
  const facts::Build& build = *copy.stage->build;
  std::optional<text::Edit> removal = without_instruction(build, *behind(copy));
  if (!removal) return {};
  return Fix{.title = concat({"write ", flag}),
             .edits = {inserted(build, copy.instruction->keyword_span.end, concat({" ", flag})),
                       std::move(*removal)}};
}

}  // namespace plimsoll::rules::instructions
