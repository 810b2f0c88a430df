// Whatever is not valid JSON to the last byte silently becomes the shell form: single quotes, a
// trailing comma or comment. Source: BuildKit frontend/dockerfile/parser/line_parsers.go
// (parseJSON, parseMaybeJSON).
#include "parse/dockerfile/exec_form.h"

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/json.h"

namespace plimsoll::parse::dockerfile {
namespace {

Word make_word(Reading& reading, const text::Joined& joined, std::string_view quoted) {
  const std::string_view inside = quoted.substr(1, quoted.size() - 2);
  Word word{inside, joined.where(inside)};
  if (inside.empty()) {
    // An empty text has no bytes of its own; its place is between the quotes.
    const std::uint32_t at = joined.where(quoted.substr(0, 1)).end;
    word.span = {at, at};
  }
  if (!is_plain_json(inside)) {
    reading.scratch.clear();
    append_json(reading.scratch, inside);
    word.text = reading.arena.copy(reading.scratch);
  }
  return word;
}

}  // namespace

ExecForm read_exec_form(Reading& reading, const text::Joined& joined, std::string_view rest) {
  rest = trim_left(
      rest);  // behind HEALTHCHECK CMD there may be more blanks than the bytes that part words
  if (!rest.starts_with('[')) return ExecForm::no;
  const std::size_t words_before = reading.words.size();
  const auto give_up = [&] {
    reading.words.resize(words_before);
    return ExecForm::no;
  };
  Json json(rest);
  json.take('[');
  json.skip_blanks();
  text::Span not_a_string{};
  bool first = true;
  while (!json.take(']')) {
    if (!first && !json.take(',')) return give_up();
    first = false;
    json.skip_blanks();
    const std::size_t begin = json.at();
    const JsonKind kind = json.value();
    if (kind == JsonKind::invalid) return give_up();
    const std::string_view text = rest.substr(begin, json.at() - begin);
    if (kind == JsonKind::string)
      reading.words.push_back(make_word(reading, joined, text));
    else if (not_a_string.size() == 0)
      not_a_string = joined.where(text);
    json.skip_blanks();
  }
  if (!json.finished() || json.overflowed()) return give_up();
  if (not_a_string.size() == 0) return ExecForm::yes;
  reading.words.resize(words_before);
  reading.problem(not_a_string, {"the exec form must be a JSON array of strings only"});
  return ExecForm::refused;
}

}  // namespace plimsoll::parse::dockerfile
