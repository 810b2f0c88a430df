// unknown-stop-signal: STOPSIGNAL names a signal that there is not.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::unknown_stop_signal {

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions) {
      if (i->keyword != Keyword::stopsignal || i->words.empty()) continue;
      const parse::dockerfile::Word& word = i->words.front();
      const std::string_view text = unquoted(word.text);
      // Docker takes any number but zero.
      const bool number = std::ranges::all_of(text, is_digit);
      const bool zero = text.find_first_not_of('0') == std::string_view::npos;
      if (text.find('$') != std::string_view::npos || (number && !zero) ||
          !data::find_signal(text).name.empty())
        continue;
      out.push_back(
          {.where = build.place(word.span), .message = concat({"there is no signal ", word.text})});
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM postgres:18\nSTOPSIGNAL SIGTREM\n", .flagged = true},
    {.text = "FROM postgres:18\nSTOPSIGNAL SIGTERM\n"},
    {.text = "FROM postgres:18\nARG SIGNAL=TERM\nSTOPSIGNAL SIG$SIGNAL\n"},
};

extern constinit const Rule rule = described({
    .name = "unknown-stop-signal",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "STOPSIGNAL names no signal",
    .why = "The build stops at this line.",
    .remedy = "State a signal of Linux: `SIGTERM`, `SIGQUIT`, `SIGINT`, `SIGRTMIN+3` or another of "
              "`kill -l`.",
    .source = "Dockerfile reference, STOPSIGNAL",
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::unknown_stop_signal
