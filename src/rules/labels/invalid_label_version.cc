// invalid-label-version: a label that should hold a semantic version holds something else.
#include "base/ascii.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_version {

static constexpr Alias kAliases[] = {{"hadolint", "DL3056"}};

static bool is_number(std::string_view text) {
  return is_digits(text) && (text.size() == 1 || text[0] != '0');
}

// Identifiers joined by dots; those of a pre-release that are numbers have no zero in front.
static bool is_dotted(std::string_view text, bool numbers_without_zero) {
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    const bool letters = std::ranges::all_of(part, [](char c) { return is_alnum(c) || c == '-'; });
    if (part.empty() || !letters) return false;
    if (numbers_without_zero && is_digits(part) && !is_number(part)) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

static bool is_version(std::string_view text) {
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!is_dotted(text.substr(plus + 1), false)) return false;
    text = text.substr(0, plus);
  }
  if (const std::size_t hyphen = text.find('-'); hyphen != std::string_view::npos) {
    if (!is_dotted(text.substr(hyphen + 1), true)) return false;
    text = text.substr(0, hyphen);
  }
  const std::size_t first = text.find('.'), last = text.rfind('.');
  return first != last && is_number(text.substr(0, first)) &&
         is_number(text.substr(first + 1, last - first - 1)) && is_number(text.substr(last + 1));
}

static void check(const facts::Build& build, Findings& out) {
  check_values(build,
               {.kind = facts::LabelKind::semver,
                .aliases = kAliases,
                .is_not = "is no semantic version",
                .valid = is_version},
               out);
}

static constexpr Example kExamples[] = {
    {.text = "# The project asks for a semantic version in version.\nFROM alpine:3.22\nLABEL "
             "version=\"v1.2\"\n",
     .flagged = true,
     .settings = {.label = "version", .label_kind = facts::LabelKind::semver}},
    {.text = "# The project asks for a semantic version in version.\nFROM alpine:3.22\nLABEL "
             "version=\"1.2.3-rc.1+build.5\"\n",
     .settings = {.label = "version", .label_kind = facts::LabelKind::semver}},
    {.text = "FROM alpine:3.22\nLABEL version=\"v1.2\"\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-version",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "Label is no semantic version",
    .why = "The project asks for a version that tools can order. `v1.2`, `1.2` or `latest` has no "
           "place in that order.",
    .remedy = "State three numbers, and what comes before a release behind a hyphen: `1.2.3`, "
              "`1.2.3-rc.1`.",
    .source = "Semantic Versioning 2.0.0",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_version
