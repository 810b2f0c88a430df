// Reads suppression comments; each dialect keeps its own rules, so that a comment means here what
// it meant there.
#include "engine/suppress.h"

#include <algorithm>
#include <cctype>

#include "engine/selection.h"

namespace plimsoll::engine {
namespace {

constexpr std::string_view kBlank = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// `word` followed by at least one blank.
bool take_word(std::string_view& text, std::string_view word) {
  std::string_view rest = text;
  if (!take(rest, word) || rest.empty() || kBlank.find(rest.front()) == std::string_view::npos)
    return false;
  text = trimmed(rest);
  return true;
}

bool take_equals(std::string_view& text) {
  std::string_view rest = trimmed(text);
  if (!take(rest, "=")) return false;
  text = trimmed(rest);
  return true;
}

std::vector<std::string_view> split_names(std::string_view list) {
  std::vector<std::string_view> names;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view name = trimmed(list.substr(0, comma));
    if (!name.empty()) names.push_back(name);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return names;
}

// hadolint refuses the whole pragma if anything but codes, commas and blanks stands before a second
// `#`.
bool read_hadolint(std::string_view text, Pragma& pragma, bool& global) {
  if (!take_word(text, "hadolint")) return false;
  global = take_word(text, "global");
  if (!take(text, "ignore") || !take_equals(text)) return false;
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos) {
    pragma.reason = trimmed(text.substr(hash + 1));
    text = trimmed(text.substr(0, hash));
  }
  pragma.names = split_names(text);
  return !pragma.names.empty() && std::ranges::all_of(pragma.names, [](std::string_view name) {
    return name.find_first_not_of("DLSC0123456789") == std::string_view::npos;
  });
}

std::uint32_t read_date(std::string_view text) {
  std::uint32_t digits = 0;
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return 0;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) return 0;
    digits = digits * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  return digits;
}

bool read_plimsoll(std::string_view text, Pragma& pragma, bool& whole_file) {
  if (!take(text, "plimsoll:")) return false;
  text = trimmed(text);
  if (!take(text, "ignore")) return false;
  whole_file = take(text, "-file");
  if (!take_equals(text)) return false;
  if (const std::size_t reason = text.find("reason="); reason != std::string_view::npos) {
    pragma.reason = trimmed(text.substr(reason + 7));
    text = trimmed(text.substr(0, reason));
  }
  if (const std::size_t until = text.find("until="); until != std::string_view::npos) {
    pragma.until = read_date(text.substr(until + 6));
    text = trimmed(text.substr(0, until));
    if (pragma.until == 0)
      return false;  // a date that can't be read must not accept anything for good
  }
  pragma.names = split_names(text);
  return !pragma.names.empty();
}

std::string_view comment_text(const text::Source& source, text::Span span) {
  std::string_view text = trimmed(source.at(span));
  take(text, "#");
  return trimmed(text);
}

// Comments that speak of the whole file stand anywhere; those of an instruction are found from the
// instruction.
void find_global(const text::Source& source, text::Span span, std::vector<Pragma>& out) {
  const std::string_view text = comment_text(source, span);
  Pragma pragma;
  bool whole_file = false;
  if ((read_plimsoll(text, pragma, whole_file) || read_hadolint(text, pragma, whole_file)) &&
      whole_file)
    out.push_back(std::move(pragma));
}

void find_local(const text::Source& source, const parse::dockerfile::Instruction& instruction,
                std::vector<Pragma>& out) {
  const std::uint32_t first = source.position(instruction.span.begin).line;
  const std::uint32_t last = source.position(instruction.span.end).line;
  for (const text::Span span : instruction.comments) {
    const std::string_view text = comment_text(source, span);
    Pragma pragma{.first_line = first, .last_line = last};
    bool wide = false;
    const bool directly_above = source.position(span.begin).line + 1 == first;
    if ((read_plimsoll(text, pragma, wide) ||
         (directly_above && read_hadolint(text, pragma, wide))) &&
        !wide)
      out.push_back(std::move(pragma));
  }
  for (const text::Span span : instruction.inner_comments) {
    const std::uint32_t next = source.position(span.begin).line + 1;
    Pragma pragma{.first_line = next, .last_line = next};
    bool wide = false;
    if (read_plimsoll(comment_text(source, span), pragma, wide) && !wide)
      out.push_back(std::move(pragma));
  }
}

bool answers_to(const Judged& judged, std::string_view name) {
  return goes_by(*judged.rule, name) ||
         (!judged.finding.shellcheck_code.empty() && judged.finding.shellcheck_code == name);
}

}  // namespace

std::vector<Pragma> find_pragmas(const text::Source& source, const parse::dockerfile::Tree& tree) {
  std::vector<Pragma> pragmas;
  // Almost no file has one: look for the words before looking at each comment.
  const std::string_view bytes = source.bytes();
  if (bytes.find("plimsoll:") == std::string_view::npos &&
      bytes.find("hadolint") == std::string_view::npos)
    return pragmas;
  for (const parse::dockerfile::Node& node : tree.nodes)
    if (node.kind == parse::dockerfile::NodeKind::comment) find_global(source, node.span, pragmas);
  for (const parse::dockerfile::Instruction& instruction : tree.instructions)
    find_local(source, instruction, pragmas);
  return pragmas;
}

const Pragma* accepting(const std::vector<Pragma>& pragmas, const Judged& finding,
                        std::uint32_t line, std::uint32_t today) {
  for (const Pragma& pragma : pragmas) {
    if (pragma.until != 0 && pragma.until < today) continue;
    const bool here =
        pragma.first_line == 0 || (line >= pragma.first_line && line <= pragma.last_line);
    if (here && std::ranges::any_of(
                    pragma.names, [&](std::string_view name) { return answers_to(finding, name); }))
      return &pragma;
  }
  return nullptr;
}

}  // namespace plimsoll::engine
