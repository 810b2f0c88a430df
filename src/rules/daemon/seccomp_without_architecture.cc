// seccomp-without-architecture: the profile names no processor, or not those that the same machine
// runs too.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::seccomp_without_architecture {

static bool has(const facts::SeccompProfile& profile, std::string_view name) {
  for (const facts::Fact<std::string_view>& architecture : profile.architectures.items)
    if (architecture.value == name) return true;
  return false;
}

static void check(const facts::Daemon& daemon, Findings& out) {
  if (daemon.seccomp == nullptr) return;
  const facts::SeccompProfile& profile = *daemon.seccomp;
  if (profile.architectures.items.empty()) {
    out.push_back(
        {.where = profile.architectures.where, .message = "the profile names no architectures"});
    return;
  }
  struct Pair {
    std::string_view name, other;
  };
  constexpr Pair kPairs[] = {{"SCMP_ARCH_X86_64", "SCMP_ARCH_X86"},
                             {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"}};
  for (const Pair& pair : kPairs)
    if (has(profile, pair.name) && !has(profile, pair.other))
      out.push_back({.where = profile.architectures.where,
                     .message = concat({"32-bit programs are killed: ", pair.other,
                                        " is missing beside ", pair.name}),
                     .severity = Severity::info});
}

static constexpr File kBad1[] = {{"seccomp.json",
                                  "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"syscalls\": [{ "
                                  "\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\" }] }\n"}};
static constexpr File kGood2[] = {
    {"seccomp.json",
     "{ \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"architectures\": [\"SCMP_ARCH_X86_64\", "
     "\"SCMP_ARCH_X86\", \"SCMP_ARCH_X32\"],\n  \"syscalls\": [{ \"names\": [\"read\"], "
     "\"action\": \"SCMP_ACT_ALLOW\" }] }\n"}};

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .files = kBad1, .flagged = true},
    {.input = Input::daemon, .files = kGood2},
};

extern constinit const Rule rule = described({
    .name = "seccomp-without-architecture",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "Seccomp profile without its architectures",
    .why = "System calls have other numbers on each architecture. A profile that names none holds "
           "for the one that\n"
           "the runtime was built for; programs of another one, 32-bit ones too, are killed at "
           "their first call.",
    .remedy =
        "Name them in `archMap` or `architectures`, with the 32-bit ones that the machine runs.",
    .source = "OCI runtime-spec, \"Seccomp\"; seccomp_arch_add(3)",
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::seccomp_without_architecture
