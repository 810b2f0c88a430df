// ungraceful-stop-signal: STOPSIGNAL is one that no program can react to.
#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::ungraceful_stop_signal {

static constexpr Alias kAliases[] = {{"tally", "tally/no-ungraceful-stopsignal"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions) {
      if (i->keyword != Keyword::stopsignal || i->words.empty()) continue;
      const parse::dockerfile::Word& word = i->words.front();
      const std::string_view name = data::find_signal(unquoted(word.text)).name;
      if (name != "KILL" && name != "STOP") continue;
      out.push_back(
          {.where = build.place(word.span),
           .message = name == "KILL"
                          ? concat({word.text, " ends the container's programs before they notice"})
                          : concat({word.text, " halts the container's programs and ends none"}),
           .fix = Fix{.safety = Safety::changes_behaviour,
                      .title = "write SIGTERM",
                      .edits = {{build.place(word.span), "SIGTERM"}}}});
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM postgres:18\nSTOPSIGNAL SIGKILL\n",
     .flagged = true,
     .fixed = "FROM postgres:18\nSTOPSIGNAL SIGTERM\n"},
    {.text = "FROM postgres:18\nSTOPSIGNAL 19\n",
     .flagged = true,
     .fixed = "FROM postgres:18\nSTOPSIGNAL SIGTERM\n"},
    {.text = "FROM postgres:18\nSTOPSIGNAL SIGINT\n"},
};

extern constinit const Rule rule = described({
    .name = "ungraceful-stop-signal",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "STOPSIGNAL can't be caught",
    .why =
        "A program can neither catch nor put off `SIGKILL` and `SIGSTOP`: nothing is written back, "
        "no "
        "request is finished,\n"
        "no lock released. The engine sends `SIGKILL` anyway if a container does not stop in time.",
    .remedy =
        "State the signal on which the program ends by itself: most often `SIGTERM`, which is the "
        "default.",
    .source = "signal(7)",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::ungraceful_stop_signal
