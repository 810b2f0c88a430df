// The first fault of an instruction is reported, as Docker reports it; wrong flags each for itself.
// Source: BuildKit frontend/dockerfile/instructions/parse.go.
#include "parse/dockerfile/validate.h"

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/heredocs.h"
#include "parse/dockerfile/keyword.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::parse::dockerfile {
namespace {

// "as" in any case; Go's EqualFold knows a second small s.
bool is_as(std::string_view word) {
  return lowers_to(word, "as") || word == "a\u017F" || word == "A\u017F";
}

bool is_stage_name(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const Rune rune = decode_rune(name, at);
    const bool letter =
        (rune.value < 0x80 && is_letter(rune.value)) || rune.value == 0x212A || rune.value == 0x130;
    const bool other =
        is_digit(rune.value) || rune.value == '-' || rune.value == '_' || rune.value == '.';
    if (!letter && (at == 0 || !other)) return false;
    at += rune.size;
  }
  return !name.empty();
}

void check_from(Reading& reading, const Instruction& instruction) {
  const std::span<const Word> words = instruction.words;
  if (words.size() != 1 && (words.size() != 3 || !is_as(words[1].text)))
    return reading.problem(instruction.span,
                           {"FROM takes an image, or an image and AS and a name"});
  if (words.size() == 3 && !is_stage_name(words[2].text))
    reading.problem(
        words[2].span,
        {"\"", words[2].text,
         "\" cannot be the name of a stage: it must begin with a letter, and go on with "
         "letters, digits, '-', '_' or '.'"});
}

void check_copy(Reading& reading, const Instruction& instruction) {
  const std::span<const Word> words = instruction.words;
  const std::string_view keyword = name(instruction.keyword);
  if (words.size() < 2)
    return reading.problem(instruction.span,
                           {keyword, " needs at least one source and a destination"});
  const HeredocWord destination = read_heredoc_word(words.back().text, reading.arena);
  if (destination.is)
    reading.problem(words.back().span,
                    {keyword, " cannot take a here-document as its destination"});
}

void check_pairs(Reading& reading, const Instruction& instruction) {
  const std::string_view keyword = name(instruction.keyword);
  if (instruction.pairs.empty())
    return reading.problem(instruction.span, {keyword, " needs at least one argument"});
  for (const Pair& pair : instruction.pairs)
    if (pair.key.empty())
      return reading.problem(pair.span, {keyword, " needs a name in front of the ="});
}

void check_onbuild(Reading& reading, const Instruction& instruction) {
  const Instruction* trigger = instruction.trigger;
  if (trigger == nullptr)
    return reading.problem(instruction.span, {"ONBUILD needs an instruction"});
  // BuildKit trims the name here with all of Unicode's blanks, and so finds `FROM` with a no-break
  // space behind it.
  const Keyword k = find_keyword(trim(trigger->keyword_text));
  if (k == Keyword::onbuild || k == Keyword::maintainer || k == Keyword::from)
    reading.problem(trigger->keyword_span, {"ONBUILD cannot hold ", name(k)});
}

void check_shell(Reading& reading, const Instruction& instruction) {
  if (instruction.words.empty())
    reading.problem(instruction.span, {"SHELL needs at least one argument"});
  else if (!instruction.exec_form)
    reading.problem(instruction.words.front().span,
                    {"SHELL needs a JSON array, as in SHELL [\"/bin/bash\", \"-c\"]"});
}

void check_volume(Reading& reading, const Instruction& instruction) {
  for (const Word& word : instruction.words)
    if (trim(word.text).empty())
      return reading.problem(word.span, {"a VOLUME cannot be an empty text"});
}

void check_unknown(Reading& reading, const Instruction& instruction) {
  const std::string_view meant = nearest_keyword(instruction.keyword_text);
  if (meant.empty())
    reading.problem(instruction.keyword_span, {"unknown instruction ", instruction.keyword_text});
  else
    reading.problem(instruction.keyword_span, {"unknown instruction ", instruction.keyword_text,
                                               " (did you mean ", meant, "?)"});
}

}  // namespace

void check_instruction(Reading& reading, const Instruction& instruction) {
  const Keyword k = instruction.keyword;
  if (k == Keyword::unknown) return check_unknown(reading, instruction);
  // BuildKit does not look at the flags of these.
  if (k == Keyword::healthcheck) return check_healthcheck(reading, instruction);
  if (k != Keyword::arg && k != Keyword::stopsignal) check_flags(reading, instruction);
  // What was refused while it was read would be said twice.
  if (instruction.broken) return;
  switch (k) {
    case Keyword::from:
      return check_from(reading, instruction);
    case Keyword::add:
    case Keyword::copy:
      return check_copy(reading, instruction);
    case Keyword::env:
    case Keyword::label:
    case Keyword::arg:
      return check_pairs(reading, instruction);
    case Keyword::onbuild:
      return check_onbuild(reading, instruction);
    case Keyword::shell:
      return check_shell(reading, instruction);
    case Keyword::maintainer:
    case Keyword::stopsignal:
    case Keyword::user:
    case Keyword::workdir:
    case Keyword::expose:
    case Keyword::volume:
      if (instruction.words.empty())
        return reading.problem(instruction.span, {name(k), " needs an argument"});
      return k == Keyword::volume ? check_volume(reading, instruction) : void();
    default:
      return;  // RUN, CMD and ENTRYPOINT may be empty
  }
}

}  // namespace plimsoll::parse::dockerfile
