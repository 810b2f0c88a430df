// For tests and for comparisons with BuildKit; nothing that a user sees is made here.
// Source: BuildKit frontend/dockerfile/parser/parser.go, Node.Dump; Go strconv.Quote.
#include "parse/dockerfile/dump.h"

#include "base/concat.h"
#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {
namespace {

void append_hex(std::string& out, std::string_view prefix, char32_t value, int digits) {
  out += prefix;
  for (int i = digits - 1; i >= 0; --i) out += "0123456789abcdef"[value >> (4 * i) & 0xF];
}

std::string quoted(std::string_view text) {
  constexpr std::string_view kSigns = "\a\b\f\n\r\t\v\\\"", kNames = "abfnrtv\\\"";
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const Rune rune = decode_rune(text, at);
    const std::size_t sign =
        rune.value < 0x80 ? kSigns.find(static_cast<char>(rune.value)) : std::string_view::npos;
    if (sign != std::string_view::npos)
      result.append("\\").append(kNames.substr(sign, 1));
    else if (rune.value == kInvalidRune && rune.size == 1)
      append_hex(result, "\\x", static_cast<unsigned char>(text[at]), 2);
    else if (rune.value < 0x20 || rune.value == 0x7F)
      append_hex(result, "\\x", rune.value, 2);
    else if (rune.value >= 0x80 && is_space(rune.value))
      append_hex(result, "\\u", rune.value, 4);
    else
      append_rune(result, rune.value);
    at += rune.size;
  }
  return result + '"';
}

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c |= 0x20;
  return result;
}

void append_pairs(std::vector<std::string>& out, const Instruction& instruction) {
  for (const Pair& pair : instruction.pairs) {
    if (instruction.keyword == Keyword::arg) {
      out.push_back(pair.has_value ? concat({pair.key, "=", pair.value}) : std::string(pair.key));
      continue;
    }
    out.emplace_back(pair.key);
    out.emplace_back(pair.value);
    out.emplace_back(instruction.legacy_pair ? "" : "=");
  }
}

std::string dump_instruction(const Instruction& instruction) {
  std::string result = lowered(instruction.keyword_text);
  const char* separator = " [";
  for (const Flag& flag : instruction.flags) {
    const std::string_view equals = flag.has_value ? "=" : "";
    result += separator + quoted(concat({"--", flag.name, equals, flag.value}));
    separator = " ";
  }
  if (!instruction.flags.empty()) result += ']';
  if (instruction.trigger != nullptr)
    return result + " (" + dump_instruction(*instruction.trigger) + ")";
  for (const std::string& argument : arguments(instruction)) result += ' ' + quoted(argument);
  return result;
}

}  // namespace

std::vector<std::string> arguments(const Instruction& instruction) {
  std::vector<std::string> result;
  // BuildKit keeps nothing of what it does not know; ONBUILD's one argument is a nameless node
  // above its trigger.
  if (instruction.keyword == Keyword::unknown || instruction.trigger != nullptr) return {""};
  append_pairs(result, instruction);
  for (const Word& word : instruction.words) result.emplace_back(word.text);
  return result;
}

std::string dump(const Tree& tree) {
  std::string result;
  for (const Instruction& instruction : tree.instructions)
    result += "(" + dump_instruction(instruction) + ")\n";
  return result;
}

}  // namespace plimsoll::parse::dockerfile
