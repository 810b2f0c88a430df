// invalid-label-url: a label that should hold a URL holds something else.
#include "base/ascii.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_url {

static constexpr Alias kAliases[] = {{"hadolint", "DL3052"}};

// RFC 3986: a scheme, a colon, and no character that would have to be encoded.
static bool is_url(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  const auto letter = [](char c) { return is_lower(lower(c)); };
  const auto in_scheme = [&](char c) { return is_alnum(c) || c == '+' || c == '-' || c == '.'; };
  if (!letter(text[0]) || !std::ranges::all_of(text.substr(0, colon), in_scheme)) return false;
  const std::string_view rest = text.substr(colon + 1);
  constexpr std::string_view kForbidden = " \"<>\\^`{|}";
  const bool clean = std::ranges::all_of(rest, [&](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7f &&
           kForbidden.find(c) == std::string_view::npos;
  });
  const bool authority = !rest.starts_with("//") || rest.find_first_not_of('/', 2) == 2;
  // "localhost:8080" has no scheme, but a port.
  return clean && authority && !rest.empty() && (rest[0] < '0' || rest[0] > '9');
}

static void check(const facts::Build& build, Findings& out) {
  check_values(
      build,
      {.kind = facts::LabelKind::url, .aliases = kAliases, .is_not = "is no URL", .valid = is_url},
      out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.source=\"github.com/acme/app\"\n",
     .flagged = true},
    {.text = "# The project asks for a URL in support.\nFROM alpine:3.22\nLABEL "
             "support=\"ask@example.com\"\n",
     .flagged = true,
     .settings = {.label = "support", .label_kind = facts::LabelKind::url}},
    {.text = "FROM alpine:3.22\nLABEL org.opencontainers.image.url=\"https://example.com/app\"\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-url",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "Label is no URL",
    .why = "Registries and update tools follow the URLs of labels: to release notes, to the "
           "source. Without its scheme a\n"
           "browser takes it for a path.",
    .remedy = "State the whole URL, scheme included: `https://example.com/app`.",
    .source = "OCI image-spec 1.1, annotations.md",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_url
