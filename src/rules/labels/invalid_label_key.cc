// invalid-label-key: a label's name breaks the rules that Docker gives for names.
#include "base/ascii.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_key {

static constexpr Alias kAliases[] = {{"hadolint", "DL3048"}, {"tally", "tally/labels/valid-key"}};

static bool is_small(char c) {
  return is_lower(c) || is_digit(c);
}

// What is wrong with the name; empty: nothing.
// Source: Docker, "Docker object labels", "Key format recommendations".
static std::string_view fault(std::string_view name) {
  for (std::string_view reserved : {"com.docker.", "io.docker.", "org.dockerproject."})
    if (name.starts_with(reserved)) return " lies in a namespace that Docker keeps for itself";
  const auto allowed = [](char c) {
    return is_small(c) || c == '.' || c == '-' || c == '_' || c == '/';
  };
  if (!std::ranges::all_of(name, allowed))
    return " has other characters than small letters, digits, '.', '-', '_' and '/'";
  if (name.front() < 'a' || name.front() > 'z') return " does not begin with a letter";
  if (!is_small(name.back())) return " does not end with a letter or digit";
  if (name.find("..") != std::string_view::npos || name.find("--") != std::string_view::npos)
    return " has two separators in a row";
  return {};
}

static void check(const facts::Build& build, Findings& out) {
  for_each_label(build, [&](const facts::Stage&, const Label& label) {
    const std::string_view name = label.value.name;
    if (name.empty() || name.find('$') != std::string_view::npos) return;
    // What gives an image its meaning for Docker Desktop must have these very names.
    if (name.starts_with("com.docker.desktop.") || name.starts_with("com.docker.extension."))
      return;
    if (const std::string_view why = fault(name); !why.empty())
      out.push_back({.where = label.where, .message = concat({"the label's name ", name, why})});
  });
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nLABEL Maintainer=\"team@example.com\"\n", .flagged = true},
    {.text = "FROM alpine:3.22\nLABEL com.docker.version=1\n", .flagged = true},
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.title=app com.example.tier=web\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-key",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Label's name breaks Docker's rules for names",
    .why = "Filters and policies compare names byte for byte, so `Maintainer` and `maintainer` are "
           "two labels. Names below\n"
           "`com.docker.`, `io.docker.` and `org.dockerproject.` may get a meaning at any time.",
    .remedy = "Use small letters, digits and single `.`, `-`, `_` between them, below a domain of "
              "yours: `com.example.tier`.",
    .source = "Docker, \"Docker object labels\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_key
