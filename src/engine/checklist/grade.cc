// Weights and names stand in one table, so that docs/checklist.md has one place to be true to.
#include "engine/checklist/grade.h"

#include <array>

namespace plimsoll::engine {
namespace {

struct Described {
  std::string_view name;
  std::uint32_t weight;
};

// In the order of ChecklistItem; the weights come to 100. See docs/checklist.md.
constexpr std::array<Described, kChecklistItems> kItems = {{{"non-root-user", 20},
                                                            {"no-secrets", 20},
                                                            {"minimal-base", 10},
                                                            {"vulnerability-scan", 5},
                                                            {"health-check", 10},
                                                            {"resource-limits", 10},
                                                            {"read-only-filesystem", 10},
                                                            {"no-new-privileges", 10},
                                                            {"dockerignore", 5}}};

struct Percentage {
  std::uint32_t percent;  // at least
  char letter;
};
constexpr std::array<Percentage, 5> kSteps = {
    {{90, 'A'}, {75, 'B'}, {60, 'C'}, {45, 'D'}, {30, 'E'}}};

}  // namespace

std::string Grade::text() const {
  std::string text;
  if (letter != 0) text += letter;
  if (uncertain || letter == 0) text += '?';
  return text;
}

std::string_view name(ChecklistItem item) {
  return kItems[static_cast<std::size_t>(item)].name;
}

std::string_view name(ItemVerdict verdict) {
  constexpr std::string_view kNames[] = {"pass", "fail", "unknown", "not-applicable"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::uint32_t weight_of(ChecklistItem item) {
  return kItems[static_cast<std::size_t>(item)].weight;
}

Grade grade_of(const ChecklistEntry& entry) {
  Grade grade;
  std::uint32_t passed = 0, judged = 0;
  for (std::size_t i = 0; i < kChecklistItems; ++i) {
    const ItemVerdict verdict = entry.items[i].verdict;
    if (verdict == ItemVerdict::pass) passed += kItems[i].weight;
    if (verdict == ItemVerdict::pass || verdict == ItemVerdict::fail) judged += kItems[i].weight;
    grade.uncertain = grade.uncertain || verdict == ItemVerdict::unknown;
  }
  if (judged == 0) return grade;
  grade.letter = 'F';
  for (const Percentage& step : kSteps) {
    if (passed * 100 < step.percent * judged) continue;
    grade.letter = step.letter;
    break;
  }
  return grade;
}

Grade worst_grade(std::span<const ChecklistEntry> entries) {
  Grade worst;
  for (const ChecklistEntry& entry : entries) {
    const Grade grade = grade_of(entry);
    if (grade.letter > worst.letter)
      worst = grade;
    else if (grade.letter == worst.letter)
      worst.uncertain = worst.uncertain || grade.uncertain;
  }
  return worst;
}

}  // namespace plimsoll::engine
