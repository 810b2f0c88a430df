// Which stages there are to name, which one is the target, and which ones it needs.
#include <algorithm>
#include <charconv>
#include <vector>

#include "facts/stages/lowering.h"

namespace plimsoll::facts {

static bool is_before(std::string_view a, std::string_view b) {
  return std::ranges::lexicographical_compare(a, b, {}, lower_case, lower_case);
}

void sort_names(Lowering& in) {
  std::vector<const Stage*> named;
  for (const Stage& stage : in.stages)
    if (!stage.name.empty()) named.push_back(&stage);
  std::ranges::stable_sort(named, is_before, &Stage::name);
  in.build.named = in.arena.copy(named);
}

std::span<const Stage* const> stages_named(const Build& build, std::string_view name) {
  const auto found = std::ranges::equal_range(build.named, name, is_before, &Stage::name);
  return {found.begin(), found.end()};
}

const Stage* find_stage_by_name(const Build& build, std::size_t before, std::string_view name) {
  const std::span<const Stage* const> all = stages_named(build, name);
  const auto behind = std::ranges::lower_bound(all, before, {}, &Stage::index);
  return behind == all.begin() ? nullptr : *std::prev(behind);
}

const Stage* find_stage(const Build& build, std::size_t before, std::string_view name_or_number) {
  if (const Stage* named = find_stage_by_name(build, before, name_or_number)) return named;
  std::size_t number = 0;
  const char* const end = name_or_number.data() + name_or_number.size();
  const std::from_chars_result read = std::from_chars(name_or_number.data(), end, number);
  if (name_or_number.empty() || read.ec != std::errc{} || read.ptr != end || number >= before)
    return nullptr;
  return &build.stages[number];
}

void mark_used(Lowering& in) {
  if (in.stages.empty()) return;
  const std::string_view target = in.settings.target;
  in.build.target =
      target.empty() ? &in.stages.back() : find_stage(in.build, in.stages.size(), target);
  if (in.build.target == nullptr) return;
  in.stages[in.build.target->index].shipped = true;
  // Every stage needs earlier ones only, so one pass from the target back finds all.
  for (std::size_t i = in.build.target->index + 1; i-- > 0;) {
    Stage& stage = in.stages[i];
    stage.used |= stage.shipped;
    if (!stage.used) continue;
    const auto use = [&](const Stage* needed) {
      if (needed != nullptr) in.stages[needed->index].used = true;
    };
    if (stage.base.stage != nullptr && stage.shipped)
      in.stages[stage.base.stage->index].shipped = true;
    use(stage.base.stage);
    for (const Copy& copy : stage.copies) use(copy.from_stage);
    for (const Run& run : stage.runs) {
      for (const parse::dockerfile::Mount& mount : run.instruction->mounts) {
        use(find_stage(in.build, i, mount.option("from")));
      }
    }
  }
}

}  // namespace plimsoll::facts
