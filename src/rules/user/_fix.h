// A fix that the user rules share: the last stage ends as an account that its image has.
#pragma once
#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::rules::user {

// Instructions that say how the container runs, which mostly end a stage; USER is best read before.
inline bool describes_container(const parse::dockerfile::Instruction& instruction) {
  using enum parse::dockerfile::Keyword;
  constexpr parse::dockerfile::Keyword kThese[] = {cmd,   entrypoint, expose, healthcheck,
                                                   label, stopsignal, volume};
  return std::ranges::find(kThese, instruction.keyword) != std::end(kThese);
}

// None if the image is known for no account to run as, or the stage isn't read from the file.
inline std::optional<Fix> end_as_known_user(const facts::Container& c) {
  if (c.build == nullptr || c.stage == nullptr || c.base == nullptr || c.base->users.empty())
    return {};
  const std::span<const parse::dockerfile::Instruction* const> all = c.stage->instructions;
  std::size_t at = all.size();
  while (at > 0 && describes_container(*all[at - 1])) --at;
  const std::string_view user = c.base->users.front();
  const bool windows_lines = c.build->source->bytes().find("\r\n") != std::string_view::npos;
  const std::string_view newline = windows_lines ? "\r\n" : "\n";
  text::Edit edit;
  if (at == all.size()) {
    const std::uint32_t end = (all.empty() ? c.stage->from : all.back())->span.end;
    edit = {c.build->place({end, end}), concat({newline, "USER ", user})};
  } else {
    const std::span<const text::Span> comments = all[at]->comments;
    const std::uint32_t begin = comments.empty() ? all[at]->span.begin : comments.front().begin;
    edit = {c.build->place({begin, begin}), concat({"USER ", user, newline})};
  }
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"run as ", user}),
             .edits = {std::move(edit)}};
}

}  // namespace plimsoll::rules::user
