// Build contexts: what is listed, how often, and what of it is seen.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "engine/check.h"
#include "engine/context_files.h"
#include "engine/recognise.h"
#include "parse/ignorefile/dockerignore.h"

namespace contexts_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

using Paths = std::vector<std::string>;

Paths paths_of(const facts::ContextFiles& files) {
  Paths paths;
  for (const facts::ContextFile& file : files.files) paths.emplace_back(file.path);
  return paths;
}

std::unique_ptr<ContextListing> listed(const MemoryFs& fs, std::string_view ignore,
                                       const ListingSettings& settings = {}) {
  Snapshot snapshot(fs);
  const parse::ignorefile::DockerIgnore file = parse::ignorefile::parse_dockerignore(ignore);
  return list_context(".", file.patterns, settings, fs, snapshot);
}

}  // namespace

TEST_CASE("a context holds what its ignore file does not keep out") {
  const MemoryFs fs({{"a/b.txt", "12"},
                     {"a/c.log", ""},
                     {"a/d/e.txt", ""},
                     {"node_modules/x/y.js", ""},
                     {".gitignore", "a\n"},
                     {"z", "123"}});
  const auto all = listed(fs, "**/*.log\nnode_modules\na/d\n!a/d/e.txt\n", {.sizes = true});
  CHECK(all->files.complete);
  CHECK(paths_of(all->files) == Paths{".gitignore", "a/b.txt", "a/d/e.txt", "z"});
  CHECK(all->files.ignored.size() == 2);
  CHECK(all->files.ignored[1] == "node_modules");
  CHECK(fs.times_listed("node_modules") == 0);
  CHECK(all->files.bytes == 7);
  CHECK(all->files.sizes[0].path == "z");
  REQUIRE(all->files.uses.size() == 4);
  CHECK(all->files.uses[0].matched);
  CHECK(all->files.uses[3].matched);
}

TEST_CASE("clutter is not looked into unless all is wanted") {
  const MemoryFs fs({{".git/objects/aa", ""}, {"a", ""}});
  const auto some = listed(fs, "");
  CHECK(paths_of(some->files) == Paths{"a"});
  REQUIRE(some->files.unwanted.size() == 1);
  CHECK(some->files.unwanted[0].path == ".git");
  CHECK(fs.times_listed(".git") == 0);
  CHECK(paths_of(listed(fs, "", {.whole = true})->files) == Paths{".git/objects/aa", "a"});
}

TEST_CASE("a context that is too deep is not complete") {
  std::string path = "f";
  for (int i = 0; i < 120; ++i) path = "d/" + path;
  const MemoryFs fs({{path, ""}});
  CHECK_FALSE(listed(fs, "")->files.complete);
}

TEST_CASE("many Dockerfiles of one folder list it once") {
  std::map<std::string, std::string> files = {{"src/a/b.js", ""}, {".dockerignore", "*.md\n"}};
  for (int i = 0; i < 50; ++i)
    files["Dockerfile." + std::to_string(i)] = "FROM node:22-slim\nCOPY . /app\n";
  const MemoryFs fs(files);
  const auto selection = select_rules({.preset = rules::Preset::all});
  REQUIRE(selection.has_value());
  const Verdict verdict = check({.paths = {"."}, .today = 20261124, .jobs = 2}, *selection, fs);
  CHECK(verdict.errors.empty());
  CHECK(fs.times_listed("src/a") == 1);
}

TEST_CASE("files of the engine are told by their names and what they hold") {
  CHECK(is_daemon_config("/etc/docker/daemon.json"));
  CHECK_FALSE(is_daemon_config("docker/daemon.json.bak"));
  CHECK(looks_like_seccomp(" {\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}"));
  CHECK_FALSE(looks_like_seccomp("{\"syscalls\": []}"));
  CHECK(looks_like_apparmor("a", "#include <tunables/global>\nprofile x {\n}\n"));
  CHECK(looks_like_apparmor("usr.bin.x.apparmor", "/usr/bin/x {\n}\n"));
  CHECK_FALSE(looks_like_apparmor("a.sh", "f() {\n}\n"));
  CHECK_FALSE(
      recognise_daemon_file("package.json", "{\"defaultAction\": \"SCMP_ACT_ERRNO\"}", false));
  CHECK(recognise_daemon_file("seccomp/x.json",
                              "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}",
                              false) == facts::DaemonKind::seccomp);
}

}  // namespace contexts_test
