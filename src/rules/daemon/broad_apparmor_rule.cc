// broad-apparmor-rule: a rule allows all of its kind.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::broad_apparmor_rule {

struct Broad {
  std::string_view text, what;
  Severity severity;
};

// Docker's own profile has `file`, `network` and `capability` too, and `deny` rules behind them:
// the engine holds capabilities and mounts in check otherwise.
static constexpr Broad kBroad[] = {
    {"mount", "mounting anything anywhere", Severity::high},
    {"pivot_root", "another root filesystem", Severity::medium},
    {"ptrace", "reading and changing all other processes", Severity::medium},
    {"change_profile", "leaving this profile for any other", Severity::high},
    {"change_profile -> **", "leaving this profile for any other", Severity::high},
    {"capability sys_admin", "mounting, namespaces and much more", Severity::medium},
    {"capability sys_module", "loading code into the kernel", Severity::high},
    {"capability sys_rawio", "reaching devices and memory directly", Severity::high},
    {"capability sys_ptrace", "reading and changing all other processes", Severity::medium},
    {"capability", "all capabilities that the container is given", Severity::info},
    {"file", "reading, writing and running all files", Severity::low},
    {"dbus", "speaking to all services of the host's bus", Severity::medium},
    {"all", "everything", Severity::high},
};

// `/** rwx`, `/{,**} rwlkix`: all files may be changed.
static bool writes_all_files(std::string_view text) {
  const std::size_t blank = text.find_first_of(" \t");
  const std::string_view path = text.substr(0, blank);
  if (path != "/**" && path != "/{,**}" && path != "/**{,/}" && path != "\"/**\"") return false;
  return blank != std::string_view::npos &&
         text.substr(blank).find_first_of("wa") != std::string_view::npos;
}

static bool denies_files(const facts::AppArmorProfile& profile) {
  for (const facts::AppArmorRule& rule : profile.rules)
    if (rule.deny && rule.kind == facts::AppArmorRule::Kind::file) return true;
  return false;
}

static void check(const facts::Daemon& daemon, Findings& out) {
  for (const facts::AppArmorProfile& profile : daemon.apparmor)
    for (const facts::AppArmorRule& rule : profile.rules) {
      if (rule.deny) continue;
      if (rule.kind == facts::AppArmorRule::Kind::file && denies_files(profile)) continue;
      if (writes_all_files(rule.text))
        out.push_back(
            {.where = rule.where, .message = concat({rule.text, " allows changing all files"})});
      for (const Broad& broad : kBroad)
        if (rule.text == broad.text)
          out.push_back({.where = rule.where,
                         .message = concat({rule.text, " allows ", broad.what}),
                         .severity = broad.severity});
    }
}

static constexpr File kBad1[] = {
    {"app.apparmor", "#include <tunables/global>\nprofile app {\n  mount,\n}\n"}};
static constexpr File kBad2[] = {
    {"app.apparmor", "#include <tunables/global>\nprofile app {\n  /** rwix,\n}\n"}};
static constexpr File kBad3[] = {
    {"app.apparmor", "#include <tunables/global>\nprofile app {\n  capability sys_module,\n}\n"}};
static constexpr File kGood4[] = {
    {"app.apparmor",
     "#include <tunables/global>\nprofile app {\n  /app/{bin,lib}/** mr,\n  /tmp/** rw,\n  "
     "capability net_bind_service,\n  deny mount,\n}\n"}};
static constexpr File kGood5[] = {
    {"app.apparmor",
     "#include <tunables/global>\nprofile app {\n  file,\n  deny @{PROC}/sys/** wklx,\n}\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .files = kBad1, .flagged = true},
    {.input = Input::daemon, .files = kBad2, .flagged = true},
    {.input = Input::daemon, .files = kBad3, .flagged = true},
    {.input = Input::daemon, .files = kGood4},
    {.input = Input::daemon, .files = kGood5},
};

extern constinit const Rule rule = described({
    .name = "broad-apparmor-rule",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "AppArmor rule that allows all of its kind",
    .why = "A profile is there to say what a program does. A rule without an object allows all of "
           "its kind, and what\n"
           "it allows no later rule takes back but `deny`.",
    .remedy = "Name the paths, capabilities and file systems that the program needs.",
    .source = "apparmor.d(5)",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::broad_apparmor_rule
