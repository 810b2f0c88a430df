// The published weights of the checklist's items, and the grade that answers come to.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/verdict.h"

namespace plimsoll::engine {

struct Grade {
  char letter = 0;         // 'A' to 'F'; 0: no item could be judged
  bool uncertain = false;  // an item is unknown

  [[nodiscard]] std::string text() const;  // "B", "B?", "?"
};

std::string_view name(ChecklistItem item);  // "non-root-user"
std::string_view name(ItemVerdict verdict);
std::uint32_t weight_of(ChecklistItem item);

// Unknown items and those that don't apply carry no weight.
Grade grade_of(const ChecklistEntry& entry);
// The worst of all; uncertain if that one is.
Grade worst_grade(std::span<const ChecklistEntry> entries);

}  // namespace plimsoll::engine
