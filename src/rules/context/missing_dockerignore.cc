// missing-dockerignore: the whole context is copied, and nothing keeps secrets and rubbish out of
// it.
#include <algorithm>
#include <string>

#include "base/concat.h"
#include "facts/context.h"
#include "rules/context/_ignore_lines.h"
#include "rules/rule.h"

namespace plimsoll::rules::context::missing_dockerignore {

// `COPY . /app`: the path of the source's word; null: the copy takes named files.
static const facts::Copy::Source* whole_context(const facts::Copy& copy) {
  if (!copy.from.absent() || copy.from_stage != nullptr) return nullptr;
  const auto found = std::ranges::find_if(copy.sources, [](const facts::Copy::Source& source) {
    const std::string_view path =
        source.path.known() && !source.heredoc ? source.path.value : std::string_view{};
    return path == "." || path == "./" || path == "/" || path == "*" || path == "./*";
  });
  return found == copy.sources.end() ? nullptr : &*found;
}

static const facts::Copy::Source* first_whole_context(const facts::Build& build) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies)
      if (const facts::Copy::Source* source = whole_context(copy)) return source;
  return nullptr;
}

static std::string listed(std::span<const std::string_view> names) {
  std::string text(names.front());
  const std::size_t shown = std::min<std::size_t>(names.size(), 4);
  for (std::size_t i = 1; i < shown; ++i)
    text += concat({i + 1 == names.size() ? " and " : ", ", names[i]});
  if (names.size() > shown)
    text += concat({" and ", std::to_string(names.size() - shown), " more"});
  return text;
}

// A folder of Dockerfiles: `COPY .` is meant for another context, or has nothing to copy.
static bool only_dockerfiles(const facts::Context& context) {
  constexpr std::string_view kNames[] = {"ockerfile", "ontainerfile", "compose"};
  return std::ranges::all_of(context.names, [&](std::string_view file) {
    return std::ranges::any_of(
        kNames, [&](std::string_view name) { return file.find(name) != std::string_view::npos; });
  });
}

static void check(const facts::Context& context, Findings& out) {
  if (!context.known || !context.ignore_file.empty() || only_dockerfiles(context)) return;
  const facts::Copy::Source* source = first_whole_context(*context.build);
  if (source == nullptr) return;
  const std::span<const std::string_view> names = context.unwanted;
  out.push_back(
      {.where = source->path.where,
       .message = names.empty()
                      ? std::string(
                            "all of the context is copied, and no .dockerignore keeps anything out")
                      : concat({"all of the context is copied, and no .dockerignore keeps ",
                                listed(names), " out"}),
       .fix = new_ignore_file(context)});
}

static constexpr std::string_view kDockerfile = "FROM node:22-slim\nCOPY . /app\n";
static constexpr File kWithSecrets[] = {{"Dockerfile", kDockerfile}, {".env", "DB_PASSWORD=x\n"}};
static constexpr File kRepository[] = {
    {"Dockerfile", kDockerfile}, {"package.json", "{}\n"}, {".git/HEAD", "\n"}};
static constexpr File kMade[] = {
    {".dockerignore",
     "# The repository and its history\n**/.git\n\n# How images are built and started\nDockerfile\n"
     "\n# Secrets\n**/.env\n\n# Node.js\n**/node_modules\n"}};
static constexpr File kIgnored[] = {
    {"Dockerfile", kDockerfile}, {".env", "DB_PASSWORD=x\n"}, {".dockerignore", ".env\n"}};
static constexpr File kOwnIgnored[] = {{"Dockerfile", kDockerfile},
                                       {"Dockerfile.dockerignore", ".env\n"}};
static constexpr File kNamed[] = {{"Dockerfile", "FROM node:22-slim\nCOPY src /app\n"},
                                  {"src/index.js", "\n"}};

static constexpr Example kExamples[] = {
    {.files = kWithSecrets, .flagged = true},
    {.files = kRepository, .flagged = true, .fixed_files = kMade},
    {.files = kIgnored},
    {.files = kOwnIgnored},
    {.files = kNamed},
};

extern constinit const Rule rule = described({
    .name = "missing-dockerignore",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Whole context copied without a .dockerignore",
    .why = "`COPY .` takes what happens to lie in the folder: `.env` files, keys, the repository "
           "with all of its history.\n"
           "It also sends it to the builder each time, and a change in any of it throws the cache "
           "away.",
    .remedy = "Add a `.dockerignore` that names at least `.git`, `.env*` and `node_modules`, or "
              "copy by name.",
    .source = "Docker, Build context, \".dockerignore files\"",
    .examples = kExamples,
    .check = OnContext{.check = check, .files = true},
});

}  // namespace plimsoll::rules::context::missing_dockerignore
