// copied-ignored-file: COPY names what .dockerignore keeps out of the build.
#include <string>

#include "base/concat.h"
#include "facts/context.h"
#include "rules/rule.h"

namespace plimsoll::rules::context {

static constexpr Alias kAliases[] = {{"buildkit", "CopyIgnoredFile"},
                                     {"tally", "buildkit/CopyIgnoredFile"}};

// "./a/b/" -> "a/b"; empty: the whole context, a pattern, or what can't be known.
static std::string_view path_in_context(const facts::Copy::Source& source) {
  if (!source.path.known() || source.heredoc || source.url || source.git) return {};
  std::string_view path = source.path.value;
  if (path.find_first_of("*?[\\") != std::string_view::npos) return {};
  if (path.find("..") != std::string_view::npos) return {};
  while (path.starts_with('/') || path.starts_with("./"))
    path.remove_prefix(path.front() == '/' ? 1 : 2);
  while (path.ends_with('/') || path.ends_with("/.")) path.remove_suffix(1);
  return path == "." ? std::string_view{} : path;
}

static void check(const facts::Context& context, Findings& out) {
  if (context.ignore_patterns.empty()) return;
  for (const facts::Stage& stage : context.build->stages)
    for (const facts::Copy& copy : stage.copies) {
      if (copy.trigger || !copy.from.absent()) continue;
      for (const facts::Copy::Source& source : copy.sources) {
        const std::string_view path = path_in_context(source);
        // Of a folder that is ignored something may be let in again.
        if (path.empty() || !is_ignored(context.ignore_patterns, path) ||
            may_include_below(context.ignore_patterns, path))
          continue;
        out.push_back({.where = source.path.where,
                       .message = concat({source.path.value, " is kept out of the build by ",
                                          context.ignore_file})});
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

static constexpr Example kExamples[] = {
    {.files = kIgnored, .flagged = true},
    {.files = kLetIn},
    {.files = kFolder},
};

extern constinit const Rule copied_ignored_file = described({
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

}  // namespace plimsoll::rules::context
