// secret-file-in-context: a file of secrets that a service is given lies where an image is built.
#include <algorithm>
#include <set>
#include <string>

#include "base/concat.h"
#include "data/host.h"
#include "data/names.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets::secret_file_in_context {

// The context that the file would be sent with; null: none.
static const facts::ContextFolder* context_with(const facts::Project& project,
                                                std::string_view path) {
  for (const facts::ContextFolder& context : project.contexts) {
    const std::string folder =
        context.directory == "/" ? std::string("/") : concat({context.directory, "/"});
    if (!path.starts_with(folder)) continue;
    if (!parse::ignorefile::is_ignored(context.ignore_patterns, path.substr(folder.size())))
      return &context;
  }
  return nullptr;
}

class Reading {
 public:
  Reading(const facts::Project& project, Findings& out) : project_(project), out_(out) {}

  void look_at(std::string_view written, text::Place where, Severity severity) {
    const std::string path = written.starts_with('/')
                                 ? data::clean_path(written)
                                 : data::clean_path(concat({project_.directory, "/", written}));
    const facts::ContextFolder* context = context_with(project_, path);
    if (context == nullptr || !seen_.insert(path).second) return;
    out_.push_back(
        {.where = where,
         .message = concat({path.substr(path.rfind('/') + 1), " lies in the build context of ",
                            context->service, ", and no .dockerignore keeps it out"}),
         .severity = severity});
  }

 private:
  const facts::Project& project_;
  Findings& out_;
  std::set<std::string> seen_{};
};

static void check(const facts::Project& project, Findings& out) {
  if (project.contexts.empty()) return;
  Reading reading(project, out);
  for (const facts::Secret& secret : project.secrets)
    if (!secret.config && secret.file.known())
      reading.look_at(secret.path.empty() ? secret.file.value : secret.path, secret.file.where,
                      Severity::medium);
  for (const facts::Container& c : project.containers)
    for (const facts::Fact<std::string_view>& file : c.env_files.items)
      if (file.known() && !data::secret_file(file.value).empty())
        reading.look_at(file.value, file.where, Severity::low);
}

static constexpr File kOpen[] = {
    {"compose.yaml",
     "services:\n  app:\n    build: .\n    secrets: [key]\nsecrets:\n  key:\n    file: "
     "./key.txt\n"},
    {"Dockerfile", "FROM alpine:3.22\nCOPY . /app\n"},
    {"key.txt", "x\n"},
};
static constexpr File kIgnored[] = {
    {"compose.yaml",
     "services:\n  app:\n    build: .\n    secrets: [key]\nsecrets:\n  key:\n    file: "
     "./key.txt\n"},
    {"Dockerfile", "FROM alpine:3.22\nCOPY . /app\n"},
    {".dockerignore", "key.txt\n"},
    {"key.txt", "x\n"},
};
static constexpr File kElsewhere[] = {
    {"compose.yaml",
     "services:\n  app:\n    build: ./app\n    secrets: [key]\nsecrets:\n  key:\n    file: "
     "./key.txt\n"},
    {"app/Dockerfile", "FROM alpine:3.22\nCOPY . /app\n"},
    {"key.txt", "x\n"},
};
static constexpr Example kExamples[] = {
    {.input = Input::compose, .files = kOpen, .flagged = true},
    {.input = Input::compose, .files = kIgnored},
    {.input = Input::compose, .files = kElsewhere},
};

extern constinit const Rule rule = described({
    .name = "secret-file-in-context",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "File of secrets lies in a build context",
    .why =
        "Everything in the folder is sent to the builder, and the next `COPY . .` puts it into a "
        "layer of the image, where\n"
        "the secret stays for all who can pull it.",
    .remedy = "Name the file in `.dockerignore`, or keep secrets in a folder beside the context.",
    .source = "Docker, \"Build context\"; Compose specification, \"secrets\"",
    .aliases = {},
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::secrets::secret_file_in_context
