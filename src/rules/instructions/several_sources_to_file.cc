// several-sources-to-file: COPY or ADD of several files to what is not marked as a folder.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::several_sources_to_file {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3021"},
    {"tally", "hadolint/DL3021"},
    {"trivy", "DS-0011"},
    {"kics", "6db6e0c2-32a3-4a2e-93b5-72c35f4119db"},
    {"semgrep", "dockerfile.correctness.multiple-copy-sources.multiple-copy-sources"},
};

static bool is_folder(std::string_view path) {
  return path.ends_with('/') || path.ends_with('\\') || path == "." || path == ".." ||
         path.ends_with("/.") || path.ends_with("/..");
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) {
      if (copy.sources.size() < 2 || !copy.destination.known() || copy.destination.value.empty() ||
          is_folder(copy.destination.value))
        continue;
      const parse::dockerfile::Word& last = copy.instruction->words.back();
      const text::Place where = copy.destination.where;
      Finding finding{.where = where,
                      .message = concat({last.text,
                                         " must end with a slash, since several files are copied "
                                         "there"}),
                      // The others look at COPY alone.
                      .aliases = copy.add || copy.trigger ? 0U : ~0U};
      if (!copy.instruction->exec_form && unquoted(last.text) == last.text)
        finding.fix = Fix{.title = "add the slash",
                          .edits = {{{where.source, {where.span.end, where.span.end}}, "/"}}};
      out.push_back(std::move(finding));
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-slim\nCOPY package.json yarn.lock app\n",
     .flagged = true,
     .fixed = "FROM node:22-slim\nCOPY package.json yarn.lock app/\n"},
    {.text = "FROM node:22-slim\nCOPY package.json yarn.lock app/\n"},
    {.text = "FROM node:22-slim\nCOPY package.json yarn.lock .\n"},
    {.text = "FROM node:22-slim\nCOPY package.json app\n"},
};

extern constinit const Rule rule = described({
    .name = "several-sources-to-file",
    .severity = Severity::medium,
    .category = Category::syntax,
    .summary = "Several files are copied to a path without a slash at its end",
    .why = "Docker copies several files only to a folder, which a slash must mark. Some builders "
           "stop, "
           "others make a folder of\n"
           "that name.",
    .remedy = "End the destination with `/`.",
    .source = "Dockerfile reference, COPY, \"Destination\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::several_sources_to_file
