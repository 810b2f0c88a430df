// Looks at the first kilobytes only: these files say early what they are.
#include "engine/recognise.h"

#include <algorithm>

#include "base/fs.h"

namespace plimsoll::engine {
namespace {

constexpr std::size_t kLookedAt = std::size_t{64} << 10;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool in_apparmor_folder(std::string_view path) {
  return has(path, "apparmor.d/") || has(path, "apparmor/");
}

// A line that opens a block: `profile name {`, `/usr/bin/x flags=(complain) {`.
bool opens_profile(std::string_view line) {
  while (line.ends_with(' ') || line.ends_with('\t') || line.ends_with('\r')) line.remove_suffix(1);
  if (!line.ends_with('{') || line.size() < 3) return false;
  return line.starts_with("profile ") || line.starts_with("hat ") || line.starts_with('^') ||
         line.starts_with('/') || line.starts_with("\"/") || line.starts_with("@{");
}

bool has_profile(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (opens_profile(line)) return true;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

}  // namespace

bool is_daemon_config(std::string_view path) {
  return file_name(path) == "daemon.json";
}

bool may_be_profile_name(std::string_view path) {
  const std::string_view name = file_name(path);
  if (name.ends_with(".apparmor") || in_apparmor_folder(path)) return true;
  if (has(name, "apparmor") && !has(name, ".")) return true;
  // "usr.bin.man": the path of the program, as Debian names its profiles.
  if (name.starts_with("usr.bin.") || name.starts_with("usr.sbin.") || name.starts_with("usr.lib."))
    return true;
  return name.ends_with(".json") && (has(name, "seccomp") || has(path, "seccomp/"));
}

bool looks_like_seccomp(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLookedAt);
  const std::size_t first = start.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && start[first] == '{' &&
         has(start, "\"defaultAction\"") && has(start, "\"SCMP_ACT_") &&
         (has(start, "\"syscalls\"") || bytes.size() < kLookedAt);
}

bool looks_like_apparmor(std::string_view path, std::string_view bytes) {
  const std::string_view start = bytes.substr(0, kLookedAt);
  if (!has_profile(start)) return false;
  const std::string_view name = file_name(path);
  return name.ends_with(".apparmor") || in_apparmor_folder(path) ||
         has(start, "include <tunables/") || has(start, "include <abstractions/") ||
         has(start, "abi <abi/");
}

std::optional<facts::DaemonKind> recognise_daemon_file(std::string_view path,
                                                       std::string_view bytes, bool named) {
  if (is_daemon_config(path)) return facts::DaemonKind::engine;
  if (!named && !may_be_profile_name(path)) return std::nullopt;
  if (looks_like_seccomp(bytes)) return facts::DaemonKind::seccomp;
  if (looks_like_apparmor(path, bytes)) return facts::DaemonKind::apparmor;
  return std::nullopt;
}

}  // namespace plimsoll::engine
