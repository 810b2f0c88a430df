// upgraded-packages: all packages are upgraded to whatever the day offers.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::upgraded_packages {

// hadolint dropped four of its five; their ids still stand in people's ignore lists.
static constexpr Alias kAliases[] = {
    {"hadolint", "DL3005"},
    {"hadolint", "DL3017"},
    {"hadolint", "DL3031"},
    {"hadolint", "DL3035"},
    {"hadolint", "DL3039"},
    {"trivy", "DS-0024"},
    {"kics", "682fe378-c180-4bd5-8a14-95fc285fb269"},
    {"kics", "989ab888-7d1e-410f-9dde-c64a1d367bf2"},
    {"kics", "8f6456be-0018-46db-9ce6-b3b6dc8d34d2"},
    {"kics", "09fda05e-da85-4ee7-ab8d-2800a5e6e756"},
    {"kics", "d4895357-dd49-4ba5-b726-1bb81cb50989"},
    {"semgrep", "dockerfile.best-practice.avoid-apt-get-upgrade.avoid-apt-get-upgrade"},
    {"semgrep", "dockerfile.best-practice.avoid-apk-upgrade.avoid-apk-upgrade"},
    {"semgrep", "dockerfile.best-practice.avoid-yum-update.avoid-yum-update"},
    {"semgrep", "dockerfile.best-practice.avoid-dnf-update.avoid-dnf-update"},
    {"semgrep", "dockerfile.best-practice.avoid-zypper-update.avoid-zypper-update"},
    {"dockle", "DKL-DI-0003"},
};

// The aliases of one manager's upgrade, and those of its distribution upgrade besides.
struct Narrowed {
  facts::Manager manager;
  std::uint32_t upgrade, distribution;
};
static constexpr Narrowed kNarrowed[] = {
    {facts::Manager::apt,
     only(kAliases, {"682fe378-c180-4bd5-8a14-95fc285fb269",
                     "dockerfile.best-practice.avoid-apt-get-upgrade.avoid-apt-get-upgrade"}),
     only(kAliases, {"DS-0024", "DKL-DI-0003"})},
    {facts::Manager::apk,
     only(kAliases, {"989ab888-7d1e-410f-9dde-c64a1d367bf2",
                     "dockerfile.best-practice.avoid-apk-upgrade.avoid-apk-upgrade"}),
     0},
    {facts::Manager::yum,
     only(kAliases, {"8f6456be-0018-46db-9ce6-b3b6dc8d34d2",
                     "dockerfile.best-practice.avoid-yum-update.avoid-yum-update"}),
     0},
    {facts::Manager::dnf,
     only(kAliases, {"09fda05e-da85-4ee7-ab8d-2800a5e6e756",
                     "dockerfile.best-practice.avoid-dnf-update.avoid-dnf-update"}),
     0},
    {facts::Manager::microdnf, only(kAliases, {"09fda05e-da85-4ee7-ab8d-2800a5e6e756"}), 0},
    {facts::Manager::zypper,
     only(kAliases, {"d4895357-dd49-4ba5-b726-1bb81cb50989",
                     "dockerfile.best-practice.avoid-zypper-update.avoid-zypper-update"}),
     only(kAliases, {"DL3035"})},
};

static std::uint32_t aliases_of(facts::Manager manager, bool distribution) {
  for (const Narrowed& n : kNarrowed)
    if (n.manager == manager) return n.upgrade | (distribution ? n.distribution : 0U);
  return 0;
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr) return;
  const bool distribution = call->action == facts::PackageAction::dist_upgrade;
  if (!distribution && call->action != facts::PackageAction::upgrade) return;
  if (has_operands(command)) return;  // packages that are named are a decision
  out.push_back({.where = command.place(call->action_span),
                 .message = concat({command.name, " ", call->action_text,
                                    " raises all packages to the newest versions of the day"}),
                 .aliases = aliases_of(call->manager, distribution)});
}

static constexpr std::string_view kNames[] = {"apt-get", "apt",  "aptitude", "apk",  "yum",
                                              "dnf",     "dnf5", "microdnf", "tdnf", "zypper"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get update && apt-get upgrade -y\n", .flagged = true},
    {.text = "FROM alpine:3.22\nRUN apk upgrade --no-cache\n", .flagged = true},
    {.text = "FROM debian:13\nRUN apt-get update && apt-get install -y --only-upgrade openssl\n"},
};

extern constinit const Rule rule = described({
    .name = "upgraded-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "All packages are upgraded during the build",
    .why = "What is in the image then depends on the day of the build, and the layer cache keeps "
           "the upgrade of an old day.\n"
           "A fresh base image brings the same fixes, tested together, and without a second copy "
           "of each file.\n"
           "Where a base image is slow to bring fixes an upgrade can be right: allow it there, "
           "with the reason.",
    .remedy = "Move to a newer base image (pinned by digest, updated by a bot), or upgrade the "
              "packages that you need by name.",
    .source = "Docker, Building best practices, \"Rebuild your images often\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::upgraded_packages
