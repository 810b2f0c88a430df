// Each keyword has its own way of reading what follows it.
// Source: BuildKit frontend/dockerfile/parser (parser.go: dispatch, newNodeFromLine;
// split_command.go; line_parsers.go).
#include "parse/dockerfile/instruction.h"

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/exec_form.h"
#include "parse/dockerfile/flags.h"
#include "parse/dockerfile/keyword.h"
#include "parse/dockerfile/mounts.h"
#include "parse/dockerfile/pairs.h"
#include "parse/dockerfile/words.h"

namespace plimsoll::parse::dockerfile {
namespace {

// A shell command: the exec form, or all of `rest` as one word.
void read_command(Reading& reading, Instruction& instruction, std::string_view rest) {
  if (rest.empty()) return;
  const ExecForm form = read_exec_form(reading, instruction.joined, rest);
  instruction.exec_form = form == ExecForm::yes;
  if (form == ExecForm::no) reading.words.push_back({rest, instruction.joined.where(rest)});
}

// Paths: the exec form, or words.
void read_list(Reading& reading, Instruction& instruction) {
  const ExecForm form = read_exec_form(reading, instruction.joined, instruction.rest);
  instruction.exec_form = form == ExecForm::yes;
  if (form == ExecForm::no) split_words(reading, instruction.joined, instruction.rest);
}

// NONE or CMD, then a command. BuildKit looks for the end of the type by bytes (parseHealthConfig).
void read_healthcheck(Reading& reading, Instruction& instruction) {
  const std::string_view rest = instruction.rest;
  const auto blank = [&](std::size_t at) {
    return is_space_byte(static_cast<unsigned char>(rest[at]));
  };
  std::size_t end = 0;
  while (end < rest.size() && !blank(end)) ++end;
  if (end == 0) return;
  const std::string_view type = rest.substr(0, end);
  reading.words.push_back({type, instruction.joined.where(type)});
  while (end < rest.size() && blank(end)) ++end;
  read_command(reading, instruction, rest.substr(end));
}

void read_onbuild(Reading& reading, Instruction& instruction) {
  if (instruction.rest.empty()) return;
  // What stands inside of a second ONBUILD does not matter: Docker refuses it. So recursion is one
  // deep.
  const Instruction trigger = read_instruction(reading, instruction.joined, instruction.rest);
  instruction.trigger = reading.arena.make(trigger);
}

void read_rest(Reading& reading, Instruction& instruction) {
  reading.words.clear();
  switch (instruction.keyword) {
    case Keyword::env:
    case Keyword::label:
      return read_pairs(reading, instruction);
    case Keyword::arg:
      return read_arguments(reading, instruction);
    case Keyword::onbuild:
      return read_onbuild(reading, instruction);
    case Keyword::add:
    case Keyword::copy:
    case Keyword::volume:
      read_list(reading, instruction);
      break;
    case Keyword::expose:
    case Keyword::from:
      split_words(reading, instruction.joined, instruction.rest);
      break;
    case Keyword::healthcheck:
      read_healthcheck(reading, instruction);
      break;
    case Keyword::maintainer:
    case Keyword::stopsignal:
    case Keyword::user:
    case Keyword::workdir:
      if (!instruction.rest.empty())
        reading.words.push_back({instruction.rest, instruction.joined.where(instruction.rest)});
      break;
    case Keyword::run:
    case Keyword::cmd:
    case Keyword::entrypoint:
    case Keyword::shell:
      read_command(reading, instruction, instruction.rest);
      break;
    case Keyword::unknown:
      break;
  }
  instruction.words = reading.arena.copy(reading.words);
}

}  // namespace

Instruction read_instruction(Reading& reading, const text::Joined& joined, std::string_view text) {
  const bool nested = text.data() != joined.text.data() || text.size() != joined.text.size();
  text = trim(text);
  std::size_t at = 0;
  while (at < text.size() && !is_blank(text[at])) ++at;

  Instruction instruction;
  instruction.joined = joined;
  instruction.keyword_text = text.substr(0, at);
  instruction.keyword_span = joined.where(instruction.keyword_text);
  instruction.keyword = find_keyword(instruction.keyword_text);
  instruction.span = joined.where(text);
  while (at < text.size() && is_blank(text[at])) ++at;

  const std::size_t problems = reading.problems.size();
  instruction.rest = take_flags(reading, joined, text.substr(at));
  instruction.flags = reading.arena.copy(reading.flags);
  if (!nested || instruction.keyword != Keyword::onbuild) read_rest(reading, instruction);
  if (instruction.keyword == Keyword::run && !instruction.flags.empty())
    read_mounts(reading, instruction);
  instruction.broken = reading.problems.size() > problems;
  return instruction;
}

bool may_hold_heredocs(const Instruction& instruction) {
  const bool holds = instruction.keyword == Keyword::onbuild && instruction.trigger != nullptr;
  const Instruction& inner = holds ? *instruction.trigger : instruction;
  const Keyword k = inner.keyword;
  return (k == Keyword::add || k == Keyword::copy || k == Keyword::run) && !inner.exec_form;
}

}  // namespace plimsoll::parse::dockerfile
