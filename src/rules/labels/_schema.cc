// Compares labels with the kinds that the project's settings or the OCI image specification give
// them.
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels {

// Source: OCI image-spec 1.1, annotations.md, "Pre-Defined Annotation Keys". Its version and
// revision have no fixed form.
static std::optional<facts::LabelKind> kind_by_specification(std::string_view name) {
  constexpr std::string_view kPrefix = "org.opencontainers.image.";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  if (name == "url" || name == "documentation" || name == "source") return facts::LabelKind::url;
  if (name == "created") return facts::LabelKind::rfc3339;
  if (name == "licenses") return facts::LabelKind::spdx;
  return std::nullopt;
}

void check_values(const facts::Build& build, const ValueCheck& check, Findings& out) {
  for_each_label(build, [&](const facts::Stage&, const Label& label) {
    const std::optional<facts::LabelKind> demanded = demanded_kind(build, label.value.name);
    const std::optional<facts::LabelKind> kind =
        demanded ? demanded : kind_by_specification(label.value.name);
    // An empty one is empty-label's.
    if (kind != check.kind || !has_own_value(build, label) || label.value.text.empty()) return;
    if (check.valid(label.value.text)) return;
    // hadolint knows the settings alone.
    out.push_back({.where = label.where,
                   .message = concat(
                       {label.value.name, " is \"", label.value.text, "\", which ", check.is_not}),
                   .aliases = demanded ? ~0U : without(check.aliases, "hadolint")});
  });
}

}  // namespace plimsoll::rules::labels
