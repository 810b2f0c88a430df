// copied-ignored-file: COPY names what .dockerignore keeps out of the build.
#include <algorithm>
#include <string>

#include "base/concat.h"
#include "facts/context.h"
#include "rules/rule.h"

namespace plimsoll::rules::context::copied_ignored_file {

static constexpr Alias kAliases[] = {{"buildkit", "CopyIgnoredFile"},
                                     {"tally", "buildkit/CopyIgnoredFile"}};

using Patterns = std::span<const parse::ignorefile::DockerPattern>;

// A folder that is ignored may have something let in again.
static bool kept_out(Patterns patterns, const std::string& path) {
  if (path == ".")
    return std::ranges::any_of(patterns, [](const parse::ignorefile::DockerPattern& pattern) {
      return pattern.text == "*" || pattern.text == "**" || pattern.text == "**/*";
    });
  return path.find_first_of("*?[\\") == std::string::npos && is_ignored(patterns, path) &&
         !may_include_below(patterns, path);
}

static void check(const facts::Context& context, Findings& out) {
  const Patterns patterns = context.ignore_patterns;
  const bool lets_in = std::ranges::any_of(patterns, &parse::ignorefile::DockerPattern::negated);
  for (const facts::Stage& stage : context.build->stages)
    for (const facts::Copy& copy : stage.copies) {
      if (copy.trigger || !facts::from_context(copy)) continue;
      for (const facts::Copy::Source& source : copy.sources) {
        const std::string path = facts::path_in_context(source);
        if (path.empty() || (path == "." && lets_in) || !kept_out(patterns, path)) continue;
        Finding finding{.where = source.path.where,
                        .message = concat({source.path.value, " is kept out of the build by ",
                                           context.ignore_file})};
        // BuildKit says nothing if the file lets something in.
        if (lets_in) finding.aliases = 0;
        out.push_back(std::move(finding));
      }
    }
}

static constexpr File kIgnored[] = {{"Dockerfile", "FROM alpine:3.22\nCOPY config/app.ini /etc/\n"},
                                    {"config/app.ini", "x=1\n"},
                                    {".dockerignore", "*.md\nconfig\n"}};
static constexpr File kLetIn[] = {{"Dockerfile", "FROM alpine:3.22\nCOPY config/app.ini /etc/\n"},
                                  {"config/app.ini", "x=1\n"},
                                  {".dockerignore", "*\n!config/app.ini\n"}};
static constexpr File kFolder[] = {{"Dockerfile", "FROM alpine:3.22\nCOPY config /etc/app\n"},
                                   {"config/app.ini", "x=1\n"},
                                   {".dockerignore", "*\n!config/*.ini\n"}};
static constexpr File kAll[] = {{"Dockerfile", "FROM alpine:3.22\nCOPY . /app\n"},
                                {"app.ini", "x=1\n"},
                                {".dockerignore", "*\n"}};

static constexpr Example kExamples[] = {
    {.files = kIgnored, .flagged = true},
    {.files = kAll, .flagged = true},
    {.files = kLetIn},
    {.files = kFolder},
};

extern constinit const Rule rule = described({
    .name = "copied-ignored-file",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "COPY names a file that .dockerignore keeps out",
    .why =
        "The builder never gets the file, so the build stops: \"not found\", although the file is "
        "there.",
    .remedy = "Let it in by a line `!path` at the end of `.dockerignore`, or do not copy it.",
    .source = "Docker, build checks, CopyIgnoredFile",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContext{check},
});

}  // namespace plimsoll::rules::context::copied_ignored_file
