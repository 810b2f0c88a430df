// Reads the instructions of one stage in order; each changes what the stage's container will have.
#include "facts/runs/runs.h"
#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

// The instruction itself, or the one that ONBUILD holds.
const Instruction& unfolded(const Instruction& instruction) {
  return instruction.trigger != nullptr ? *instruction.trigger : instruction;
}

void count_runs_and_copies(StageReading& reading) {
  std::size_t runs = 0, copies = 0;
  for (const Instruction* instruction : reading.stage.instructions) {
    const Keyword keyword = unfolded(*instruction).keyword;
    runs += keyword == Keyword::run ? 1U : 0U;
    copies += keyword == Keyword::copy || keyword == Keyword::add ? 1U : 0U;
  }
  reading.runs = make_array<Run>(reading.in.arena, runs);
  reading.copies = make_array<Copy>(reading.in.arena, copies);
}

void read_instruction(StageReading& reading, const Instruction& instruction, bool trigger) {
  switch (instruction.keyword) {
    case Keyword::run:
      read_run(reading, instruction, trigger);
      return;
    case Keyword::copy:
    case Keyword::add:
      read_copy(reading, instruction, trigger);
      return;
    default:
      break;
  }
  if (trigger) return;  // it speaks of the images that will be built from this one
  switch (instruction.keyword) {
    case Keyword::arg:
      read_arguments(reading, instruction);
      break;
    case Keyword::env:
      read_environment(reading, instruction);
      break;
    case Keyword::label:
      read_labels(reading, instruction);
      break;
    case Keyword::healthcheck:
      read_health_check(reading, instruction);
      break;
    default:
      read_setting(reading, instruction);
      break;
  }
}

template <class T>
void fill(std::vector<T>& list, std::span<const T> items) {
  list.assign(items.begin(), items.end());
}

// Shares the parent stage's list if nothing was added.
template <class T>
void keep(Arena& arena, std::span<const T>& items, const std::vector<T>& list) {
  if (list.size() != items.size()) items = arena.copy(list);
}

}  // namespace

void read_stage(Lowering& in, Stage& stage) {
  const Binding* parent_end =
      stage.base.stage != nullptr ? in.scope_ends[stage.base.stage->index] : nullptr;
  StageReading reading{.in = in, .stage = stage, .scope = Scope(Scope::Where::stage, parent_end)};
  if (stage.base.stage == nullptr) bind_proxies(in, reading.scope);
  start_stage(in, stage);
  count_runs_and_copies(reading);

  Scratch& scratch = in.scratch;
  fill(scratch.environment, stage.environment.items);
  fill(scratch.arguments, stage.arguments.items);
  fill(scratch.labels, stage.labels.items);
  fill(scratch.ports, stage.ports.items);
  fill(scratch.volumes, stage.volumes.items);
  scratch.unset_uses.clear();

  for (const Instruction* instruction : stage.instructions) {
    find_unset_uses(reading, *instruction);
    read_instruction(reading, unfolded(*instruction), instruction->trigger != nullptr);
  }

  keep(in.arena, stage.environment.items, scratch.environment);
  keep(in.arena, stage.arguments.items, scratch.arguments);
  keep(in.arena, stage.labels.items, scratch.labels);
  keep(in.arena, stage.ports.items, scratch.ports);
  keep(in.arena, stage.volumes.items, scratch.volumes);
  stage.unset_uses = in.arena.copy(scratch.unset_uses);
  stage.runs = reading.runs;
  stage.copies = reading.copies;
  in.scope_ends[stage.index] = reading.scope.last();
}

}  // namespace plimsoll::facts
