// invalid-label-time: a label that should hold a time by RFC 3339 holds something else.
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_time {

static constexpr Alias kAliases[] = {{"hadolint", "DL3053"}};

// Two or four digits; -1: they are none, or out of range.
static int number(std::string_view& text, std::size_t digits, int low, int high) {
  int value = 0;
  if (text.size() < digits) return -1;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value >= low && value <= high ? value : -1;
}

static bool take(std::string_view& text, std::string_view one_of) {
  if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

static bool is_offset(std::string_view text) {
  if (take(text, "Zz")) return text.empty();
  return take(text, "+-") && number(text, 2, 0, 23) >= 0 && take(text, ":") &&
         number(text, 2, 0, 59) >= 0 && text.empty();
}

static bool is_time(std::string_view text) {
  const int year = number(text, 4, 0, 9999);
  if (year < 0 || !take(text, "-")) return false;
  const int month = number(text, 2, 1, 12);
  if (month < 0 || !take(text, "-")) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const bool short_month = month == 4 || month == 6 || month == 9 || month == 11;
  const int days = month == 2 ? (leap ? 29 : 28) : short_month ? 30 : 31;
  if (number(text, 2, 1, days) < 0 || !take(text, "Tt ")) return false;
  if (number(text, 2, 0, 23) < 0 || !take(text, ":")) return false;
  if (number(text, 2, 0, 59) < 0 || !take(text, ":")) return false;
  if (number(text, 2, 0, 60) < 0) return false;
  if (take(text, ".")) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0) return false;
    text.remove_prefix(digits);
  }
  return is_offset(text);
}

static void check(const facts::Build& build, Findings& out) {
  check_values(build,
               {.kind = facts::LabelKind::rfc3339,
                .aliases = kAliases,
                .is_not = "is no time as RFC 3339 writes it",
                .valid = is_time},
               out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.created=\"2026-11-24\"\n",
     .flagged = true},
    {.text = "# The project asks for a time in build-date.\nFROM alpine:3.22\nLABEL "
             "build-date=\"Tue Nov 24 2026\"\n",
     .flagged = true,
     .settings = {.label = "build-date", .label_kind = facts::LabelKind::rfc3339}},
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.created=\"2026-11-24T12:00:00Z\"\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-time",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "Label is no time as RFC 3339 writes it",
    .why = "Tools sort and clean up images by the time in this label. A date of another form is "
           "read wrongly or not at all.",
    .remedy = "Write `2026-11-24T12:00:00Z`; `date -u +%FT%TZ` prints it.",
    .source = "OCI image-spec 1.1, annotations.md; RFC 3339, 5.6",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_time
