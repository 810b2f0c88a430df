// The `docker run` lines of a file, taken apart before and after: options that no change meets are
// there as they were, and program, image and command with them.
#include <algorithm>
#include <vector>

#include "base/arena.h"
#include "base/concat.h"
#include "fix/prove.h"
#include "parse/runline/extract/extract.h"

namespace plimsoll::fix {
namespace {

using parse::runline::Option;
using parse::runline::RunLine;
using parse::runline::Word;
using Side = text::Span text::Change::*;

constexpr std::string_view kApart = " \t\r\n\\";  // what may stand between words

// Is it more than words that were put before it or behind it?
bool runs_into_word(text::Span change, std::string_view text, text::Span word) {
  if (text.empty() || change.end < word.begin || change.begin > word.end) return false;
  if (change.begin == word.end) return kApart.find(text.front()) == std::string_view::npos;
  if (change.end == word.begin) return kApart.find(text.back()) == std::string_view::npos;
  return true;
}

bool is_changed(const Pair& pair, text::Span word, Side side) {
  const auto all = pair.changes.all();
  auto at = std::ranges::lower_bound(all, word.begin, {},
                                     [side](const text::Change& c) { return (c.*side).end; });
  for (; at != all.end() && ((*at).*side).begin <= word.end; ++at)
    if (runs_into_word((*at).*side, pair.before.at(at->before), word) ||
        runs_into_word((*at).*side, pair.after.at(at->after), word))
      return true;
  return false;
}

bool same(const Word& a, const Word& b) {
  return a.text == b.text && a.raw == b.raw && a.arity == b.arity;
}

bool same(const Option& a, const Option& b) {
  return a.name == b.name && a.is_switch == b.is_switch && same(a.value, b.value);
}

std::vector<const Option*> unchanged_options(const Pair& pair, const RunLine& line, Side side) {
  std::vector<const Option*> options;
  for (const Option& option : line.options)
    if (!is_changed(pair, option.where, side)) options.push_back(&option);
  return options;
}

std::string damaged_line(const Pair& pair, const RunLine& before, const RunLine& after) {
  if (before.problem != after.problem)
    return after.problem.empty() ? "" : concat({"the line would be refused: ", after.problem});
  if (before.complete != after.complete || before.has_image != after.has_image ||
      before.verb != after.verb || !same(before.program, after.program))
    return "the line would be read in another way";
  if (!same(before.image, after.image) &&
      !is_changed(pair, before.image.where, &text::Change::before))
    return "the line would start another image";
  if (!std::ranges::equal(before.command, after.command,
                          [](const Word& a, const Word& b) { return same(a, b); }))
    return "the line would start another command";
  const auto old_options = unchanged_options(pair, before, &text::Change::before),
             new_options = unchanged_options(pair, after, &text::Change::after);
  if (!std::ranges::equal(old_options, new_options,
                          [](const Option* a, const Option* b) { return same(*a, *b); }))
    return "the line's other options would not be kept";
  return {};
}

}  // namespace

std::string damaged_run_lines(const Pair& pair, text::Span& where) {
  const std::string_view old_bytes = pair.before.bytes(), new_bytes = pair.after.bytes();
  if (!parse::runline::mentions_engine(old_bytes) && !parse::runline::mentions_engine(new_bytes))
    return {};
  parse::runline::Carrier carrier =
      parse::runline::carrier_of(pair.before.path(), old_bytes.substr(0, 256));
  if (carrier == parse::runline::Carrier::none) carrier = parse::runline::Carrier::shell;
  Arena arena;
  const auto before = parse::runline::extract(pair.before, 0, carrier, arena).lines,
             after = parse::runline::extract(pair.after, 0, carrier, arena).lines;
  where = {0, static_cast<std::uint32_t>(new_bytes.size())};
  if (before.size() != after.size()) return "a `docker run` line would come or go";
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool is_met = pair.changes.met_before(before[i].where) != nullptr;
    std::string wrong = is_met ? damaged_line(pair, before[i], after[i])
                        : pair.before.at(before[i].where) == pair.after.at(after[i].where)
                            ? std::string()
                            : std::string("another `docker run` line would be changed");
    if (wrong.empty()) continue;
    where = after[i].where;
    return wrong;
  }
  return {};
}

}  // namespace plimsoll::fix
