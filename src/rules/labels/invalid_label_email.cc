// invalid-label-email: a label that should hold an e-mail address holds something else.
#include "base/ascii.h"
#include "rules/labels/_schema.h"

namespace plimsoll::rules::labels::invalid_label_email {

static constexpr Alias kAliases[] = {{"hadolint", "DL3058"}};

// Parts joined by single dots.
static bool is_dotted(std::string_view text, std::string_view more) {
  const auto allowed = [&](char c) {
    return is_alnum(c) || c == '.' || more.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos && std::ranges::all_of(text, allowed);
}

// The everyday form; quoted local parts and addresses by number are not what the label is for.
static bool is_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  const std::string_view domain = text.substr(at + 1);
  return is_dotted(text.substr(0, at), "!#$%&'*+/=?^_`{|}~-") && is_dotted(domain, "-") &&
         domain.find('.') != std::string_view::npos && domain.front() != '-' &&
         domain.back() != '-';
}

static void check(const facts::Build& build, Findings& out) {
  check_values(build,
               {.kind = facts::LabelKind::email,
                .aliases = kAliases,
                .is_not = "is no e-mail address",
                .valid = is_address},
               out);
}

static constexpr Example kExamples[] = {
    {.text = "# The project asks for an e-mail address in contact.\nFROM alpine:3.22\nLABEL "
             "contact=\"the platform team\"\n",
     .flagged = true,
     .settings = {.label = "contact", .label_kind = facts::LabelKind::email}},
    {.text = "# The project asks for an e-mail address in contact.\nFROM alpine:3.22\nLABEL "
             "contact=\"team@example.com\"\n",
     .settings = {.label = "contact", .label_kind = facts::LabelKind::email}},
    {.text = "FROM alpine:3.22\nLABEL contact=\"the platform team\"\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-label-email",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "Label is no e-mail address",
    .why = "The project asks for an address to write to when the image has a fault.",
    .remedy = "State one address and nothing else: `team@example.com`.",
    .source = "RFC 5321, 4.1.2",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::labels::invalid_label_email
