// duplicate-label: a stage states a label twice, and only the last value is kept.
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels {

static constexpr Alias kAliases[] = {{"tally", "tally/labels/no-duplicate-keys"}};

static void check(const facts::Build& build, Findings& out) {
  for_each_label(build, [&](const facts::Stage& stage, const Label& label) {
    const auto later = std::ranges::find_if(stage.labels.items, [&](const Label& other) {
      return other.where.span.begin > label.where.span.begin &&
             other.value.name == label.value.name &&
             other.value.name.find('$') == std::string_view::npos;
    });
    if (later == stage.labels.items.end()) return;
    Finding finding{.where = label.where,
                    .message = concat({"the label ", label.value.name,
                                       " is set again below, so this value is lost"})};
    finding.related = {{later->where, "here it is set again"}};
    out.push_back(std::move(finding));
  });
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nLABEL version=1 tier=web\nLABEL version=2\n", .flagged = true},
    {.text = "FROM alpine:3.22\nLABEL version=1\nLABEL tier=web\n"},
    {.text = "FROM alpine:3.22 AS base\nLABEL version=1\nFROM base\nLABEL version=2\n"},
};

extern constinit const Rule duplicate_label = described({
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

}  // namespace plimsoll::rules::labels
