// deprecated-maintainer: MAINTAINER was replaced by a label in 2017.
#include <optional>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::deprecated_maintainer {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL4000"},
    {"buildkit", "MaintainerDeprecated"},
    {"tally", "buildkit/MaintainerDeprecated"},
    {"trivy", "DS-0022"},
    {"checkov", "CKV_DOCKER_6"},
    {"kics", "99614418-f82b-4852-a9ae-5051402b741c"},
    {"semgrep", "dockerfile.best-practice.maintainer-is-deprecated.maintainer-is-deprecated"},
};

// MAINTAINER takes its text as it stands; in a label's quotes `"`, `$` and the escape character
// mean something.
static std::string quoted(std::string_view text, char escape) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.front() == text.back())
    text = text.substr(1, text.size() - 2);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '$' || c == escape) result += escape;
    result += c;
  }
  return result + '"';
}

static constexpr std::string_view kLabel = "org.opencontainers.image.authors";

static bool has_label(const facts::Stage& stage) {
  return std::ranges::any_of(stage.labels.items, [&](const facts::Fact<facts::Variable>& label) {
    return label.value.name == kLabel && label.where.span.begin > stage.from->span.begin;
  });
}

static void check_stage(const facts::Stage& stage, Findings& out) {
  const facts::Build& build = *stage.build;
  bool labelled = has_label(stage);  // a second one would be a label that is set twice
  for (const Instruction* i : stage.instructions) {
    const Instruction& instruction = *i;
    if (instruction.keyword != Keyword::maintainer) continue;
    Finding finding{.where = build.place(instruction.keyword_span),
                    .message = "MAINTAINER is deprecated; a label names who looks after an image"};
    if (!instruction.rest.empty() && !instruction.broken && instruction.inner_comments.empty() &&
        !labelled) {
      finding.fix =
          Fix{.title = "write it as a label",
              .edits = {
                  {build.place(instruction.span),
                   concat({"LABEL ", kLabel, "=", quoted(instruction.rest, build.tree->escape)})}}};
      labelled = true;
    }
    out.push_back(std::move(finding));
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) check_stage(stage, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nMAINTAINER Ada <ada@example.com>\n",
     .flagged = true,
     .fixed =
         "FROM alpine:3.22\nLABEL org.opencontainers.image.authors=\"Ada <ada@example.com>\"\n"},
    {.text = "FROM alpine:3.22\nMAINTAINER \"Ada\"\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nLABEL org.opencontainers.image.authors=\"Ada\"\n"},
    {.text =
         "FROM alpine:3.22\nLABEL org.opencontainers.image.authors=\"Ada <ada@example.com>\"\n"},
};

extern constinit const Rule rule = described({
    .name = "deprecated-maintainer",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::strict,
    .summary = "MAINTAINER is deprecated",
    .why = "Docker deprecated `MAINTAINER` in 1.13. Tools read labels: `docker inspect` shows "
           "them, registries search them.",
    .remedy = "Write `LABEL org.opencontainers.image.authors=\"…\"`.",
    .source = "Docker, Deprecated features, \"MAINTAINER in Dockerfile\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::deprecated_maintainer
