// unlisted-label: a label that the project's settings do not name, where they allow no others.
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::unlisted_label {

static constexpr Alias kAliases[] = {{"hadolint", "DL3050"}};

static void check(const facts::Build& build, Findings& out) {
  if (!build.settings->strict_labels) return;
  for_each_label(build, [&](const facts::Stage&, const Label& label) {
    if (label.value.name.find('$') == std::string_view::npos &&
        !demanded_kind(build, label.value.name))
      out.push_back(
          {.where = label.where,
           .message = concat({"the project's settings know no label ", label.value.name})});
  });
}

static constexpr Example kExamples[] = {
    {.text = "# The project has the label owner and no others.\nFROM alpine:3.22\nLABEL owner=web "
             "team=web\n",
     .flagged = true,
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text, .strict_labels = true}},
    {.text =
         "# The project has the label owner and no others.\nFROM alpine:3.22\nLABEL owner=web\n",
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text, .strict_labels = true}},
    {.text =
         "# The project asks for the label owner.\nFROM alpine:3.22\nLABEL owner=web team=web\n",
     .settings = {.label = "owner", .label_kind = facts::LabelKind::text}},
};

extern constinit const Rule rule = described({
    .name = "unlisted-label",
    .severity = Severity::info,
    .category = Category::style,
    .summary = "Label that the project's settings do not name",
    .why = "With strict labels, only those that the settings name may be used. Another one is most "
           "often a misspelt name,\n"
           "or left over.",
    .remedy = "Correct the name, remove the label, or add it to `labels` of the settings.",
    .source = "the project's settings, `strict_labels`",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::unlisted_label
