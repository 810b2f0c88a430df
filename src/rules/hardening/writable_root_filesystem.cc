// writable-root-filesystem: an intruder can change the container's programs.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/concat.h"
#include "rules/compose_edits.h"
#include "rules/hardening/_lack.h"
#include "rules/needs.h"

namespace plimsoll::rules::hardening::writable_root_filesystem {

static constexpr Alias kAliases[] = {
    {"semgrep",
     "yaml.docker-compose.security.writable-filesystem-service.writable-filesystem-service"},
    {"compose-lint", "CL-0007"},
    {"cis", "5.13"},
};

static constexpr Hardening kWithoutTmp = {
    .compose = "read_only: true", .flag = "--read-only", .what = "a read-only root filesystem"};

// Somewhere to write is already there; a second list of `tmpfs` would not be one service.
static bool has_place_to_write(const facts::Container& c) {
  return !c.mounts.complete || std::ranges::any_of(c.mounts.items, [](const auto& mount) {
    return mount.value.kind == facts::MountKind::tmpfs || mount.value.target == "/tmp";
  });
}

// `web_uploads` for /app/uploads of web.
static std::string volume_name(const facts::Container& c, std::string_view folder) {
  return concat({c.name, "_", folder.substr(folder.rfind('/') + 1)});
}

// Source: compose-go v2.16.2, compose-spec.json: names of volumes.
static bool is_free(const facts::Container& c, std::string_view volume) {
  const auto plain = [](char letter) {
    return is_alnum(letter) || letter == '_' || letter == '-' || letter == '.';
  };
  return std::ranges::all_of(volume, plain) && volume.front() != '-' && volume.front() != '.' &&
         std::ranges::none_of(c.project->volumes,
                              [&](const facts::Volume& known) { return known.name == volume; });
}

// Named volumes, which keep what the container itself would have lost with its next start. False:
// they can't be written.
static bool add_volumes(const facts::Container& c, const std::vector<std::string>& folders,
                        Fix& fix) {
  if (folders.empty()) return true;
  // Each would bring the section along.
  if (folders.size() > 1 && !has_section(c, "volumes")) return false;
  std::vector<std::string> items;
  std::vector<text::Edit> sections;
  for (const std::string& folder : folders) {
    const std::string volume = volume_name(c, folder);
    if (!is_free(c, volume)) return false;
    items.push_back(concat({volume, ":", folder}));
    fix.title += concat({&folder == &folders.front() ? ", a volume at " : ", ", folder});
    std::optional<text::Edit> section = in_section(c, "volumes", {volume, "{}"});
    if (!section) return false;
    sections.push_back(std::move(*section));
  }
  std::optional<text::Edit> list = with_items(c, "volumes", items);
  if (!list) return false;
  // What goes to the file's end stands behind what goes to the service's.
  fix.edits.push_back(std::move(*list));
  fix.edits.insert(fix.edits.end(), sections.begin(), sections.end());
  return true;
}

static std::optional<Fix> made_read_only(const facts::Container& c) {
  const std::optional<Scratch> scratch = needed_scratch(c);
  if (!scratch) return {};
  std::optional<text::Edit> edit =
      c.read_only.known() ? with_value(c, c.read_only, "true") : with_key(c, {"read_only", "true"});
  std::optional<text::Edit> tmpfs = with_items(c, "tmpfs", scratch->temporary);
  if (!edit || (!scratch->temporary.empty() && !tmpfs)) return {};
  Fix fix{.safety = Safety::changes_behaviour,
          .title = "make the root filesystem read-only",
          .edits = {std::move(*edit)}};
  if (scratch->assumed && tmpfs)
    for (const std::string& folder : scratch->temporary)
      fix.title += concat({&folder == &scratch->temporary.front() ? ", with a tmpfs at " : ", ",
                           std::string_view(folder).substr(0, folder.find(':'))});
  if (tmpfs) fix.edits.push_back(std::move(*tmpfs));
  if (!add_volumes(c, scratch->kept, fix)) return {};
  if (scratch->assumed) fix.title += ", taken to write nowhere else";
  return fix;
}

// Where an image isn't known, it may write anywhere.
static std::string options_of_run(const facts::Container& c) {
  const std::optional<Scratch> scratch = needed_scratch(c);
  if (!scratch) return {};
  std::string options = "--read-only";
  for (const std::string& folder : scratch->temporary) options += concat({" --tmpfs ", folder});
  return options;
}

static void check(const facts::Container& c, Findings& out) {
  const facts::Fact<bool>& read_only = c.read_only;
  if (read_only.unknown() || (read_only.known() && read_only.value)) return;
  if (!is_told(c, read_only.where)) return;
  out.push_back({.where = read_only.where,
                 .message = read_only.known() ? "the root filesystem is writable, as is said here"
                                              : "the root filesystem is writable",
                 .aliases = peers(c, kAliases),
                 .fix = made_read_only(c),
                 .hardening = has_place_to_write(c) ? kWithoutTmp : Hardening{}});
  if (c.kind == facts::ContainerKind::run) out.back().run_options = options_of_run(c);
}

static constexpr std::string_view kBuiltDockerfile =
    "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && mkdir uploads && chown node "
    "uploads\nUSER 1000\nCMD [\"npm\", \"start\"]\n";
static constexpr File kBuiltFiles[] = {{"compose.yaml", "services:\n  web:\n    build: .\n"},
                                       {"Dockerfile", kBuiltDockerfile}};
static constexpr File kBuiltFixedFiles[] = {
    {"compose.yaml",
     "services:\n  web:\n    build: .\n    read_only: true\n    tmpfs: [/tmp, "
     "/home/node/.npm:uid=1000]\n    volumes: [web_uploads:/app/uploads]\nvolumes:\n  "
     "web_uploads: {}\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    read_only: true\n    tmpfs: "
              "[/var/cache/nginx, /run]\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    read_only: false\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    read_only: true\n    tmpfs: "
              "[/var/cache/nginx, /run]\n"},
    {.input = Input::compose,
     .text = "services:\n  db: {image: \"postgres:17\", tmpfs: [/tmp]}\n",
     .flagged = true,
     .fixed = "services:\n  db: {image: \"postgres:17\", tmpfs: [/tmp, /var/run/postgresql], "
              "read_only: true}\n"},
    {.files = kBuiltFiles, .flagged = true, .fixed_files = kBuiltFixedFiles},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: registry.example.com/app:1\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -d nginx:1.27\n",
     .flagged = true,
     .fixed = "docker run --read-only --tmpfs /var/cache/nginx --tmpfs /run -d nginx:1.27\n"},
    {.input = Input::run_line,
     .text = "docker run -d registry.example.com/app:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    read_only: true\n    tmpfs: "
             "[/run, /var/cache/nginx]\n"},
    {.input = Input::run_line, .text = "docker run -d --read-only --tmpfs /tmp nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "writable-root-filesystem",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "Root filesystem is writable",
    .why =
        "Who takes over a service can replace its programs and leave tools behind. With a "
        "read-only root nothing\n"
        "changes but what is mounted. Most images write somewhere: nginx to /var/cache/nginx and "
        "/run, PHP's Apache\n"
        "to /run/apache2, Grafana and many others to /tmp, Python to `__pycache__` (silently); "
        "where nothing is mounted they stop\n"
        "with \"Read-only file system\". A tmpfs forbids programs to be run from it: images built "
        "with s6-overlay need\n"
        "`/run:exec`, Elasticsearch, Jenkins and SonarQube an executable /tmp.",
    .remedy = "Set `read_only: true` (`--read-only`) and mount a tmpfs or a volume wherever the "
              "program writes; `docker diff`\n"
              "of a running container lists these places. Data goes to a volume, never to a tmpfs.",
    .source = "CIS Docker Benchmark 1.6, 5.13",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "read_only: true\ntmpfs: [/tmp]",
                  .flag = "--read-only --tmpfs /tmp",
                  .what = "a read-only root filesystem"},
});

}  // namespace plimsoll::rules::hardening::writable_root_filesystem
