// npm, Yarn and pnpm.
// Sources: docs.npmjs.com, "npm-install" and "package-spec"; yarnpkg.com; pnpm.io; hadolint's
// DL3016 for what is pinned.
#include <algorithm>

#include "facts/commands/packages.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using enum PackageAction;

constexpr std::string_view kNpmWords[] = {"before",
                                          "cache",
                                          "cafile",
                                          "cpu",
                                          "fetch-retries",
                                          "fetch-retry-maxtimeout",
                                          "fetch-retry-mintimeout",
                                          "fetch-timeout",
                                          "https-proxy",
                                          "include",
                                          "install-strategy",
                                          "libc",
                                          "location",
                                          "loglevel",
                                          "maxsockets",
                                          "noproxy",
                                          "omit",
                                          "os",
                                          "otp",
                                          "prefix",
                                          "proxy",
                                          "registry",
                                          "save-prefix",
                                          "script-shell",
                                          "tag",
                                          "userconfig",
                                          "workspace"};
constexpr ActionWord kNpmActions[] = {
    {"add", install},
    {"cache", other, kPrefix},
    {"ci", install, kFromFile},
    {"clean", clean},
    {"clean-install", install, kFromFile},
    {"i", install},
    {"ic", install, kFromFile},
    {"in", install},
    {"ins", install},
    {"inst", install},
    {"insta", install},
    {"instal", install},
    {"install", install},
    {"install-clean", install, kFromFile},
    {"isnt", install},
    {"isnta", install},
    {"isntal", install},
    {"isntall", install},
    {"r", remove},
    {"remove", remove},
    {"rm", remove},
    {"un", remove},
    {"uninstall", remove},
    {"unlink", remove},
    {"up", upgrade},
    {"update", upgrade},
    {"upgrade", upgrade},
};
static_assert(std::ranges::is_sorted(kNpmWords));
static_assert(std::ranges::is_sorted(kNpmActions, {}, &ActionWord::word));

constexpr std::string_view kYarnWords[] = {"cache-folder",    "cwd",
                                           "global-folder",   "https-proxy",
                                           "link-folder",     "modules-folder",
                                           "mutex",           "network-concurrency",
                                           "network-timeout", "preferred-cache-folder",
                                           "prefix",          "proxy",
                                           "registry",        "use-yarnrc"};
constexpr ActionWord kYarnActions[] = {
    {"add", install},
    {"cache", other, kPrefix},
    {"clean", clean},
    {"global", other, kPrefix},
    {"install", install, kFromFile},
    {"remove", remove},
    {"up", upgrade},
    {"upgrade", upgrade},
};
static_assert(std::ranges::is_sorted(kYarnWords));

constexpr std::string_view kPnpmWords[] = {"dir",
                                           "filter",
                                           "filter-prod",
                                           "lockfile-dir",
                                           "loglevel",
                                           "modules-dir",
                                           "network-concurrency",
                                           "prefix",
                                           "registry",
                                           "reporter",
                                           "store-dir",
                                           "virtual-store-dir",
                                           "workspace-concurrency"};
constexpr ActionWord kPnpmActions[] = {
    {"add", install},     {"ci", install, kFromFile}, {"i", install},  {"install", install},
    {"prune", clean},     {"remove", remove},         {"rm", remove},  {"store", other, kPrefix},
    {"un", remove},       {"uninstall", remove},      {"up", upgrade}, {"update", upgrade},
    {"upgrade", upgrade},
};
static_assert(std::ranges::is_sorted(kPnpmWords));
static_assert(std::ranges::is_sorted(kPnpmActions, {}, &ActionWord::word));

constexpr std::string_view kGitStarts[] = {
    "git+", "git://", "git@", "github:", "gitlab:", "bitbucket:", "gist:", "ssh://"};
constexpr std::string_view kTarballs[] = {".tgz", ".tar.gz", ".tar"};

bool is_git(std::string_view text) {
  if (std::ranges::any_of(kGitStarts,
                          [&](std::string_view start) { return text.starts_with(start); }))
    return true;
  if (is_web_url(text)) return text.substr(0, text.find('#')).ends_with(".git");
  // owner/name is GitHub's.
  return !text.starts_with('@') && text.find('/') != std::string_view::npos;
}

bool split_node(PackageReading& reading, std::string_view text, Package& package) {
  package.name = text;
  if (text == "true" || text == "false") return false;  // `--unsafe-perm true`
  const bool tarball = std::ranges::any_of(
      kTarballs, [&](std::string_view ending) { return text.ends_with(ending); });
  if (is_path(text) || text == "." || tarball || text.starts_with("link:") ||
      text.starts_with("file:")) {
    package.local = true;
    return true;
  }
  const std::size_t at = text.find('@', 1);
  // `alias@npm:name@1`, and a repository under another name.
  std::string_view target = at == std::string_view::npos ? text : text.substr(at + 1);
  if (target.starts_with("npm:")) return split_node(reading, target.substr(4), package);
  if (is_git(text) || (at != std::string_view::npos && is_git(target))) {
    const std::size_t hash = text.find('#');
    package.name = text.substr(0, hash);
    if (hash != std::string_view::npos) package.version = text.substr(hash + 1);
    return true;
  }
  if (is_web_url(text)) {
    package.local = true;
    return true;
  }
  package.name = text.substr(0, at);
  if (at != std::string_view::npos) package.version = target;
  return true;
}

}  // namespace

namespace ecosystems {

constinit const Ecosystem npm{.manager = Manager::npm,
                              .options = {.letters = "wC", .words = kNpmWords},
                              .actions = kNpmActions,
                              .split = split_node,
                              .bare_reads_file = true};
constinit const Ecosystem yarn{.manager = Manager::yarn,
                               .options = {.words = kYarnWords},
                               .actions = kYarnActions,
                               .split = split_node,
                               .without_words = install,
                               .bare_reads_file = true};
constinit const Ecosystem pnpm{.manager = Manager::pnpm,
                               .options = {.letters = "CF", .words = kPnpmWords},
                               .actions = kPnpmActions,
                               .split = split_node,
                               .bare_reads_file = true};

}  // namespace ecosystems

}  // namespace plimsoll::facts
