// Texts are those of strerror in the libraries of C, of Go's and of Node's runtime. Source: glibc
// and musl, string/_strerror.c; Go, syscall/zerrors_linux_amd64.go; Node, errors by their code.
#include "fix/proof/symptoms.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/ascii.h"

namespace plimsoll::fix::proof {
namespace {

constexpr std::size_t kLineLimit = 200;
constexpr std::size_t kMostSymptoms = 50;

using Words = std::pair<std::string_view, Ailment>;  // in lower case
constexpr auto kWords = std::to_array<Words>({
    {"read-only file system", Ailment::read_only_file_system},
    {"read only file system", Ailment::read_only_file_system},
    {"erofs", Ailment::read_only_file_system},
    {"operation not permitted", Ailment::not_permitted},
    {"eperm", Ailment::not_permitted},
    {"permission denied", Ailment::permission_denied},
    {"eacces", Ailment::permission_denied},
    {"no space left on device", Ailment::no_space},
    {"enospc", Ailment::no_space},
    {"cannot allocate memory", Ailment::no_memory},
    {"out of memory", Ailment::no_memory},
    {"enomem", Ailment::no_memory},
    {"can't fork", Ailment::no_process},
    {"resource temporarily unavailable", Ailment::no_process},
});

// What programs say that they could not do. Source: capabilities(7).
using Deed = std::pair<std::string_view, std::string_view>;
constexpr auto kDeeds = std::to_array<Deed>({
    {"chown", "CHOWN"},
    {"change owner", "CHOWN"},
    {"ownership", "CHOWN"},
    {"setgroups", "SETGID"},
    {"initgroups", "SETGID"},
    {"setgid", "SETGID"},
    {"setresgid", "SETGID"},
    {"setegid", "SETGID"},
    {"setuid", "SETUID"},
    {"setresuid", "SETUID"},
    {"seteuid", "SETUID"},
    {"switch user", "SETUID"},
    {"bind", "NET_BIND_SERVICE"},
    {"listen", "NET_BIND_SERVICE"},
    {"chroot", "SYS_CHROOT"},
    {"mknod", "MKNOD"},
    {"setcap", "SETFCAP"},
    {"chmod", "FOWNER"},
    {"utime", "FOWNER"},
    {"changing permissions", "FOWNER"},
    {"kill", "KILL"},
    {"raw socket", "NET_RAW"},
    {"ping", "NET_RAW"},
    {"socket", "NET_RAW"},
});

// Ends where a path in a sentence does; the bytes above ASCII are those of typographic quotes.
constexpr std::string_view kDelimiters = " \t\"'`,;()[]<>|=\xE2\x80\x98\x99";

std::string path_in(std::string_view line) {
  std::string best;
  std::size_t at = 0;
  while ((at = line.find('/', at)) != std::string_view::npos) {
    const bool begins =
        at == 0 || kDelimiters.find(line[at - 1]) != std::string_view::npos || line[at - 1] == ':';
    const bool is_quoted = at > 0 && (line[at - 1] == '"' || line[at - 1] == '\'');
    std::size_t end = is_quoted ? line.find(line[at - 1], at) : line.find_first_of(kDelimiters, at);
    if (end == std::string_view::npos) end = line.size();
    std::string_view path = line.substr(at, end - at);
    while (path.size() > 1 && (path.back() == ':' || path.back() == '.' || path.back() == '/'))
      path.remove_suffix(1);
    // "/bin/sh: can't create /var/x": the first one is who says it.
    const bool is_speaker = at == 0 && end < line.size() && line[end - 1] == ':';
    if (begins && path.size() > 1 && !is_speaker) best = path;
    at = end;
  }
  return best;
}

std::string fit(std::string_view line) {
  std::string result(trimmed(line).substr(0, kLineLimit));
  std::ranges::replace_if(
      result, [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  return result;
}

}  // namespace

std::vector<Symptom> find_symptoms(std::string_view log) {
  std::vector<Symptom> symptoms;
  std::set<std::string> seen;
  while (!log.empty() && symptoms.size() < kMostSymptoms) {
    const std::size_t end = log.find('\n');
    const std::string_view line = log.substr(0, end);
    log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
    const std::string small = lower(line.substr(0, 2000));
    const auto word = std::ranges::find_if(
        kWords, [&](const Words& w) { return small.find(w.first) != std::string::npos; });
    if (word == kWords.end() || !seen.insert(small).second) continue;
    symptoms.push_back({word->second, fit(line), path_in(line.substr(0, 2000))});
  }
  return symptoms;
}

std::string_view capability_for(std::string_view line) {
  const std::string small = lower(line);
  const auto deed = std::ranges::find_if(
      kDeeds, [&](const Deed& d) { return small.find(d.first) != std::string::npos; });
  return deed == kDeeds.end() ? std::string_view() : deed->second;
}

}  // namespace plimsoll::fix::proof
