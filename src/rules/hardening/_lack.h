// What rules about hardening that a container lacks share: whose lack it is, and which other tools
// would say the same at that place.
#pragma once
#include <cstdint>
#include <span>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::hardening {

// A `pre_start` container inherits its service's keys, so what stands or lacks there is said of the
// service alone. What a provider runs is no container.
inline bool is_told(const facts::Container& c, const text::Place& where) {
  if (c.service == nullptr) return true;
  if (!c.service->provider.absent()) return false;
  if (c.service->of.empty()) return true;
  const text::Place& body = c.service->body;
  return where.source == body.source && where.span.begin >= body.span.begin &&
         where.span.end <= body.span.end;
}

// The first digit of a Compose file's `version`; 0: it has none.
inline int stated_version(const facts::Container& c) {
  if (c.project == nullptr || !c.project->version.known()) return 0;
  const std::string_view text = c.project->version.value;
  return text.empty() || text[0] < '0' || text[0] > '9' ? 0 : text[0] - '0';
}

// Bits of the tools that look at such an input at all: none but checklists know run lines, and
// Semgrep's rules want a `version`.
inline std::uint32_t peers(const facts::Container& c, std::span<const Alias> aliases) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    const std::string_view tool = aliases[i].tool;
    const bool looks =
        tool == "cis" || (c.project != nullptr && (tool != "semgrep" || stated_version(c) != 0));
    if (looks) bits |= 1U << i;
  }
  return bits;
}

}  // namespace plimsoll::rules::hardening
