// empty-label: a label that the project asks for is there without a value.
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::empty_label {

static constexpr Alias kAliases[] = {{"hadolint", "DL3051"}};

static void check(const facts::Build& build, Findings& out) {
  for_each_label(build, [&](const facts::Stage&, const Label& label) {
    if (!demanded_kind(build, label.value.name) || !has_own_value(build, label)) return;
    if (label.value.text.find_first_not_of(" \t") != std::string_view::npos) return;
    out.push_back({.where = label.where,
                   .message = concat({"the label ", label.value.name, " has no value"})});
  });
}

static constexpr Example kExamples[] = {
    {.text = "# The project asks for the label owner.\nFROM alpine:3.22\nLABEL owner=\"\"\n",
     .flagged = true,
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
    {.text =
         "# The project asks for the label owner.\nFROM alpine:3.22\nLABEL owner=\"web team\"\n",
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
    {.text = "# The project asks for the label owner.\nFROM alpine:3.22\nARG OWNER\nLABEL "
             "owner=$OWNER\n",
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
    {.text = "FROM alpine:3.22\nLABEL owner=\"\"\n"},
};

extern constinit const Rule rule = described({
    .name = "empty-label",
    .severity = Severity::low,
    .category = Category::style,
    .summary = "Label that the project asks for is empty",
    .why = "The project's settings name this label, so something reads it. An empty value tells it "
           "nothing.",
    .remedy = "Give it a value.",
    .source = "the project's settings, `labels`",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::empty_label
