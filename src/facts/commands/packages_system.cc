// The package managers of distributions: apt, apk, dnf and its family, zypper.
// Sources: apt-get(8), aptitude(8), apk(8), dnf(8), yum(8), zypper(8); hadolint's DL3008, DL3018,
// DL3033, DL3037, DL3041 for what counts as a stated version.
#include <algorithm>

#include "facts/commands/packages.h"
#include "facts/rpm.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using enum PackageAction;

// --- apt ---

constexpr std::string_view kAptWords[] = {"build-profiles",    "config-file", "default-release",
                                          "host-architecture", "option",      "solver",
                                          "target-release"};
constexpr ActionWord kAptActions[] = {
    {"autoclean", clean},      {"autopurge", remove},          {"autoremove", remove},
    {"clean", clean},          {"dist-clean", clean},          {"dist-upgrade", dist_upgrade},
    {"distclean", clean},      {"full-upgrade", dist_upgrade}, {"install", install},
    {"purge", remove},         {"reinstall", install},         {"remove", remove},
    {"safe-upgrade", upgrade}, {"update", refresh_index},      {"upgrade", upgrade},
};
static_assert(std::ranges::is_sorted(kAptActions, {}, &ActionWord::word));

bool split_apt(PackageReading& /*reading*/, std::string_view text, Package& package) {
  package.name = text;
  if (is_path(text) || text.ends_with(".deb")) {
    package.local = true;
    return true;
  }
  split_at_operator(text, text.find('=') != std::string_view::npos ? "=" : "/", package);
  package.name = package.name.substr(0, package.name.find(':'));  // the architecture
  return true;
}

// `-o APT::Install-Recommends=false`
void read_apt_setting(PackageReading& reading, std::string_view setting) {
  const std::size_t equals = setting.find('=');
  if (equals == std::string_view::npos) return;
  const std::string_view key = setting.substr(0, equals), value = setting.substr(equals + 1);
  if (equal_ignoring_case(key, "APT::Install-Recommends"))
    reading.call.no_recommends = is_false_word(value);
  if (equal_ignoring_case(key, "APT::Get::Assume-Yes"))
    reading.call.assume_yes = !is_false_word(value);
}

void read_apt_option(PackageReading& reading, const Argument& argument) {
  PackageCall& call = reading.call;
  if (argument.is("y", "yes") || argument.is("", "assume-yes") || argument.is("", "force-yes"))
    call.assume_yes = true;
  if (argument.is("", "no-install-recommends")) call.no_recommends = true;
  if (argument.is("R", "without-recommends") && call.program == "aptitude")
    call.no_recommends = true;
  if (argument.is("o", "option") && argument.value_known) read_apt_setting(reading, argument.value);
  // apt-get(8): "quiet level 2 implies -y".
  if (argument.is("q", "quiet"))
    reading.quiet += argument.value == "2" || argument.value == "3" ? 2 : 1;
}

// --- apk ---

constexpr std::string_view kApkWords[] = {
    "arch",       "cache-dir", "cache-max-age", "keys-dir", "progress-fd", "repositories-file",
    "repository", "root",      "timeout",       "virtual",  "wait"};
constexpr ActionWord kApkActions[] = {
    {"add", install}, {"cache", other, kPrefix}, {"clean", clean},
    {"del", remove},  {"update", refresh_index}, {"upgrade", upgrade},
};

bool split_apk(PackageReading& /*reading*/, std::string_view text, Package& package) {
  package.name = text;
  if (text.starts_with('!')) return false;  // a conflict
  package.local = text.ends_with(".apk") || is_path(text);
  if (!package.local) split_at_operator(text, "=~<>", package);
  package.name = package.name.substr(0, package.name.find('@'));  // the repository's tag
  return true;
}

void read_apk_option(PackageReading& reading, const Argument& argument) {
  if (argument.is("", "no-cache")) reading.call.no_cache = true;
  if (argument.is("i", "interactive")) reading.call.assume_yes = false;
}

// --- dnf, yum, microdnf ---

constexpr std::string_view kDnfWords[] = {
    "advisories",   "advisory",    "bz",           "bzs",          "color",      "comment",
    "config",       "cve",         "cves",         "debuglevel",   "destdir",    "disableplugin",
    "disablerepo",  "downloaddir", "enableplugin", "enablerepo",   "errorlevel", "exclude",
    "excludepkgs",  "forcearch",   "installroot",  "randomwait",   "releasever", "repo",
    "repofrompath", "repoid",      "rpmverbosity", "sec-severity", "setopt"};
constexpr ActionWord kDnfActions[] = {
    {"autoremove", remove},
    {"check-update", refresh_index},
    {"clean", clean},
    {"distro-sync", upgrade},
    {"downgrade", install},
    {"dsync", upgrade},
    {"erase", remove},
    {"group", other, kPrefix | kGroup},
    {"groupinstall", install, kGroup},
    {"groups", other, kPrefix | kGroup},
    {"in", install},
    {"install", install},
    {"localinstall", install},
    {"makecache", refresh_index},
    {"mc", refresh_index},
    {"module", other, kPrefix | kModule},
    {"reinstall", install},
    {"remove", remove},
    {"rm", remove},
    {"up", upgrade},
    {"update", upgrade},
    {"update-minimal", upgrade},
    {"upgrade", upgrade},
    {"upgrade-minimal", upgrade},
};
static_assert(std::ranges::is_sorted(kDnfWords));
static_assert(std::ranges::is_sorted(kDnfActions, {}, &ActionWord::word));

bool split_dnf(PackageReading& reading, std::string_view text, Package& package) {
  package.name = text;
  if (text.starts_with('@')) return false;  // a group
  if (text.ends_with(".rpm") || is_path(text) || is_web_url(text)) {
    package.local = true;
    return true;
  }
  if ((reading.traits & kModule) != 0) {
    split_at_operator(text, ":", package);
    return true;
  }
  const RpmName split = split_rpm_name(text);
  package.name = split.name;
  package.version = split.version;
  return true;
}

void read_dnf_option(PackageReading& reading, const Argument& argument) {
  if (argument.is("y", "assumeyes") || argument.is("", "assume-yes"))
    reading.call.assume_yes = true;
  if (!argument.is("", "setopt")) return;
  const std::size_t equals = argument.value.find('=');
  if (equals == std::string_view::npos) return;
  const std::string_view name = argument.value.substr(0, equals);
  const bool off = is_false_word(argument.value.substr(equals + 1));
  if (name == "install_weak_deps") reading.call.no_recommends = off;
  if (name == "assumeyes") reading.call.assume_yes = !off;
}

constexpr Options kDnfOptions{.letters = "cdeRx", .words = kDnfWords};

// --- zypper ---

constexpr std::string_view kZypperWords[] = {
    "cache-dir",  "config",        "from",           "installroot", "plus-content",
    "plus-repo",  "pkg-cache-dir", "raw-cache-dir",  "releasever",  "repo",
    "reposd-dir", "root",          "solv-cache-dir", "type"};
constexpr ActionWord kZypperActions[] = {
    {"cc", clean},
    {"clean", clean},
    {"dist-upgrade", dist_upgrade},
    {"dup", dist_upgrade},
    {"in", install},
    {"install", install},
    {"patch", upgrade},
    {"ref", refresh_index},
    {"refresh", refresh_index},
    {"remove", remove},
    {"rm", remove},
    {"si", install, kGroup},
    {"source-install", install, kGroup},
    {"up", upgrade},
    {"update", upgrade},
};
static_assert(std::ranges::is_sorted(kZypperActions, {}, &ActionWord::word));

bool split_zypper(PackageReading& /*reading*/, std::string_view text, Package& package) {
  package.name = text;
  package.local = text.ends_with(".rpm") || is_path(text) || is_web_url(text);
  if (package.local) return true;
  split_at_operator(text, "=<>", package);
  if (package.version.empty() && text.find(':') != std::string_view::npos)
    package.name = text.substr(text.find(':') + 1);
  return true;
}

void read_zypper_option(PackageReading& reading, const Argument& argument) {
  // Behind the action `-n` is --name: how packages are looked up.
  const bool global = reading.call.action_text.empty();
  if (argument.is("", "non-interactive") || argument.is("y", "no-confirm") ||
      (global && argument.is("n", "")))
    reading.call.assume_yes = true;
  if (argument.is("", "no-recommends")) reading.call.no_recommends = true;
  if (argument.is("t", "type") && argument.value != "package")
    reading.traits |= kGroup;  // patterns, products
}

}  // namespace

namespace ecosystems {

constinit const Ecosystem apt{.manager = Manager::apt,
                              .options = {.letters = "tocaP", .words = kAptWords},
                              .actions = kAptActions,
                              .split = split_apt,
                              .option = read_apt_option,
                              .never_asks = false};
constinit const Ecosystem apk{.manager = Manager::apk,
                              .options = {.letters = "tXp", .words = kApkWords},
                              .actions = kApkActions,
                              .split = split_apk,
                              .option = read_apk_option};
constinit const Ecosystem dnf{.manager = Manager::dnf,
                              .options = kDnfOptions,
                              .actions = kDnfActions,
                              .split = split_dnf,
                              .option = read_dnf_option,
                              .never_asks = false};
constinit const Ecosystem microdnf{.manager = Manager::microdnf,
                                   .options = kDnfOptions,
                                   .actions = kDnfActions,
                                   .split = split_dnf,
                                   .option = read_dnf_option,
                                   .never_asks = false};
constinit const Ecosystem yum{.manager = Manager::yum,
                              .options = kDnfOptions,
                              .actions = kDnfActions,
                              .split = split_dnf,
                              .option = read_dnf_option,
                              .never_asks = false};
constinit const Ecosystem zypper{.manager = Manager::zypper,
                                 .options = {.letters = "rtRCDpc", .words = kZypperWords},
                                 .actions = kZypperActions,
                                 .split = split_zypper,
                                 .option = read_zypper_option,
                                 .never_asks = false};

}  // namespace ecosystems

}  // namespace plimsoll::facts
