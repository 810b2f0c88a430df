// missing-label: the image lacks a label that the project asks for.
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::missing_label {

static constexpr Alias kAliases[] = {{"hadolint", "DL3049"}};

// The image that is shipped counts; build stages need none. Base images, as ours, have other
// labels.
static void check(const facts::Build& build, Findings& out) {
  if (build.target == nullptr) return;
  const std::span<const Label> labels = build.target->labels.items;
  for (const auto& [name, kind] : build.settings->labels) {
    const bool there = std::ranges::any_of(labels, [&](const Label& label) {
      return label.value.name == name || label.value.name.find('$') != std::string_view::npos;
    });
    if (!there)
      out.push_back({.where = build.place(build.target->from->span),
                     .message = concat({"the image has no label ", name})});
  }
}

static constexpr Example kExamples[] = {
    {.text = "# The project asks for the label owner.\nFROM alpine:3.22\nCMD [\"sh\"]\n",
     .flagged = true,
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
    {.text =
         "# The project asks for the label owner.\nFROM alpine:3.22\nLABEL owner=\"web team\"\n",
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
    {.text = "# The project asks for the label owner.\nFROM alpine:3.22 AS base\nLABEL owner=\"web "
             "team\"\nFROM base\nUSER 10001\n",
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
    {.text = "FROM alpine:3.22\nCMD [\"sh\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-label",
    .severity = Severity::low,
    .category = Category::style,
    .summary = "Label that the project asks for is missing",
    .why = "The project's settings name this label, so something reads it: an inventory, a bill, a "
           "policy at admission.",
    .remedy = "Add the label to the stage that is shipped.",
    .source = "the project's settings, `labels`",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::missing_label
