// Lowers a Dockerfile: its global arguments, then stage by stage, then which of them are needed.
#include "facts/lower.h"

#include <algorithm>

#include "facts/runs/runs.h"
#include "facts/stages/lowering.h"

namespace plimsoll::facts {

Scratch::Scratch() = default;
Scratch::~Scratch() = default;

namespace {

std::size_t count_stages(const parse::dockerfile::Tree& tree) {
  std::size_t count = 0;
  for (const Instruction& instruction : tree.instructions)
    count += instruction.keyword == Keyword::from ? 1U : 0U;
  return count;
}

// Gives each stage its FROM and its instructions.
void divide(Lowering& in) {
  const std::span<const Instruction> all = in.tree.instructions;
  const std::span<const Instruction*> pointers =
      make_array<const Instruction*>(in.arena, all.size());
  std::size_t count = 0, first = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    pointers[i] = &all[i];
    if (all[i].keyword == Keyword::from) {
      Stage& stage = in.stages[count];
      stage.build = &in.build;
      stage.index = static_cast<std::uint32_t>(count++);
      stage.from = &all[i];
      first = i + 1;
    }
    if (count > 0) in.stages[count - 1].instructions = pointers.subspan(first, i + 1 - first);
  }
}

}  // namespace

const Build* lower_build(const text::Source& source, std::uint32_t source_number,
                         const parse::dockerfile::Tree& tree, const BuildSettings& settings,
                         Arena& arena) {
  Build& build =
      *arena.make(Build{.source_number = source_number, .source = &source, .tree = &tree});
  build.today = settings.today;
  build.settings = settings.settings;
  build.unjudged = settings.unjudged;
  build.by_services = settings.by_services;
  Scratch scratch;
  Lowering in{
      .tree = tree, .settings = settings, .arena = arena, .build = build, .scratch = scratch};
  in.stages = make_array<Stage>(arena, count_stages(tree));
  in.scope_ends = make_array<const Binding*>(arena, in.stages.size());
  build.stages = in.stages;

  // What FROM lines may refer to.
  read_global_arguments(in);

  // A stage may build on any earlier one, so each is finished before the next.
  divide(in);
  std::ranges::for_each(in.stages, read_name);
  sort_names(in);
  for (Stage& stage : in.stages) {
    read_from(in, stage);
    read_stage(in, stage);
  }

  // The target, and the stages that it needs.
  mark_used(in);
  return &build;
}

}  // namespace plimsoll::facts
