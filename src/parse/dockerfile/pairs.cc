// ENV and LABEL have two forms, told apart by the first word; ARG has names and pairs in any mix.
// Source: BuildKit frontend/dockerfile/parser/line_parsers.go (parseNameVal, parseNameOrNameVal).
#include "parse/dockerfile/pairs.h"

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/parse.h"
#include "parse/dockerfile/words.h"

namespace plimsoll::parse::dockerfile {
namespace {

Pair read_pair(const text::Joined& joined, std::string_view word) {
  const std::size_t equals = word.find('=');
  Pair pair;
  pair.span = joined.where(word);
  pair.has_value = equals != std::string_view::npos;
  pair.key = word.substr(0, equals);
  pair.key_span = joined.where(pair.key);
  pair.value = pair.has_value ? word.substr(equals + 1) : word.substr(word.size());
  pair.value_span = joined.where(pair.value);
  return pair;
}

// `ENV KEY all the rest`, quotes included.
void read_legacy_pair(Reading& reading, Instruction& instruction) {
  const std::string_view rest = instruction.rest;
  std::size_t at = 0;
  while (at < rest.size() && !is_blank(rest[at])) ++at;
  const std::string_view key = rest.substr(0, at);
  while (at < rest.size() && is_blank(rest[at])) ++at;
  const text::Joined& joined = instruction.joined;
  if (at == rest.size()) {
    reading.problem(joined.where(rest), {name(instruction.keyword), " must have two arguments"});
    return;
  }
  const std::string_view value = rest.substr(at);
  instruction.legacy_pair = true;
  reading.pairs.push_back(
      {key, value, true, joined.where(rest), joined.where(key), joined.where(value)});
}

}  // namespace

void read_pairs(Reading& reading, Instruction& instruction) {
  reading.pairs.clear();
  std::size_t at = 0;
  const std::string_view first = next_quoted_word(instruction.rest, reading.escape, at);
  if (first.data() == nullptr) return;
  if (first.find('=') == std::string_view::npos) {
    read_legacy_pair(reading, instruction);
  } else {
    split_quoted_words(instruction.rest, reading.escape, [&](std::string_view word) {
      if (word.find('=') != std::string_view::npos) {
        reading.pairs.push_back(read_pair(instruction.joined, word));
        return;
      }
      reading.problem(instruction.joined.where(word),
                      {"can't find = in \"", word, "\": ", name(instruction.keyword),
                       " takes name=value words"});
    });
  }
  instruction.pairs = reading.arena.copy(reading.pairs);
}

void read_arguments(Reading& reading, Instruction& instruction) {
  reading.pairs.clear();
  split_quoted_words(instruction.rest, reading.escape, [&](std::string_view word) {
    reading.pairs.push_back(read_pair(instruction.joined, word));
  });
  instruction.pairs = reading.arena.copy(reading.pairs);
}

}  // namespace plimsoll::parse::dockerfile
