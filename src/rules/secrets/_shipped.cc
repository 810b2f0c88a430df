// Resolves what a value holds by itself as Compose would with an empty environment.
#include "rules/secrets/_shipped.h"

#include <algorithm>

#include "base/ascii.h"
#include "parse/compose/template.h"

namespace plimsoll::rules::secrets {

std::string shipped(std::string_view written) {
  const parse::compose::Interpolated result = parse::compose::interpolate(
      written, [](std::string_view) -> const std::string* { return nullptr; });
  // One that has to be set ships nothing.
  return result ? result.text : std::string{};
}

std::string shipped(const facts::Fact<facts::Variable>& variable) {
  if (!variable.value.written.empty()) return shipped(variable.value.written);
  return variable.known() ? std::string(variable.value.text) : std::string{};
}

// The end of the reference at the start of `text`, behind its brace; 0: it is none.
static std::size_t reference_end(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] != '{') {
    std::size_t end = 1;
    while (end < text.size() &&
           (text[end] == '_' || is_lower(lower(text[end])) || (end > 1 && is_digit(text[end]))))
      ++end;
    return end > 1 ? end : 0;
  }
  std::size_t depth = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1;
  }
  return 0;
}

std::string outside_variables(std::string_view written) {
  std::string rest;
  while (!written.empty()) {
    const std::size_t dollar = std::min(written.find('$'), written.size());
    rest += written.substr(0, dollar);
    written.remove_prefix(dollar);
    if (written.empty()) break;
    const std::size_t end = std::max<std::size_t>(reference_end(written), 1);
    if (end == 1) rest += '$';
    written.remove_prefix(written.starts_with("$$") ? 2 : end);
  }
  return rest;
}

void hide(text::Place place, Finding& finding) {
  if (place.source == finding.where.source) {
    finding.secrets.push_back(place.span);
  } else {
    finding.hidden.push_back(place);
  }
}

void hide(const facts::Fact<facts::Variable>& variable, Finding& finding) {
  const text::Place& value = variable.value.value;
  hide(value.span.size() != 0 ? value : variable.where, finding);
  for (const facts::Step& step : variable.via)
    if (step.kind == facts::Step::Kind::variable && step.where != variable.where)
      hide(step.where, finding);
}

bool compose_lint_speaks(std::string_view name) {
  std::string upper_name(name);
  for (char& c : upper_name) c = c == '-' || c == '.' ? '_' : upper(c);
  if (upper_name.ends_with("_FILE")) return false;
  constexpr std::string_view kParts[] = {"PASSWORD",   "PASSPHRASE",    "TOKEN",      "SECRET",
                                         "API_KEY",    "APIKEY",        "CREDENTIAL", "PRIVATE_KEY",
                                         "ACCESS_KEY", "ENCRYPTION_KEY"};
  constexpr std::string_view kEnds[] = {"_PASS", "_PWD", "PASSWD", "_SALT", "_DSN"};
  return std::ranges::any_of(
             kParts,
             [&](std::string_view part) { return upper_name.find(part) != std::string::npos; }) ||
         std::ranges::any_of(kEnds,
                             [&](std::string_view end) { return upper_name.ends_with(end); });
}

}  // namespace plimsoll::rules::secrets
