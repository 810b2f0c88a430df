// pip, also as `python -m pip`.
// Sources: pip's user guide, "pip install"; PEP 508 (requirements), PEP 440 (version operators);
// hadolint's DL3013.
#include <algorithm>

#include "facts/commands/packages.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using enum PackageAction;

constexpr std::string_view kPipWords[] = {"abi",
                                          "build",
                                          "build-constraint",
                                          "cache-dir",
                                          "cert",
                                          "client-cert",
                                          "config-setting",
                                          "config-settings",
                                          "constraint",
                                          "dest",
                                          "editable",
                                          "exists-action",
                                          "extra-index-url",
                                          "find-links",
                                          "global-option",
                                          "group",
                                          "implementation",
                                          "index-url",
                                          "install-option",
                                          "keyring-provider",
                                          "log",
                                          "no-binary",
                                          "only-binary",
                                          "platform",
                                          "prefix",
                                          "progress-bar",
                                          "proxy",
                                          "python",
                                          "python-version",
                                          "report",
                                          "requirement",
                                          "resume-retries",
                                          "retries",
                                          "root",
                                          "root-user-action",
                                          "src",
                                          "target",
                                          "timeout",
                                          "trusted-host",
                                          "upgrade-strategy",
                                          "use-deprecated",
                                          "use-feature",
                                          "wheel-dir"};
constexpr ActionWord kPipActions[] = {
    {"cache", other, kPrefix},
    {"install", install},
    {"purge", clean},
    {"uninstall", remove},
};
static_assert(std::ranges::is_sorted(kPipWords));

constexpr std::string_view kVersionControls[] = {"git+", "hg+", "svn+", "bzr+"};
constexpr std::string_view kFiles[] = {".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz"};

// `git+https://host/owner/name.git@ref#egg=name`: the ref stands behind the last `@` of the path.
bool split_version_control(std::string_view text, Package& package) {
  const std::size_t fragment = text.find('#');
  const std::string_view url = text.substr(0, fragment);
  const std::size_t host = url.find("://");
  const std::size_t path = host == std::string_view::npos ? url.find(':') : url.find('/', host + 3);
  if (path == std::string_view::npos) return true;
  const std::size_t at = url.rfind('@');
  const bool has_ref = at != std::string_view::npos && at > path;
  if (has_ref) package.version = url.substr(at + 1);
  std::string_view name = url.substr(0, has_ref ? at : url.size());
  name = name.substr(name.find_last_of("/:") + 1);
  if (name.ends_with(".git")) name.remove_suffix(4);
  package.name = name;
  const std::size_t egg = text.find("#egg=");
  if (egg != std::string_view::npos)
    package.name = text.substr(egg + 5, text.find('&', egg) - egg - 5);
  return true;
}

bool is_version_control(std::string_view text) {
  return std::ranges::any_of(kVersionControls,
                             [&](std::string_view start) { return text.starts_with(start); });
}

bool is_file(std::string_view text) {
  text = text.substr(0, text.find('#'));
  return std::ranges::any_of(kFiles,
                             [&](std::string_view ending) { return text.ends_with(ending); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

bool split_pip(PackageReading& reading, std::string_view text, Package& package) {
  package.name = text;
  if (text == "." || text.starts_with(".[")) {
    reading.call.from_file = true;
    return false;
  }
  if (is_version_control(text)) return split_version_control(text, package);
  if (const std::size_t at = text.find(" @ ");
      at != std::string_view::npos) {  // PEP 508: `name @ URL`
    const std::string_view url = trimmed(text.substr(at + 3));
    if (is_version_control(url)) {
      split_version_control(url, package);
    } else {
      package.version = url;
    }
    package.name = trimmed(text.substr(0, at));
    return true;
  }
  if (is_web_url(text) || text.find('/') != std::string_view::npos || is_file(text)) {
    package.local = true;
    return true;
  }
  text = trimmed(text.substr(0, text.find(';')));  // the environment marker
  split_at_operator(text, "=~!<>", package);
  package.name = trimmed(package.name.substr(0, package.name.find('[')));
  package.version = trimmed(package.version);
  return true;
}

void read_pip_option(PackageReading& reading, const Argument& argument) {
  PackageCall& call = reading.call;
  // An abbreviation is as good: pip's parser takes any that is unique.
  if (argument.is("", "no-cache-dir") || argument.is("", "no-cache")) call.no_cache = true;
  if (argument.is("r", "requirement") || argument.is("c", "constraint") || argument.is("", "group"))
    call.from_file = true;
  if (!argument.is("e", "editable") || argument.value_at == nullptr) return;
  Package package;
  if (split_pip(reading, argument.value, package)) {
    package.local |= !is_version_control(argument.value);
    add_package(reading, *argument.value_at, package);
  }
}

constexpr std::string_view kPythonWords[] = {"check-hash-based-pycs"};
constexpr Options kPythonOptions{.letters = "mcWX", .words = kPythonWords};

}  // namespace

namespace ecosystems {

constinit const Ecosystem pip{.manager = Manager::pip,
                              .options = {.letters = "rceiftdbCw", .words = kPipWords},
                              .actions = kPipActions,
                              .split = split_pip,
                              .option = read_pip_option};

}  // namespace ecosystems

void describe_python(Command& command, Describing& to) {
  Arguments arguments(command.words.subspan(1), kPythonOptions);
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.kind == Argument::Kind::operand || argument.is("c", "")) return;
    if (!argument.is("m", "")) continue;
    if (argument.value != "pip" || argument.value_at == nullptr) return;
    const auto behind = static_cast<std::size_t>(argument.value_at - command.words.data()) + 1;
    describe_packages(command, ecosystems::pip, command.words.subspan(behind), to);
    return;
  }
}

}  // namespace plimsoll::facts
