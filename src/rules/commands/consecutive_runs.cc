// consecutive-runs: two short RUNs follow each other and could be one layer.
#include <algorithm>

#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::consecutive_runs {

using parse::dockerfile::Flag;
using parse::dockerfile::Instruction;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3059"},
    {"tally", "tally/prefer-run-heredoc"},
    {"kics", "0008c003-79aa-42d8-95b8-1c2fe37dbfe6"},
};

// Programs that it calls. One that another program is asked to run is not counted again, nor are
// variables and `[`.
static std::ptrdiff_t programs(const facts::Run& run) {
  return std::ranges::count_if(run.commands, [](const facts::Command& c) {
    return !c.name.empty() && c.name != "[" && c.wrapper.empty();
  });
}

static bool same_flags(const Instruction& a, const Instruction& b) {
  return std::ranges::equal(a.flags, b.flags, [](const Flag& x, const Flag& y) {
    return x.name == y.name && x.value == y.value && x.has_value == y.has_value;
  });
}

// A RUN of several programs is a step that someone thought about; only single calls are taken for a
// habit.
static bool mergeable(const facts::Run& before, const facts::Run& run) {
  return before.trigger == run.trigger && same_flags(*before.instruction, *run.instruction) &&
         programs(before) <= 1 && programs(run) <= 1;
}

// A shell remembers where it found a program: one that is put elsewhere by the RUN (`pip install
// --upgrade pip`) would not be found there by what follows in the same RUN.
static bool replaces_program(const facts::Run& before, const facts::Run& run) {
  return std::ranges::any_of(before.commands, [&](const facts::Command& c) {
    return std::ranges::any_of(c.words.subspan(1), [&](const parse::shell::Word& word) {
      const std::string_view name = word.raw.substr(word.raw.rfind('/') + 1);
      return std::ranges::any_of(run.commands, [&](const facts::Command& later) {
        return !later.name.empty() && name.starts_with(later.name);
      });
    });
  });
}

// `wget` and `tar` of one RUN are another finding.
static bool unpacks(const facts::Run& run) {
  return std::ranges::any_of(run.commands,
                             [](const facts::Command& c) { return c.extraction != nullptr; });
}

// What a failure does stays the same: `a` and `b || c` are not `a && b || c`.
static bool joins_by_and(const facts::Run& run) {
  return std::ranges::all_of(run.script->list.items, [](const parse::shell::Item& item) {
    return item.join == parse::shell::Join::first || item.join == parse::shell::Join::and_;
  });
}

static bool has_pragma(const facts::Build& build, const Instruction& instruction) {
  return std::ranges::any_of(instruction.comments, [&](text::Span comment) {
    return is_pragma(build.source->at(comment));
  });
}

// The comments between the two stay, where Docker takes them out of the one instruction. Blank
// lines go: it warns of them there.
static std::string between(const facts::Build& build, text::Span gap) {
  const std::string_view newline = newline_of(*build.source);
  std::string result = concat({" ", std::string_view(&build.tree->escape, 1), newline});
  std::string_view lines = build.source->at(gap);
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find('#') != std::string_view::npos) result += concat({line, newline});
  }
  return result + "    && ";
}

static std::optional<Fix> joined(const facts::Build& build, const facts::Run& before,
                                 const facts::Run& run) {
  if (!is_plain_list(before) || !is_plain_list(run) || changes_shell(before) ||
      !joins_by_and(run) || unpacks(run))
    return {};
  constexpr std::size_t kShort = 8;  // commands; `[` is not counted above
  if (before.commands.size() > kShort || run.commands.size() > kShort ||
      replaces_program(before, run))
    return {};
  const Instruction &first = *before.instruction, &second = *run.instruction;
  if (has_pragma(build, first) || has_pragma(build, second)) return {};
  const text::Span end = before.commands.front().place(before.script->list.raw).span;
  const text::Span begin = run.commands.front().place(run.script->list.raw).span;
  const std::string_view behind = build.source->at({end.end, first.span.end});
  if (behind.find_first_not_of(" \t\r") != std::string_view::npos) return {};
  return Fix{.title = "make them one RUN",
             .edits = {{build.place({end.end, begin.begin}),
                        between(build, {first.span.end, second.span.begin})}}};
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const facts::Run* before = nullptr;
    std::span<const facts::Run> runs = stage.runs;  // those that are left
    for (const Instruction* instruction : stage.instructions) {
      const facts::Run* run = nullptr;
      if (!runs.empty() && (runs.front().instruction == instruction ||
                            runs.front().instruction == instruction->trigger)) {
        run = &runs.front();
        runs = runs.subspan(1);
      }
      if (before != nullptr && run != nullptr && mergeable(*before, *run))
        out.push_back(
            {.where = build.place(run->instruction->keyword_span),
             .message =
                 "this RUN and the one before it are single commands, which could share a layer",
             .fix = joined(build, *before, *run),
             .related = {{build.place(before->instruction->keyword_span), "the RUN before it"}}});
      before = run;
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN mkdir /a\n# a comment\nRUN mkdir /b\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN mkdir /a \\\n# a comment\n    && mkdir /b\n"},
    {.text = "FROM debian:13\nRUN mkdir /a\nRUN [ -d /b ] || mkdir /b\n", .flagged = true},
    {.text = "FROM debian:13\nRUN mkdir /a && touch /a/x\nRUN mkdir /b\n"},
    {.text = "FROM debian:13\nRUN mkdir /a\nRUN --network=none mkdir /b\n"},
    {.text = "FROM debian:13\nRUN mkdir /a\nCOPY a /a\nRUN mkdir /b\n"},
};

extern constinit const Rule rule = described({
    .name = "consecutive-runs",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Two short RUNs could be one",
    .why =
        "Each `RUN` is a layer. What one of them leaves behind the next one can't take out of the "
        "image any more.\n"
        "During development separate steps are cached separately, which can be the better choice.",
    .remedy = "Join the commands with `&&`, or write one `RUN <<EOF` with `set -e`.",
    .source = "Docker, Building best practices, \"RUN\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::consecutive_runs
