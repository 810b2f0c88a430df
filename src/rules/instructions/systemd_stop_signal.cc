// systemd-stop-signal: systemd gets a signal that does not shut it down.
#include "rules/instructions/_stop_signal.h"

namespace plimsoll::rules::instructions::systemd_stop_signal {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-systemd-sigrtmin-plus-3"}};

// /sbin/init is systemd's name in distributions that have it.
static bool has_systemd_as_init(const facts::Container& c) {
  using enum data::Family;
  if (c.base == nullptr) return false;
  switch (c.base->family) {
    case debian:
    case ubuntu:
    case fedora:
    case rhel:
    case suse:
    case arch:
    case amazon:
      return true;
    default:
      return false;
  }
}

static void check(const facts::Container& c, Findings& out) {
  const std::string_view program = main_program(c), name = base_name(program);
  const bool init = program == "/sbin/init" || program == "/usr/sbin/init";
  if (name == "systemd" || (init && has_systemd_as_init(c)))
    check_signal(c, {"systemd", "SIGRTMIN+3", ", which makes it halt"}, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nCMD [\"/lib/systemd/systemd\"]\n",
     .flagged = true,
     .fixed = "FROM debian:13\nSTOPSIGNAL SIGRTMIN+3\nCMD [\"/lib/systemd/systemd\"]\n"},
    {.text = "FROM fedora:43\nSTOPSIGNAL SIGTERM\nCMD [\"/sbin/init\"]\n",
     .flagged = true,
     .fixed = "FROM fedora:43\nSTOPSIGNAL SIGRTMIN+3\nCMD [\"/sbin/init\"]\n"},
    {.text = "FROM debian:13\nSTOPSIGNAL SIGRTMIN+3\nCMD [\"/lib/systemd/systemd\"]\n"},
    {.text = "FROM alpine:3.22\nCMD [\"/sbin/init\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "systemd-stop-signal",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "systemd is stopped by another signal than SIGRTMIN+3",
    .why =
        "As the first process systemd starts itself anew on `SIGTERM`. The container runs on until "
        "the engine kills it,\n"
        "ten seconds later, with all of its services.",
    .remedy = "Add `STOPSIGNAL SIGRTMIN+3`.",
    .source = "systemd(1), \"Signals\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check},
});

}  // namespace plimsoll::rules::instructions::systemd_stop_signal
