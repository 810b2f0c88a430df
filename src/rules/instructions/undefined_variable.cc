// undefined-variable: an instruction uses a variable that has no value there.
#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::undefined_variable {

static constexpr Alias kAliases[] = {{"buildkit", "UndefinedVar"},
                                     {"tally", "buildkit/UndefinedVar"}};

using Use = facts::UnsetUse;

// Set by the builder for FROM lines; a stage sees them behind an ARG of its own.
// Source: Dockerfile reference, "Automatic platform ARGs in the global scope".
static bool is_platform(std::string_view name) {
  for (std::string_view start : {"BUILD", "TARGET"})
    for (std::string_view end : {"PLATFORM", "OS", "ARCH", "VARIANT"})
      if (name.size() == start.size() + end.size() && name.starts_with(start) &&
          name.ends_with(end))
        return true;
  return false;
}

static bool is_global(const facts::Build& build, const facts::Stage& stage, std::string_view name) {
  if (is_platform(name)) return true;
  // What chooses the image is often a variable of the image, too: NODE_VERSION.
  const std::string_view from =
      stage.root != nullptr ? build.source->at(stage.root->span) : std::string_view{};
  return from.find(name) == std::string_view::npos &&
         std::ranges::any_of(build.global_arguments.items,
                             [&](const auto& argument) { return argument.value.name == name; });
}

// Nobody but the file sets variables.
static bool nothing_inherited(const facts::Stage& stage) {
  return stage.root != nullptr && (stage.root->scratch || (stage.root->facts != nullptr &&
                                                           data::is_plain(*stage.root->facts)));
}

// One letter too many or too few, two swapped, or only the case differs: a slip of the fingers,
// where another letter may well be another word.
static bool is_slip(std::string_view written, std::string_view meant) {
  if (written.size() < 4 || meant.size() < 4) return false;
  if (same_name(written, meant)) return true;
  const std::string_view longer = written.size() > meant.size() ? written : meant;
  const std::string_view shorter = written.size() > meant.size() ? meant : written;
  std::size_t at = 0;
  while (at < shorter.size() && shorter[at] == longer[at]) ++at;
  if (longer.size() == shorter.size() + 1)
    return longer.substr(at + 1) == shorter.substr(at) && !is_digit(longer[at]) &&
           longer[at] != '_';
  return longer.size() == shorter.size() && at + 1 < longer.size() &&
         longer[at] == shorter[at + 1] && longer[at + 1] == shorter[at] &&
         longer.substr(at + 2) == shorter.substr(at + 2) && !is_digit(longer[at]) &&
         !is_digit(longer[at + 1]);
}

// Beyond that nobody wrote the file by hand, and comparing all with all takes seconds.
static constexpr std::size_t kComparable = 1000;

static bool comparable(const facts::Stage& stage) {
  return stage.environment.items.size() + stage.arguments.items.size() <= kComparable;
}

// The variable of the stage that was probably meant; empty: none.
static std::string_view meant_by(const facts::Stage& stage, const Use& use) {
  std::string_view best;
  if (!comparable(stage)) return best;
  for (const auto* list : {&stage.environment, &stage.arguments})
    for (const auto& variable : list->items)
      if (variable.where.span.begin < use.where.span.begin && variable.value.name != use.name &&
          is_slip(use.name, variable.value.name))
        best = variable.value.name;
  return best;
}

static bool is_set_below(const facts::Stage& stage, const Use& use) {
  if (!comparable(stage)) return false;
  for (const auto* list : {&stage.environment, &stage.arguments})
    for (const auto& variable : list->items)
      if (variable.value.name == use.name && variable.where.span.begin > use.where.span.begin)
        return true;
  return false;
}

// env-self-reference says it better.
static bool set_by_same_env(const Use& use) {
  return use.instruction->keyword == Keyword::env &&
         std::ranges::any_of(use.instruction->pairs, [&](const auto& pair) {
           return &pair != use.pair && pair.key == use.name;
         });
}

static std::string message(const facts::Stage& stage, const Use& use, bool global) {
  if (global)
    return is_platform(use.name)
               ? concat({use.name, " is empty here: this stage has no ARG ", use.name, " so far"})
               : concat({use.name,
                         " is empty here: its ARG stands above FROM, where only FROM lines "
                         "see it"});
  if (const std::string_view meant = meant_by(stage, use); !meant.empty())
    return concat({use.name, " is set nowhere (did you mean ", meant, "?)"});
  if (is_set_below(stage, use))
    return concat({use.name, " is empty here: it is set further below"});
  return concat({use.name, " is set nowhere, so that it is empty"});
}

static void check_stage(const facts::Build& build, const facts::Stage& stage, Findings& out) {
  std::vector<std::string_view> fixed;
  for (const Use& use : stage.unset_uses) {
    // `NAME=x:$NAME` goes on from what there may be.
    const bool own = use.pair != nullptr && use.pair->key == use.name;
    if (set_by_same_env(use)) continue;
    const bool global = !own && is_global(build, stage, use.name);
    if (own && !nothing_inherited(stage)) continue;
    if (!global && !nothing_inherited(stage) && meant_by(stage, use).empty()) continue;
    Finding finding{.where = use.where, .message = message(stage, use, global)};
    if (own) {
      finding.severity = Severity::info;
      finding.message = concat({use.name, " has no value yet that could be gone on from"});
    }
    if (global && std::ranges::find(fixed, use.name) == fixed.end()) {
      fixed.push_back(use.name);
      const std::uint32_t at = use.instruction->span.begin;
      finding.fix = Fix{.safety = Safety::changes_behaviour,
                        .title = concat({"let the stage see it: ARG ", use.name}),
                        .edits = {{build.place({at, at}), concat({"ARG ", use.name, "\n"})}}};
    }
    out.push_back(std::move(finding));
  }
}

static void check(const facts::Build& build, Findings& out) {
  if (build.tree->foreign_frontend) return;
  for (const facts::Stage& stage : build.stages) check_stage(build, stage, out);
}

static constexpr Example kExamples[] = {
    {.text = "ARG VERSION=1.2\nFROM acme/base:7\nLABEL com.example.version=$VERSION\n",
     .flagged = true,
     .fixed =
         "ARG VERSION=1.2\nFROM acme/base:7\nARG VERSION\nLABEL com.example.version=$VERSION\n"},
    {.text = "FROM acme/base:7\nARG VERSION=1.2\nENV APP_VERSION=$VERSOIN\n", .flagged = true},
    {.text = "FROM debian:13\nWORKDIR $APP_HOME/bin\n", .flagged = true},
    {.text = "FROM acme/base:7\nWORKDIR $APP_HOME/bin\n"},
    {.text =
         "ARG VERSION=1.2\nFROM acme/base:7\nARG VERSION\nLABEL com.example.version=$VERSION\n"},
    {.text = "FROM debian:13\nWORKDIR ${APP_HOME:-/srv}/bin\n"},
};

extern constinit const Rule rule = described({
    .name = "undefined-variable",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Variable has no value where it is used",
    .why =
        "Docker puts nothing in its place and builds on: `COPY app $DIR/bin` copies to `/bin`. An "
        "`ARG` above the first\n"
        "`FROM` holds for `FROM` lines alone. A variable that the base image may set is not "
        "reported.",
    .remedy = "Correct the name; repeat `ARG NAME` in the stage; or write a default: `${NAME:-x}`.",
    .source = "Dockerfile reference, \"Understand how ARG and FROM interact\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::undefined_variable
