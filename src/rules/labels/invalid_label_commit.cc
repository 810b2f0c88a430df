// invalid-label-commit: a label that should hold a commit of Git holds something else.
#include "base/ascii.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_commit {

static constexpr Alias kAliases[] = {{"hadolint", "DL3055"}};

// Shortened to no less than Git's own seven digits, or whole: SHA-1 has 40, SHA-256 64.
static bool is_hash(std::string_view text) {
  const bool hex = std::ranges::all_of(text, [](char c) { return is_lower_hex(lower(c)); });
  return hex && text.size() >= 7 && (text.size() <= 40 || text.size() == 64);
}

static void check(const facts::Build& build, Findings& out) {
  check_values(build,
               {.kind = facts::LabelKind::git_hash,
                .aliases = kAliases,
                .is_not = "is no commit's hash",
                .valid = is_hash},
               out);
}

static constexpr Example kExamples[] = {
    {.text = "# The project asks for a commit in revision.\nFROM alpine:3.22\nLABEL "
             "revision=\"main\"\n",
     .flagged = true,
     .settings = {.label = "revision", .label_kind = facts::LabelKind::git_hash}},
    {.text = "# The project asks for a commit in revision.\nFROM alpine:3.22\nLABEL "
             "revision=\"0f81803\"\n",
     .settings = {.label = "revision", .label_kind = facts::LabelKind::git_hash}},
    {.text = "FROM alpine:3.22\nLABEL revision=\"main\"\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-commit",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "Label is no commit's hash",
    .why = "The project asks for the commit that the image was built from, so that a fault can be "
           "traced to its source.",
    .remedy =
        "Pass it in: `ARG REVISION`, `LABEL org.opencontainers.image.revision=$REVISION`, and\n"
        "`--build-arg REVISION=$(git rev-parse HEAD)`.",
    .source = "git-rev-parse(1), \"Specifying revisions\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_commit
