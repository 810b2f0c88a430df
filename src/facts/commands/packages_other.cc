// RubyGems, Go, Cargo and Composer.
// Sources: guides.rubygems.org/command-reference; go.dev/ref/mod; doc.rust-lang.org/cargo;
// getcomposer.org/doc/03-cli.md; hadolint's DL3028 and DL3062 for what is pinned.
#include <algorithm>

#include "facts/commands/packages.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using enum PackageAction;

// --- gem ---

constexpr std::string_view kGemWords[] = {
    "bindir",   "build-root", "bulk-threshold",  "config-file",  "http-proxy", "install-dir",
    "platform", "source",     "target-rbconfig", "trust-policy", "version",    "without"};
constexpr ActionWord kGemActions[] = {
    {"cleanup", clean},    {"i", install},      {"install", install},
    {"uninstall", remove}, {"update", upgrade},
};

bool split_gem(PackageReading& /*reading*/, std::string_view text, Package& package) {
  package.name = text;
  package.local = text.ends_with(".gem") || is_path(text);
  if (!package.local) split_at_operator(text, ":", package);
  return true;
}

void read_gem_option(PackageReading& reading, const Argument& argument) {
  if (argument.is("v", "version")) reading.version_for_all = argument.value;
  if (argument.is("g", "file")) reading.call.from_file = true;
}

// --- go ---

constexpr std::string_view kGoWords[] = {
    "C",          "asmflags", "buildmode",     "compiler", "covermode", "coverpkg", "exec",
    "gccgoflags", "gcflags",  "installsuffix", "ldflags",  "mod",       "modfile",  "o",
    "overlay",    "p",        "pgo",           "pkgdir",   "tags",      "toolexec"};
constexpr ActionWord kGoActions[] = {
    {"clean", clean},     {"download", install, kFromFile}, {"get", install},
    {"install", install}, {"mod", other, kPrefix},          {"run", install, kOnePackage},
};
static_assert(std::ranges::is_sorted(kGoWords));

bool split_go(PackageReading& /*reading*/, std::string_view text, Package& package) {
  split_at_operator(text, "@", package);
  // A path whose first part has no dot is the standard library's or the module's own.
  const std::string_view first = text.substr(0, text.find('/'));
  const bool variable = first.find_first_of("$`") != std::string_view::npos;
  package.local =
      is_path(text) || text == "." || text.ends_with(".go") || text.find("...") == 0 ||
      (!variable && package.version.empty() && first.find('.') == std::string_view::npos);
  return true;
}

// --- cargo ---

constexpr std::string_view kCargoWords[] = {
    "bin",   "branch", "color",          "config",     "example", "features", "git",
    "index", "jobs",   "message-format", "path",       "profile", "registry", "rev",
    "root",  "tag",    "target",         "target-dir", "vers",    "version"};
constexpr ActionWord kCargoActions[] = {
    {"binstall", install}, {"install", install}, {"uninstall", remove}};
static_assert(std::ranges::is_sorted(kCargoWords));

bool split_cargo(PackageReading& /*reading*/, std::string_view text, Package& package) {
  split_at_operator(text, "@", package);
  return true;
}

void read_cargo_option(PackageReading& reading, const Argument& argument) {
  if (argument.is("", "version") || argument.is("", "vers") || argument.is("", "rev") ||
      argument.is("", "tag")) {
    reading.version_for_all = argument.value;
  }
  if (argument.is("", "path")) reading.call.from_file = true;
  if (argument.is("", "git") && argument.value_at != nullptr && reading.call.action == install) {
    add_package(reading, *argument.value_at, {.name = argument.value});
  }
}

// --- composer ---

constexpr std::string_view kComposerWords[] = {
    "apcu-autoloader-prefix", "ignore-platform-req", "prefer-install", "repository",
    "repository-url",         "stability",           "working-dir"};
constexpr ActionWord kComposerActions[] = {
    {"cc", clean},
    {"clear-cache", clean},
    {"clearcache", clean},
    {"create-project", install, kOnePackage},
    {"global", other, kPrefix},
    {"i", install, kFromFile},
    {"install", install, kFromFile},
    {"remove", remove},
    {"require", install},
    {"u", upgrade},
    {"update", upgrade},
    {"upgrade", upgrade},
};
static_assert(std::ranges::is_sorted(kComposerActions, {}, &ActionWord::word));

// `vendor/name:^1.0`, `vendor/name=^1.0`, `vendor/name ^1.0`, also as two words.
bool split_composer(PackageReading& reading, std::string_view text, Package& package) {
  std::vector<Package>& packages = reading.to.scratch.packages;
  const bool is_version =
      !text.empty() && std::string_view("0123456789^~<>=*").find(text[0]) != std::string_view::npos;
  if (is_version && !packages.empty() && text.find('/') == std::string_view::npos) {
    packages.back().version = text;
    return false;
  }
  split_at_operator(text, ":= ", package);
  return true;
}

void read_composer_option(PackageReading& reading, const Argument& argument) {
  if (argument.is("n", "no-interaction")) reading.call.assume_yes = true;
  if (argument.is("", "no-cache")) reading.call.no_cache = true;
}

}  // namespace

namespace ecosystems {

constinit const Ecosystem gem{.manager = Manager::gem,
                              .options = {.letters = "vinsPpB", .words = kGemWords},
                              .actions = kGemActions,
                              .split = split_gem,
                              .option = read_gem_option};
constinit const Ecosystem go{.manager = Manager::go,
                             .options = {.words = kGoWords, .single_dash = true},
                             .actions = kGoActions,
                             .split = split_go};
constinit const Ecosystem cargo{.manager = Manager::cargo,
                                .options = {.letters = "FjZC", .words = kCargoWords},
                                .actions = kCargoActions,
                                .split = split_cargo,
                                .option = read_cargo_option};
constinit const Ecosystem composer{.manager = Manager::composer,
                                   .options = {.letters = "ds", .words = kComposerWords},
                                   .actions = kComposerActions,
                                   .split = split_composer,
                                   .option = read_composer_option,
                                   .never_asks = false};

}  // namespace ecosystems

}  // namespace plimsoll::facts
