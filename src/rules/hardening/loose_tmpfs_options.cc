// loose-tmpfs-options: a tmpfs takes back what the engine forbids on it.
#include <algorithm>

#include "base/concat.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::hardening::loose_tmpfs_options {

static constexpr Alias kAliases[] = {{"compose-lint", "CL-0022"}};

// What the options come to: a later one beats an earlier one.
struct Allowed {
  bool programs = false, set_uid = false, devices = false, removal = false;
};

// "777": octal, where everybody may write but no sticky bit keeps others' files.
static bool lets_all_remove(std::string_view mode) {
  unsigned bits = 0;
  if (mode.empty() || mode.size() > 5) return false;
  for (const char c : mode) {
    if (c < '0' || c > '7') return false;
    bits = bits * 8 + static_cast<unsigned>(c - '0');
  }
  return (bits & 02U) != 0 && (bits & 01000U) == 0;
}

static Allowed allowed_by(std::string_view options) {
  Allowed allowed;
  while (!options.empty()) {
    const std::size_t comma = std::min(options.find(','), options.size());
    const std::string_view option = options.substr(0, comma);
    options.remove_prefix(std::min(comma + 1, options.size()));
    if (option == "exec" || option == "noexec") allowed.programs = option == "exec";
    if (option == "suid" || option == "nosuid") allowed.set_uid = option == "suid";
    if (option == "dev" || option == "nodev") allowed.devices = option == "dev";
    if (option.starts_with("mode=")) allowed.removal = lets_all_remove(option.substr(5));
  }
  return allowed;
}

// s6-overlay starts its services from /run; images of linuxserver.io are built on it.
static bool needs_programs(const facts::Container& c, const facts::Mount& mount) {
  return (mount.target == "/run" || mount.target == "/var/run") && c.image.known() &&
         c.image.value.find("linuxserver/") != std::string_view::npos;
}

static std::string in_words(const Allowed& allowed) {
  std::string words;
  const auto add = [&](bool applies, std::string_view what) {
    if (applies) words += concat({words.empty() ? "" : ", ", what});
  };
  add(allowed.programs, "programs (exec)");
  add(allowed.set_uid, "set-uid bits (suid)");
  add(allowed.devices, "device files (dev)");
  add(allowed.removal, "removal of other users' files (mode)");
  return words;
}

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Mount>& item : c.mounts.items) {
    const facts::Mount& mount = item.value;
    if (!item.known() || mount.kind != facts::MountKind::tmpfs || !mount.short_form) continue;
    Allowed allowed = allowed_by(mount.options);
    if (needs_programs(c, mount)) allowed.programs = false;
    const std::string words = in_words(allowed);
    if (words.empty() || !is_told(c, item.where)) continue;
    out.push_back({.where = item.where,
                   .message = concat({"the tmpfs ", mount.target, " allows ", words}),
                   .aliases = allowed.programs || allowed.set_uid ? peers(c, kAliases) : 0});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    tmpfs:\n      - /tmp:exec,size=64m\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --tmpfs /tmp:suid,dev alpine:3.22\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    tmpfs:\n      - /tmp:size=64m\n"},
    {.input = Input::run_line, .text = "docker run --tmpfs /tmp:noexec,size=64m alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "loose-tmpfs-options",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "tmpfs allows programs, set-uid bits or devices",
    .why = "The engine mounts a tmpfs with `noexec,nosuid,nodev`. Under a read-only root it is "
           "often the\n"
           "only place that can be written, and what an intruder downloads there should not run.",
    .remedy =
        "Leave the option out. Some programs need `exec`: s6-overlay in /run, Java programs with "
        "native\n"
        "libraries (Elasticsearch, Jenkins, SonarQube) in /tmp.",
    .source = "Docker documentation, \"tmpfs mounts\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::hardening::loose_tmpfs_options
