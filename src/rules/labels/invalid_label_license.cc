// invalid-label-license: a label that should name licenses does so in words of its own.
#include "data/names.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_license {

static constexpr Alias kAliases[] = {{"hadolint", "DL3054"}};

static void check(const facts::Build& build, Findings& out) {
  check_values(build,
               {.kind = facts::LabelKind::spdx,
                .aliases = kAliases,
                .is_not = "is no SPDX license expression",
                .valid = data::is_license_expression},
               out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.licenses=\"Apache 2.0\"\n",
     .flagged = true},
    {.text =
         "# The project asks for a license in license.\nFROM alpine:3.22\nLABEL license=\"GPL\"\n",
     .flagged = true,
     .settings = {.label = "license", .label_kind = facts::LabelKind::spdx}},
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.licenses=\"MIT OR Apache-2.0\"\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-license",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "Label is no SPDX license expression",
    .why = "License scanners compare identifiers. `Apache 2.0` or `GPL` is one of many texts that "
           "a person understands and\n"
           "a program takes for an unknown license.",
    .remedy = "Use identifiers of the SPDX list: `Apache-2.0`, `MIT OR GPL-2.0-only`, "
              "`LicenseRef-Acme` for a license of your own.",
    .source = "OCI image-spec 1.1, annotations.md; SPDX 2.3, annex D",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_license
