// Which stages there are to name, which one is the target, and which ones it needs.
#include <charconv>

#include "facts/stages/lowering.h"

namespace plimsoll::facts {

const Stage* find_stage_by_name(std::span<const Stage> stages, std::size_t before,
                                std::string_view name) {
  if (name.empty()) return nullptr;
  for (std::size_t i = before; i-- > 0;) {
    if (equal_ignoring_case(stages[i].name, name)) return &stages[i];
  }
  return nullptr;
}

const Stage* find_stage(std::span<const Stage> stages, std::size_t before,
                        std::string_view name_or_number) {
  if (const Stage* named = find_stage_by_name(stages, before, name_or_number)) return named;
  std::size_t number = 0;
  const char* const end = name_or_number.data() + name_or_number.size();
  const std::from_chars_result read = std::from_chars(name_or_number.data(), end, number);
  if (name_or_number.empty() || read.ec != std::errc{} || read.ptr != end || number >= before)
    return nullptr;
  return &stages[number];
}

void mark_used(Lowering& in) {
  if (in.stages.empty()) return;
  const std::string_view target = in.settings.target;
  in.build.target =
      target.empty() ? &in.stages.back() : find_stage(in.stages, in.stages.size(), target);
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
        use(find_stage(in.stages, i, mount.option("from")));
      }
    }
  }
}

}  // namespace plimsoll::facts
