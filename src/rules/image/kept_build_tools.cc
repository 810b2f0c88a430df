// kept-build-tools: compilers that were needed to build stay in the image that is shipped.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/image/_base.h"
#include "rules/image/_split.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::kept_build_tools {

using facts::Command;
using facts::PackageAction;
using facts::Stage;

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-multi-stage-build"}};

// Packages that hold a compiler, of all distributions.
static constexpr std::string_view kCompilers[] = {
    "build-base", "build-essential", "cargo",     "clang", "default-jdk", "g++",  "gcc",
    "gcc-c++",    "gfortran",        "golang-go", "maven", "rust",        "rustc"};
static_assert(std::ranges::is_sorted(kCompilers));

struct Kit {
  std::string_view repository, program;
  std::string_view verbs[3];
};
// Images whose purpose is to build, and what is called to do so.
static constexpr Kit kKits[] = {
    {"golang", "go", {"build", "install"}},
    {"gradle", "gradle", {"assemble", "bootJar", "build"}},
    {"maven", "mvn", {"install", "package", "verify"}},
    {"mcr.microsoft.com/dotnet/sdk", "dotnet", {"build", "publish"}},
    {"rust", "cargo", {"build", "install"}},
};

// Calls `visit` for each command of what is shipped, from the first stage of its chain on.
template <class Visit>
static void for_each_command(const Stage& stage, Visit visit) {
  if (stage.base.stage != nullptr) for_each_command(*stage.base.stage, visit);
  for (const facts::Run& run : stage.runs)
    if (!run.trigger)
      for (const Command& command : run.commands) visit(command);
}

// Does some command remove the package, or the group that it was installed as?
static bool is_removed(const Stage& stage, std::string_view name, std::string_view group) {
  bool removed = false;
  for_each_command(stage, [&](const Command& command) {
    // `apt-mark auto` leaves it to --auto-remove what goes.
    removed |= command.name == "apt-mark";
    const facts::PackageCall* call = command.packages;
    if (call == nullptr || call->action != PackageAction::remove) return;
    // What is removed is no fact of its own; the words are those packages and some options.
    removed |= std::ranges::any_of(command.words, [&](const parse::shell::Word& word) {
      return !word.known || word.value == name || (!group.empty() && word.value == group);
    });
  });
  return removed;
}

static void check_install(const Stage& ships, const Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != PackageAction::install) return;
  const std::string_view group = command.option("-t", "--virtual");
  for (const facts::Package& package : call->packages) {
    if (!package.known || !std::ranges::binary_search(kCompilers, package.name)) continue;
    if (is_removed(ships, package.name, group)) continue;
    out.push_back({.where = command.place(package.span),
                   .message = concat({package.name, " stays in the image"})});
    return;
  }
}

static void check_kit(const Stage& ships, const Kit& kit, Findings& out) {
  bool told = false;
  for_each_command(ships, [&](const Command& command) {
    if (told || command.name != kit.program || command.words.size() < 2) return;
    const auto is_verb = [&](const parse::shell::Word& word) {
      return word.known && !word.value.empty() &&
             std::ranges::find(kit.verbs, word.value) != std::end(kit.verbs);
    };
    if (std::ranges::none_of(command.words.subspan(1), is_verb)) return;
    told = true;
    out.push_back({.where = command.place(),
                   .message = concat({"what it builds is shipped together with all of ",
                                      ships.root->reference.value}),
                   .fix = split(*ships.build)});
  });
}

static void check(const facts::Build& build, Findings& out) {
  if (build.target == nullptr) return;
  const Stage& ships = *build.target;
  if (static_site_recipe(ships))
    out.push_back({.where = build.place(ships.base.span),
                   .message = concat({"the files that it builds are served by all of ",
                                      ships.root->reference.value}),
                   .fix = split(build)});
  for_each_command(ships, [&](const Command& command) { check_install(ships, command, out); });
  if (!names_image(*ships.root)) return;
  const std::string image = repository(*ships.root);
  for (const Kit& kit : kKits)
    if (kit.repository == image) check_kit(ships, kit, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc "
             "libpq-dev && pip install psycopg2\n",
     .flagged = true},
    {.text = "FROM golang:1.26\nCOPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n",
     .flagged = true},
    {.text = "FROM golang:1.26\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n"
             "COPY *.go ./\nRUN CGO_ENABLED=0 go build -o /app .\nEXPOSE 8080\n"
             "CMD [\"/app\"]\n",
     .flagged = true,
     .fixed = "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\n"
              "RUN go mod download\nCOPY *.go ./\nRUN CGO_ENABLED=0 go build -o /app .\n"
              "FROM gcr.io/distroless/static-debian13:nonroot\nWORKDIR /src\n"
              "COPY --from=build /app /app\nEXPOSE 8080\nCMD [\"/app\"]\n"},
    {.text = "FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n"
             "RUN npm run build\nEXPOSE 3000\nCMD [\"npx\", \"serve\", \"-s\", \"dist\"]\n",
     .flagged = true,
     .fixed = "FROM node:24 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n"
              "COPY . .\nRUN npm run build\nFROM nginxinc/nginx-unprivileged:stable-alpine\n"
              "COPY --from=build /app/dist /usr/share/nginx/html\n"
              "COPY <<'EOF' /etc/nginx/conf.d/default.conf\n"
              "server {\n    listen 3000;\n    root /usr/share/nginx/html;\n"
              "    location / {\n        try_files $uri /index.html;\n    }\n}\nEOF\n"
              "EXPOSE 3000\n"},
    {.text = "FROM golang:1.26 AS build\nCOPY . .\nRUN go build -o /app .\n"
             "FROM gcr.io/distroless/base-debian12\nCOPY --from=build /app /app\n"},
    {.text = "FROM alpine:3.22\nRUN apk add --virtual .build gcc musl-dev && make && apk del "
             ".build\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-build-tools",
    .severity = Severity::low,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "Compilers are shipped",
    .why = "A compiler and the headers around it weigh hundreds of megabytes, bring holes of their "
           "own, and serve whoever gets\n"
           "into the container. What runs needs none of them.",
    .remedy = "Build in a stage of its own, and copy the result into a small last stage.",
    .source = "Docker, Building best practices, \"Use multi-stage builds\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::kept_build_tools
