// unused-stage: a stage that nothing of the file needs.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/glob.h"
#include "rules/rule.h"
#include "rules/stages/_graph.h"

namespace plimsoll::rules::stages::unused_stage {

static constexpr Alias kAliases[] = {{"tally", "tally/no-unreachable-stages"}};

// May a reference with variables name the stage? Each of them stands for any text.
static bool may_name(std::string_view reference, std::string_view name) {
  std::string pattern;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (reference[i] != '$') {
      pattern += reference[i];
      continue;
    }
    pattern += '*';
    if (i + 1 < reference.size() && reference[i + 1] == '{') {
      i = std::min(reference.find('}', i), reference.size() - 1);
    } else {
      while (i + 1 < reference.size() && is_word_char(reference[i + 1])) ++i;
    }
  }
  return !name.empty() && glob_match(pattern, name);
}

// By stage: whether another one takes files from it.
static std::vector<bool> sources_of_files(const facts::Build& build) {
  std::vector<bool> result(build.stages.size());
  for (const facts::Stage& stage : build.stages)
    for_each_need(stage, [&](const Need& need) {
      if (need.stage != nullptr) result[need.stage->index] = true;
    });
  return result;
}

// Stages whose FROM may name any earlier stage: those with a variable, each text once.
static std::vector<const facts::Stage*> with_variables(const facts::Build& build) {
  std::vector<const facts::Stage*> result;
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = build.stages.size(); i-- > 0;) {
    const facts::Stage& stage = build.stages[i];
    if (stage.base.uses_variable && seen.insert(stage.from->words[0].text).second)
      result.push_back(&stage);
  }
  return result;
}

static void check(const facts::Build& build, Findings& out) {
  // With --target, the other stages are those of other targets.
  if (build.stages.empty() || build.target != &build.stages.back()) return;
  const std::vector<bool> is_source = sources_of_files(build);
  const std::vector<const facts::Stage*> variable = with_variables(build);
  for (const facts::Stage& stage : build.stages) {
    if (stage.used || stage.is_base || is_source[stage.index]) continue;
    const bool may_be_named = std::ranges::any_of(variable, [&](const facts::Stage* other) {
      return other->index > stage.index && may_name(other->from->words[0].text, stage.name);
    });
    if (may_be_named) continue;
    const bool named = !stage.name.empty();
    out.push_back(
        {.where = build.place(named ? stage.name_span : stage.base.span),
         .message = named ? concat({"no stage needs ", stage.name, ", so only --target builds it"})
                          : "no stage needs this one, and without a name it is no target",
         .severity = named ? Severity::info : Severity::low});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM golang:1.26 AS test\nRUN go test ./...\nFROM alpine:3.22\n", .flagged = true},
    {.text = "FROM golang:1.26\nRUN go build -o /app .\nFROM alpine:3.22\n", .flagged = true},
    {.text = "FROM golang:1.26 AS build\nFROM alpine:3.22\nCOPY --from=build /app /app\n"},
    {.text = "FROM alpine:3.22 AS base\nFROM base\n"},
};

extern constinit const Rule rule = described({
    .name = "unused-stage",
    .severity = Severity::low,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Stage is not needed",
    .why = "BuildKit passes over a stage that the last one does not need; the classic builder "
           "builds it for nothing. Either it is\n"
           "left over, or a `COPY --from` that should name it is missing. A stage that is built "
           "by `--target` is meant so.",
    .remedy = "Remove the stage, copy from it, or accept it as a target.",
    .source = "Docker, Multi-stage builds, \"Stop at a specific build stage\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::stages::unused_stage
