// clutter-in-copied-folder: the ignore file lets through what a working copy holds and no image
// needs.
#include "rules/context/_copies.h"
#include "rules/context/_ignore_lines.h"

namespace plimsoll::rules::context::clutter_in_copied_folder {

// Without an ignore file missing-dockerignore has said it all.
static void check(const facts::Context& context, Findings& out) {
  if (context.files == nullptr || context.ignore_file.empty()) return;
  std::optional<std::optional<Fix>> fix;  // one for all, made if there is something to say
  for (const Group& group : groups_of(context, false)) {
    if (!fix) fix = more_ignore_lines(context, false);
    out.push_back({.where = group.source->path.where,
                   .message = concat({context.ignore_file, " lets ", listed(group.paths),
                                      " through: ", group.kind}),
                   .fix = *fix});
  }
}

static constexpr std::string_view kCopiesAll = "FROM node:22-slim\nCOPY . /app\n";
static constexpr File kHistory[] = {
    {"Dockerfile", kCopiesAll}, {".git/HEAD", "\n"}, {".dockerignore", "*.md\n"}};
static constexpr File kWithoutHistory[] = {
    {".dockerignore", "*.md\n\n# The repository and its history\n**/.git\n"}};
static constexpr File kDeeper[] = {{"Dockerfile", kCopiesAll},
                                   {"web/node_modules/a/index.js", "\n"},
                                   {".dockerignore", "node_modules\n"}};
static constexpr File kKeptOut[] = {{"Dockerfile", kCopiesAll},
                                    {".git/HEAD", "\n"},
                                    {"web/node_modules/a/index.js", "\n"},
                                    {".dockerignore", ".git\n**/node_modules\n"}};

static constexpr Example kExamples[] = {
    {.files = kHistory, .flagged = true, .fixed_files = kWithoutHistory},
    {.files = kDeeper, .flagged = true},
    {.files = kKeptOut},
};

extern constinit const Rule rule = described({
    .name = "clutter-in-copied-folder",
    .severity = Severity::info,
    .category = Category::size,
    .summary = "Copied folder holds what no image needs",
    .why =
        "Histories, caches, logs and dumps make the image larger, may hold what was removed long "
        "ago, and throw the build\n"
        "cache away with each change. A repository may be wanted for a version stamp: mount it "
        "then, or pass the version.",
    .remedy = "Name it in `.dockerignore`, with `**/` in front if it lies deeper.",
    .source = "Docker, Building best practices, \"Exclude with .dockerignore\"",
    .examples = kExamples,
    .check = OnContext{.check = check, .files = true},
});

}  // namespace plimsoll::rules::context::clutter_in_copied_folder
