// The block ends at the first line that is no directive, be it blank, a comment or an unknown name.
// Source: BuildKit frontend/dockerfile/parser/directives.go.
#include "parse/dockerfile/directives.h"

#include <algorithm>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/json.h"

namespace plimsoll::parse::dockerfile {
namespace {

// Go's \s.
constexpr bool is_pattern_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
constexpr bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_known(std::string_view name) {
  return lowers_to(name, "syntax") || lowers_to(name, "escape") || lowers_to(name, "check");
}

text::Span span_of(std::string_view bytes, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(part.data() - bytes.data());
  return {begin, begin + static_cast<std::uint32_t>(part.size())};
}

std::string_view first_word(std::string_view value) {
  return value.substr(0, value.find(' '));
}

// A `{"syntax": "…"}` file: all of it must be one JSON object. Of two keys the last one counts.
bool json_syntax(Reading& reading, std::uint32_t begin, Directive& directive) {
  const std::string_view text = reading.bytes.substr(begin);
  Json json(text);
  json.skip_blanks();
  if (!json.take('{')) return false;
  json.skip_blanks();
  for (bool first = true; !json.take('}'); first = false) {
    if (!first && !json.take(',')) return false;
    json.skip_blanks();
    const std::size_t key_begin = json.at();
    if (json.value() != JsonKind::string) return false;
    const std::string_view key = text.substr(key_begin + 1, json.at() - key_begin - 2);
    json.skip_blanks();
    if (!json.take(':')) return false;
    json.skip_blanks();
    const std::size_t value_begin = json.at();
    const JsonKind kind = json.value();
    if (kind == JsonKind::invalid) return false;
    if (key == "syntax" && kind == JsonKind::string) {
      const std::string_view value = text.substr(value_begin + 1, json.at() - value_begin - 2);
      std::string decoded;
      append_json(decoded, value);
      directive = {key,
                   is_plain_json(value) ? value : reading.arena.copy(decoded),
                   {begin, begin + static_cast<std::uint32_t>(text.size())},
                   span_of(reading.bytes, value)};
    } else if (key == "syntax") {
      directive = {};
    }
    json.skip_blanks();
  }
  return json.finished() && !json.overflowed() && !directive.name.empty();
}

// The syntax directive among the first lines, each of which must be a directive behind `comment`.
bool line_syntax(Reading& reading, std::uint32_t begin, std::string_view comment,
                 Directive& directive) {
  Reading quiet{.bytes = reading.bytes,
                .arena = reading.arena};  // long lines are the main reader's business
  Lines lines(quiet, begin);
  Line line;
  while (lines.next(line)) {
    directive = match_directive(reading.bytes, line, comment);
    if (!is_known(directive.name)) return false;
    if (lowers_to(directive.name, "syntax")) return true;
  }
  return false;
}

}  // namespace

Directive match_directive(std::string_view bytes, const Line& line, std::string_view comment) {
  const std::string_view text = bytes.substr(line.begin, line.end - line.begin);
  if (!text.starts_with(comment)) return {};
  const std::string_view rest = trim_left(text.substr(comment.size()));
  std::size_t at = 0;
  while (at < rest.size() &&
         (is_ascii_letter(rest[at]) || (at > 0 && is_digit(static_cast<unsigned char>(rest[at])))))
    ++at;
  const std::string_view name = rest.substr(0, at);
  while (at < rest.size() && is_pattern_space(rest[at])) ++at;
  if (name.empty() || at == rest.size() || rest[at] != '=') return {};
  std::size_t begin = ++at;
  while (begin < rest.size() && is_pattern_space(rest[begin])) ++begin;
  // `# escape= ` with nothing but blanks has its last blank as value, as the regular expression
  // must match something.
  if (begin == rest.size() && begin-- == at) return {};
  std::size_t end = rest.size();
  while (end > begin + 1 && is_pattern_space(rest[end - 1])) --end;
  const std::string_view value = rest.substr(begin, end - begin);
  return {name, value, {line.begin, line.end}, span_of(bytes, value)};
}

bool Directives::read(const Line& line) {
  if (!open_) return false;
  const std::string_view text = reading_.bytes.substr(line.begin, line.end - line.begin);
  const Line trimmed{line.end - static_cast<std::uint32_t>(trim_left(text).size()), line.end,
                     line.next};
  const Directive directive = match_directive(reading_.bytes, trimmed, "#");
  open_ = is_known(directive.name);
  if (!open_) return false;
  check(directive);
  list_.push_back(directive);
  return true;
}

void Directives::check(const Directive& directive) {
  for (const Directive& earlier : list_) {
    // Of the three known names no two begin alike, so that the first letter tells.
    if ((earlier.name.front() | 0x20) == (directive.name.front() | 0x20))
      return reading_.problem(directive.span,
                              {"only one ", directive.name, " directive can be used"});
  }
  if (!lowers_to(directive.name, "escape")) return;
  if (directive.value == "\\" || directive.value == "`")
    reading_.escape = directive.value.front();
  else
    reading_.problem(directive.value_span,
                     {"the escape character must be \\ or `, not ", directive.value});
}

std::string_view find_syntax(Reading& reading, std::uint32_t begin, std::vector<Directive>& list) {
  if (reading.bytes.substr(begin).starts_with("#!")) {
    const std::size_t newline = reading.bytes.find('\n', begin);
    if (newline == std::string_view::npos) return {};
    begin = static_cast<std::uint32_t>(newline) + 1;
  }
  Directive directive;
  if (line_syntax(reading, begin, "#", directive) || line_syntax(reading, begin, "//", directive)) {
    const bool listed = std::ranges::any_of(
        list, [&](const Directive& d) { return d.value_span == directive.value_span; });
    if (!listed) list.push_back(directive);
    return first_word(directive.value);
  }
  directive = {};
  if (!json_syntax(reading, begin, directive)) return {};
  list.push_back(directive);
  return directive.value;
}

bool is_foreign(std::string_view syntax) {
  for (const std::string_view registry : {"docker.io/", "index.docker.io/"})
    if (syntax.starts_with(registry)) syntax.remove_prefix(registry.size());
  syntax = syntax.substr(0, syntax.find_first_of(":@"));
  return syntax != "docker/dockerfile" && syntax != "docker/dockerfile-upstream";
}

}  // namespace plimsoll::parse::dockerfile
