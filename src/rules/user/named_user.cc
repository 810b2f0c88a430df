// named-user: USER states a name, of which Kubernetes can't tell that it isn't root.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::user::named_user {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {{"hadolint", "DL3066"}};

// True if an ARG before the instruction stands in the text: whoever builds may give a number.
static bool uses_argument(const facts::Build& build, const Instruction& user,
                          std::string_view text) {
  for (const Instruction& instruction : build.tree->instructions) {
    if (&instruction == &user) return false;
    if (instruction.keyword != Keyword::arg) continue;
    for (const parse::dockerfile::Pair& pair : instruction.pairs)
      if (text.find(concat({"$", pair.key})) != std::string_view::npos ||
          text.find(concat({"${", pair.key, "}"})) != std::string_view::npos)
        return true;
  }
  return false;
}

// Only the shipped container's last USER is asked for; of root there is more to say than that.
static bool matters(const facts::Build& build, text::Place where, std::string_view name) {
  return build.target != nullptr && build.target->user.where == where && name != "root";
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const Instruction* instruction : stage.instructions) {
      if (instruction->keyword != Keyword::user || instruction->rest.empty()) continue;
      const std::string_view text = instruction->rest;
      std::string_view name = text.substr(0, text.find(':'));
      if (name.size() >= 2 && name.front() == '"')
        name = name.substr(1, name.size() - (name.ends_with('"') ? 2 : 1));
      const bool number = std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
      if (number || uses_argument(build, *instruction, name)) continue;
      const text::Place where = build.place(instruction->joined.where(text));
      out.push_back({.where = where,
                     .message = concat({"USER ", text, " is a name, not a number",
                                        name == "root" ? "" : ", so it may be root's"}),
                     .severity = matters(build, where, name) ? Severity::low : Severity::info});
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-alpine\nUSER node\n", .flagged = true},
    {.text = "FROM node:22-alpine\nUSER 1000:1000\n"},
    {.text = "FROM node:22-alpine\nUSER 1000:node\n"},
    {.text = "FROM node:22-alpine\nARG UID=1000\nUSER ${UID}\n"},
};

extern constinit const Rule rule = described({
    .name = "named-user",
    .severity = Severity::low,
    .category = Category::reliability,
    .preset = Preset::strict,
    .summary = "USER is a name, not a number",
    .why = "Kubernetes' `runAsNonRoot` refuses to start a container whose user is a name, since "
           "only the image's\n"
           "`/etc/passwd` says which number it is. A `USER` that the container doesn't end with is "
           "only reported as information.",
    .remedy = "State the number (`USER 1000`); a comment can name the user.",
    .source = "Kubernetes, Configure a Security Context, runAsNonRoot",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::user::named_user
