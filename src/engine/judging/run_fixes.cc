// An option is added in the form that the line has: behind `run`, or on a line of its own with the
// indent and the backslash of the first line that is continued.
#include "engine/judging/run_fixes.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"

namespace plimsoll::engine {
namespace {

using parse::runline::Option;
using parse::runline::RunLine;

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kLoopback = "127.0.0.1:";

// Blanks, and a backslash at the end of a line: what a shell sees as one blank. Empty it is none.
bool is_gap(std::string_view text) {
  if (text.empty()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (kBlanks.find(text[at]) != std::string_view::npos) continue;
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\\\n"))
      at += 1;
    else if (rest.starts_with("\\\r\n"))
      at += 2;
    else
      return false;
  }
  return true;
}

// The words that an option can be put between: `run`, the options, the image. Letters in one word
// (`-it`) are one.
std::vector<text::Span> words_of(const RunLine& line) {
  std::vector<text::Span> words{line.verb_word.where};
  for (const Option& option : line.options)
    if (option.where.begin >= words.back().end) words.push_back(option.where);
  if (line.has_image) words.push_back(line.image.where);
  return words;
}

std::optional<text::Edit> added(const RunLine& line, const text::Source& source,
                                std::string_view option) {
  if (!line.has_image || !line.problem.empty()) return {};
  const std::vector<text::Span> words = words_of(line);
  const std::uint32_t behind_run = words.front().end;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::uint32_t behind = words[i - 1].end;
    if (words[i].begin <= behind) return {};
    const std::string_view gap = source.at({behind, words[i].begin});
    if (!is_gap(gap)) return {};
    if (gap.find('\n') != std::string_view::npos)
      return text::Edit{{line.source, {behind, behind}}, concat({gap, option}), true};
  }
  return text::Edit{{line.source, {behind_run, behind_run}}, concat({" ", option}), true};
}

// With what parts it from the word before it, so that the line goes on as it did.
std::optional<text::Edit> removed(const RunLine& line, const text::Source& source,
                                  const Option& option) {
  const auto same = [&](const Option& other) { return other.where == option.where; };
  if (std::ranges::count_if(line.options, same) != 1) return {};
  const std::string_view bytes = source.bytes();
  const std::uint32_t end = option.where.end;
  if (end < bytes.size() && std::string_view(" \t\r\n").find(bytes[end]) == std::string_view::npos)
    return {};
  // From the end of the word before it on.
  std::uint32_t begin = line.verb_word.where.end;
  for (const text::Span word : words_of(line))
    if (word.end <= option.where.begin) begin = word.end;
  const std::size_t last = bytes.substr(0, option.where.begin).find_last_not_of(" \t\r\n\\") + 1;
  begin = std::max(begin, static_cast<std::uint32_t>(last));
  if (begin >= option.where.begin || !is_gap(bytes.substr(begin, option.where.begin - begin)))
    return {};
  return text::Edit{{line.source, {begin, end}}, ""};
}

// Where the value's own bytes begin; none: they are not written as they are read.
std::optional<std::uint32_t> value_begin(const text::Source& source, const Option& option) {
  if (!option.value.known() || option.value.text.empty()) return {};
  const std::size_t at = source.at(option.value.where).find(option.value.text);
  if (at == std::string_view::npos) return {};
  return option.value.where.begin + static_cast<std::uint32_t>(at);
}

std::optional<text::Edit> bound_to_loopback(const RunLine& line, const text::Source& source,
                                            const Option& option) {
  const std::optional<std::uint32_t> begin = value_begin(source, option);
  const std::string_view text = option.value.text;
  if (!begin) return {};
  for (const std::string_view any : {"0.0.0.0:", "[::]:"})
    if (text.starts_with(any))
      return text::Edit{{line.source, {*begin, *begin + static_cast<std::uint32_t>(any.size())}},
                        std::string(kLoopback)};
  if (text.front() < '0' || text.front() > '9') return {};
  const bool states_host = text.find(':') != std::string_view::npos;
  return text::Edit{{line.source, {*begin, *begin}}, concat({kLoopback, states_host ? "" : ":"})};
}

std::optional<text::Edit> mounted_read_only(const RunLine& line, const text::Source& source,
                                            const Option& option) {
  const std::optional<std::uint32_t> begin = value_begin(source, option);
  if (!begin) return {};
  const std::string_view text = option.value.text;
  const std::uint32_t end = *begin + static_cast<std::uint32_t>(text.size());
  std::string_view more = ",readonly";
  if (option.name != "mount" && option.name != "volume") return {};
  if (option.name == "volume") {
    const auto colons = std::ranges::count(text, ':');
    if (colons < 1 || colons > 2 || text.ends_with(":rw") || text.find(",rw") != text.npos)
      return {};
    more = colons == 1 ? ":ro" : ",ro";
  }
  return text::Edit{{line.source, {end, end}}, std::string(more)};
}

rules::Fix made(std::string title, text::Edit edit) {
  rules::Fix fix{
      .safety = rules::Safety::changes_behaviour, .title = std::move(title), .edits = {}};
  fix.edits.push_back(std::move(edit));
  return fix;
}

std::optional<rules::Fix> fix_of_option(const RunLine& line, const text::Source& source,
                                        const Option& option, rules::OptionRemedy remedy) {
  std::optional<text::Edit> edit;
  std::string title;
  using enum rules::OptionRemedy;
  switch (remedy) {
    case none:
      break;
    case remove:
      edit = removed(line, source, option);
      title = concat({"take ", source.at(option.where), " away"});
      break;
    case bind_to_loopback:
      edit = bound_to_loopback(line, source, option);
      title = concat({"publish ", option.value.text, " to this host alone"});
      break;
    case mount_read_only:
      edit = mounted_read_only(line, source, option);
      title = concat({"mount ", option.value.text, " read-only"});
      break;
  }
  if (!edit) return {};
  return made(std::move(title), std::move(*edit));
}

}  // namespace

std::optional<rules::Fix> run_line_fix(const RunLine& line, const text::Source& source,
                                       const rules::Rule& rule, const rules::Finding& finding) {
  if (finding.where.source != line.source) return {};
  const rules::Hardening& hardening =
      finding.hardening.flag.empty() ? rule.hardening : finding.hardening;
  const std::string_view options = finding.run_options ? *finding.run_options : hardening.flag;
  if (finding.where.span == line.verb_word.where && !options.empty()) {
    std::optional<text::Edit> edit = added(line, source, options);
    if (!edit) return {};
    return made(concat({"add ", options}), std::move(*edit));
  }
  if (rule.option_remedy == rules::OptionRemedy::none) return {};
  for (const Option& option : line.options)
    if (option.where == finding.where.span)
      return fix_of_option(line, source, option, rule.option_remedy);
  return {};
}

}  // namespace plimsoll::engine
