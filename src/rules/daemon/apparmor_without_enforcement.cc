// apparmor-without-enforcement: the profile only writes down what it would forbid.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::apparmor_without_enforcement {

static constexpr Alias kAliases[] = {{"cis", "5.2"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  for (const facts::AppArmorProfile& profile : daemon.apparmor)
    for (const facts::Fact<std::string_view>& flag : profile.flags.items) {
      const bool complains = flag.value == "complain";
      if (!complains && flag.value != "unconfined" && flag.value != "default_allow") continue;
      out.push_back({.where = flag.where,
                     .message = concat({profile.name, complains ? " only logs what it would forbid"
                                                                : " forbids nothing"})});
    }
}

static constexpr File kBad1[] = {
    {"app.apparmor",
     "#include <tunables/global>\nprofile app flags=(attach_disconnected, complain) {\n  network "
     "inet tcp,\n}\n"}};
static constexpr File kBad2[] = {
    {"app.apparmor", "#include <tunables/global>\nprofile app (unconfined) {\n}\n"}};
static constexpr File kGood3[] = {
    {"app.apparmor",
     "#include <tunables/global>\nprofile app flags=(attach_disconnected,mediate_deleted) {\n  "
     "network inet tcp,\n}\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .files = kBad1, .flagged = true},
    {.input = Input::daemon, .files = kBad2, .flagged = true},
    {.input = Input::daemon, .files = kGood3},
};

extern constinit const Rule rule = described({
    .name = "apparmor-without-enforcement",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "AppArmor profile that does not confine",
    .why = "`complain` is for finding out what a program needs: everything is allowed and logged. "
           "A container that\n"
           "names the profile looks confined and is not.",
    .remedy = "Take the flag out once the log is silent (`aa-enforce`).",
    .source = "apparmor.d(5), \"Profile Flags\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::apparmor_without_enforcement
