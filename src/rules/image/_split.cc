// Two stages in the place of one. What the container has is another thing afterwards, so this is
// never safe, and nothing is proposed where a step is one that the recipe doesn't have.
#include "rules/image/_split.h"

#include <algorithm>
#include <utility>

#include "base/concat.h"
#include "data/base_image.h"
#include "rules/edits.h"
#include "rules/image/_base.h"
#include "rules/image/_split_steps.h"

namespace plimsoll::rules::image {

using facts::Command;
using facts::Stage;
using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

std::span<const Instruction* const> steps_of(const Stage& stage) {
  return stage.instructions.first(end_of_steps(stage));
}

std::optional<Ending> ending_of(const Stage& stage) {
  Ending ending;
  for (const Instruction* i : stage.instructions.subspan(end_of_steps(stage))) {
    if (i->keyword == Keyword::expose || i->keyword == Keyword::label) continue;
    const Instruction*& place = i->keyword == Keyword::cmd ? ending.command : ending.entrypoint;
    const bool runs = i->keyword == Keyword::cmd || i->keyword == Keyword::entrypoint;
    if (!runs || place != nullptr || !i->exec_form || i->words.empty() || i->broken) return {};
    place = i;
  }
  if (ending.command == nullptr && ending.entrypoint == nullptr) return {};
  return ending;
}

const facts::Run* run_of_step(const Stage& stage, const Instruction* step) {
  const auto found = std::ranges::find(stage.runs, step, &facts::Run::instruction);
  return found == stage.runs.end() || !is_plain_list(*found) ? nullptr : &*found;
}

bool calls_only(const facts::Run& run, std::span<const std::string_view> programs) {
  return std::ranges::all_of(run.commands, [&](const Command& c) {
    return c.wrapper.empty() && c.words.front().value == c.name &&
           std::ranges::find(programs, c.name) != programs.end();
  });
}

const facts::Copy* copy_of_step(const Stage& stage, const Instruction* step) {
  const auto found = std::ranges::find(stage.copies, step, &facts::Copy::instruction);
  const bool plain = found != stage.copies.end() && !found->from.known() && found->from.absent() &&
                     !found->trigger && !found->sources.empty() && step->heredocs.empty();
  return plain ? &*found : nullptr;
}

bool starts_from(const Stage& stage, std::string_view image) {
  using enum data::Family;
  constexpr std::size_t kSteps = 64;  // for each of which all RUNs are looked at
  const facts::Base& root = *stage.root;
  return stage.instructions.size() <= kSteps && stage.base.stage == nullptr && names_image(root) &&
         repository(root) == image && root.facts != nullptr &&
         (root.facts->family == debian || root.facts->family == alpine);
}

// One edit from FROM to the last step: what was said of the stage is then said of the two.
static std::optional<Fix> written(const Stage& stage, const SplitRecipe& recipe) {
  const facts::Build& build = *stage.build;
  const Instruction& from = *stage.from;
  const std::string_view line = build.source->at(from.span);
  if (line.find('\n') != std::string_view::npos) return {};
  const std::size_t end_of_line = line.find_last_not_of(" \t") + 1;
  const std::size_t at = end_of_steps(stage);
  const std::uint32_t end = begin_with_comments(*stage.instructions[at]);
  const std::string_view steps = build.source->at({from.span.end, end});
  Fix fix{.safety = Safety::changes_behaviour,
          .title = "build in a stage of its own",
          .edits = {{build.place({from.span.begin, end}),
                     concat({line.substr(0, end_of_line), " AS build", steps, "FROM ", recipe.image,
                             "\n", recipe.lines})}}};
  if (!recipe.drops_command) return fix;
  const auto command = std::ranges::find(stage.instructions, Keyword::cmd,
                                         [](const Instruction* i) { return i->keyword; });
  std::optional<text::Edit> dropped = without_instruction(build, **command);
  if (!dropped) return {};
  fix.edits.push_back(std::move(*dropped));
  return fix;
}

std::optional<Fix> split(const facts::Build& build) {
  // Where lines end with "\r\n" a here-document's lines would, too.
  if (build.stages.size() != 1 || build.target != build.stages.data() ||
      newline_of(*build.source) != "\n" || !build.tree->problems.empty())
    return {};
  const Stage& stage = build.stages.front();
  if (!stage.name.empty() || !stage.from->flags.empty() || stage.from->broken) return {};
  std::optional<SplitRecipe> recipe = go_recipe(stage);
  if (!recipe) recipe = static_site_recipe(stage);
  if (!recipe) return {};
  return written(stage, *recipe);
}

}  // namespace plimsoll::rules::image
