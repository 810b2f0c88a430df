// What the rules about security options share: how one was written, for peers that know one of its
// forms, and a fix that takes it away.
#pragma once
#include <optional>
#include <string_view>
#include <utility>

#include "facts/container.h"
#include "rules/compose_edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::runtime {

// The option that stands at `where`, as written; empty: none does.
inline std::string_view option_at(const facts::Container& c, const text::Place& where) {
  for (const facts::Fact<std::string_view>& item : c.security_options.items)
    if (item.where == where) return item.value;
  return {};
}

// Without it the engine's own profile holds.
inline std::optional<Fix> without_option(const facts::Container& c, const text::Place& where) {
  std::optional<text::Edit> edit = without_item(c, "security_opt", where);
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "keep the engine's own profile",
             .edits = {std::move(*edit)}};
}

}  // namespace plimsoll::rules::runtime
