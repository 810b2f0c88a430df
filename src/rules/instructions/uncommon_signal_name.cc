// uncommon-signal-name: STOPSIGNAL states a number, or a name without SIG.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::uncommon_signal_name {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-canonical-stopsignal"}};

static std::string upper_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return result;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions) {
      if (i->keyword != Keyword::stopsignal || i->words.empty()) continue;
      const parse::dockerfile::Word& word = i->words.front();
      const data::Signal signal = data::find_signal(unquoted(word.text));
      // Real-time signals have no number that is the same everywhere.
      if (signal.name.empty() || is_digit(signal.name.front())) continue;
      const std::string name = concat({"SIG", upper_case(signal.name)});
      if (word.text == name) continue;
      out.push_back({.where = build.place(word.span),
                     .message = concat({word.text, " is commonly written ", name}),
                     .fix = Fix{.title = concat({"write ", name}),
                                .edits = {{build.place(word.span), name}}}});
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM postgres:18\nSTOPSIGNAL 2\n",
     .flagged = true,
     .fixed = "FROM postgres:18\nSTOPSIGNAL SIGINT\n"},
    {.text = "FROM postgres:18\nSTOPSIGNAL quit\n",
     .flagged = true,
     .fixed = "FROM postgres:18\nSTOPSIGNAL SIGQUIT\n"},
    {.text = "FROM postgres:18\nSTOPSIGNAL SIGRTMIN+3\n"},
    {.text = "FROM postgres:18\nARG SIGNAL=2\nSTOPSIGNAL $SIGNAL\n"},
};

extern constinit const Rule rule = described({
    .name = "uncommon-signal-name",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "STOPSIGNAL is a number, or a name without SIG",
    .why =
        "Few know that 3 is `SIGQUIT`, and some numbers mean another signal on another processor.",
    .remedy = "Write the whole name: `SIGQUIT`.",
    .source = "signal(7)",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::uncommon_signal_name
