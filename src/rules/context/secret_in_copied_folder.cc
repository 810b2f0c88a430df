// secret-in-copied-folder: a COPY of a folder takes a file that is known to hold secrets.
#include "rules/context/_copies.h"
#include "rules/context/_ignore_lines.h"
#include "rules/secrets/_files.h"

namespace plimsoll::rules::context::secret_in_copied_folder {

static constexpr Alias kAliases[] = {{"dockle", "CIS-DI-0010"}, {"cis", "4.10"}};

static void check(const facts::Context& context, Findings& out) {
  if (context.files == nullptr) return;
  std::optional<std::optional<Fix>> fix;  // one for all, made if there is something to say
  for (const Group& group : groups_of(context, true)) {
    if (!fix) fix = more_ignore_lines(context, true);
    const facts::Stage& stage = *group.copy->stage;
    out.push_back(
        {.where = group.source->path.where,
         .message = concat({listed(group.paths), group.paths.size() > 1 ? " (each " : " (",
                            group.kind, ") ", group.paths.size() > 1 ? "are" : "is", " copied ",
                            stage.shipped ? "into the image" : "into a layer of the build",
                            " with ", group.source->path.value}),
         .severity = secrets::severity_of(group.certainty, stage),
         .fix = *fix});
  }
}

static constexpr std::string_view kCopiesAll = "FROM node:22-slim\nCOPY . /app\n";
static constexpr File kKey[] = {{"Dockerfile", kCopiesAll},
                                {"deploy/id_rsa", "-\n"},
                                {"index.js", "\n"},
                                {".dockerignore", ".git\n"}};
static constexpr File kRootOnly[] = {
    {"Dockerfile", kCopiesAll}, {"config/.env", "PASSWORD=x\n"}, {".dockerignore", ".env\n"}};
static constexpr File kAllDepths[] = {{".dockerignore", ".env\n\n# Secrets\n**/.env\n"}};
static constexpr File kFolder[] = {{"Dockerfile", "FROM node:22-slim\nCOPY config /app/config\n"},
                                   {"config/tls/server.key", "-\n"}};
static constexpr File kKeptOut[] = {
    {"Dockerfile", kCopiesAll}, {"config/.env", "PASSWORD=x\n"}, {".dockerignore", "**/.env\n"}};
static constexpr File kElsewhere[] = {{"Dockerfile", "FROM node:22-slim\nCOPY src /app\n"},
                                      {"src/index.js", "\n"},
                                      {"deploy/id_rsa", "-\n"}};
static constexpr File kExcluded[] = {
    {"Dockerfile",
     "# syntax=docker/dockerfile:1\nFROM node:22-slim\nCOPY --exclude=**/*.key . /app\n"},
    {"tls/server.key", "-\n"},
    {".dockerignore", ".git\n"}};

static constexpr Example kExamples[] = {
    {.files = kKey, .flagged = true},
    {.files = kRootOnly, .flagged = true, .fixed_files = kAllDepths},
    {.files = kFolder, .flagged = true},
    {.files = kKeptOut},
    {.files = kElsewhere},
    {.files = kExcluded},
};

extern constinit const Rule rule = described({
    .name = "secret-in-copied-folder",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Folder that is copied holds a file of secrets",
    .why =
        "`COPY .` takes what lies in the folder, whether git knows it or not. A layer keeps what "
        "was copied into it,\n"
        "even if a later `RUN rm` hides it, and whoever can pull the image can read it.",
    .remedy = "Name the file in `.dockerignore` (`**/.env`, with `**/` for all depths), or copy by "
              "name. Replace a secret that was ever pushed.",
    .source = "Docker, Build context, \".dockerignore files\"; CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContext{.check = check, .files = true},
});

}  // namespace plimsoll::rules::context::secret_in_copied_folder
