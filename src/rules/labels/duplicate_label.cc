// duplicate-label: a stage states a label twice, and only the last value is kept.
#include <vector>

#include "rules/edits.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::duplicate_label {

static constexpr Alias kAliases[] = {{"tally", "tally/labels/no-duplicate-keys"}};

// The first one has no effect.
static std::optional<Fix> without_label(const facts::Stage& stage, const Label& label) {
  const parse::dockerfile::Instruction* found = instruction_at(stage, label.where.span.begin);
  if (found == nullptr || found->broken) return {};
  const auto pair = std::ranges::find_if(found->pairs, [&](const parse::dockerfile::Pair& p) {
    return p.span.begin == label.where.span.begin;
  });
  if (pair == found->pairs.end()) return {};
  std::optional<text::Edit> edit = without_pair(*stage.build, *found, *pair);
  if (!edit) return {};
  return Fix{.title = "remove the value without effect", .edits = {std::move(*edit)}};
}

static void check_stage(const facts::Stage& stage, Findings& out) {
  std::vector<const Label*> labels;
  for (const Label& label : stage.labels.items)
    if (label.where.span.begin > stage.from->span.begin &&
        label.value.name.find('$') == std::string_view::npos)
      labels.push_back(&label);
  const auto name = [](const Label* label) { return label->value.name; };
  std::ranges::stable_sort(labels, {}, name);
  for (std::size_t i = 0; i + 1 < labels.size(); ++i) {
    const Label &label = *labels[i], &next = *labels[i + 1];
    if (label.value.name != next.value.name) continue;
    Finding finding{.where = label.where,
                    .message = concat({"the label ", label.value.name,
                                       " is set again below, so this value is lost"})};
    finding.fix = without_label(stage, label);
    finding.related = {{next.where, "here it is set again"}};
    out.push_back(std::move(finding));
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) check_stage(stage, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nLABEL version=1 tier=web\nLABEL version=2\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nLABEL tier=web\nLABEL version=2\n"},
    {.text = "FROM alpine:3.22\nLABEL version=1\nLABEL tier=web\n"},
    {.text = "FROM alpine:3.22 AS base\nLABEL version=1\nFROM base\nLABEL version=2\n"},
};

extern constinit const Rule rule = described({
    .name = "duplicate-label",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "Label is set twice in a stage",
    .why = "The last value wins, without a word. Whoever changes the first one sees no effect.",
    .remedy = "Keep one of them.",
    .source = "Dockerfile reference, LABEL",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::duplicate_label
