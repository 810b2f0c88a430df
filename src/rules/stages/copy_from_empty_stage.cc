// copy-from-empty-stage: COPY --from names a stage that is FROM scratch and puts nothing into it.
#include <algorithm>

#include "base/concat.h"
#include "rules/rule.h"
#include "rules/stages/_graph.h"

namespace plimsoll::rules::stages::copy_from_empty_stage {

static constexpr Alias kAliases[] = {{"tally", "tally/copy-from-empty-scratch-stage"}};

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static bool makes_files(const Instruction* instruction) {
  const Keyword keyword = instruction->keyword;
  return keyword == Keyword::add || keyword == Keyword::copy || keyword == Keyword::run ||
         keyword == Keyword::workdir || keyword == Keyword::unknown;
}

static bool is_empty(const facts::Stage& stage) {
  if (!stage.root->scratch) return false;
  for (const facts::Stage* at = &stage; at != nullptr; at = at->base.stage) {
    if (std::ranges::any_of(at->instructions, makes_files)) return false;
    if (at->base.stage == nullptr) continue;
    for (const Instruction* instruction : at->base.stage->instructions)
      if (instruction->keyword == Keyword::onbuild) return false;
  }
  return true;
}

// Copies that find something in an empty image: its root, or whatever fits.
static bool may_find_nothing(const facts::Copy::Source& source) {
  if (!source.path.known() || source.heredoc) return true;
  return source.path.value.find_first_not_of("./") == std::string_view::npos ||
         source.path.value.find_first_of("*?[") != std::string_view::npos;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      if (copy.from_stage == nullptr || copy.trigger || !is_empty(*copy.from_stage)) continue;
      if (std::ranges::all_of(copy.sources, may_find_nothing)) continue;
      out.push_back({.where = build.place(copy.instruction->flag("from")->value_span),
                     .message = concat(
                         {shown_name(*copy.from_stage), " starts from scratch and gets no files"}),
                     .related = {{build.place(copy.from_stage->from->span), "the empty stage"}}});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM scratch AS files\nFROM alpine:3.22\nCOPY --from=files /app /app\n",
     .flagged = true},
    {.text = "FROM scratch AS files\nCOPY app /app\nFROM alpine:3.22\nCOPY --from=files /app "
             "/app\n"},
    {.text = "FROM scratch AS files\nFROM alpine:3.22\nCOPY --from=files / /\n"},
};

extern constinit const Rule rule = described({
    .name = "copy-from-empty-stage",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "COPY --from names a stage without files",
    .why = "There is nothing to copy, and the build fails; unless `--build-context` puts another "
           "image in the stage's place.",
    .remedy = "Copy the files into that stage, or name the stage that has them.",
    .source = "Dockerfile reference, \"COPY --from\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::copy_from_empty_stage
