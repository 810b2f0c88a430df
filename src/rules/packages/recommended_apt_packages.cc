// recommended-apt-packages: apt installs more than was asked for.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::recommended_apt_packages {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3015"},
    {"trivy", "DS-0029"},
    {"kics", "7384dfb2-fcd1-4fbf-91cd-6c44c318c33c"},
    {"semgrep",
     "dockerfile.best-practice.missing-no-install-recommends.missing-no-install-recommends"},
};

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->manager != facts::Manager::apt ||
      call->action != facts::PackageAction::install)
    return;
  if (call->no_recommends) return;
  // aptitude has the option under another name.
  const std::string_view option =
      command.name == "aptitude" ? " --without-recommends" : " --no-install-recommends";
  if (command.name == "aptitude" && (command.has("--without-recommends") || command.has_short('R')))
    return;
  Fix fix{.safety = Safety::safe,
          .title = concat({"add", option}),
          .edits = {behind_action(command, option)}};
  out.push_back(
      {.where = command.place(call->action_span),
       .message = concat({command.name, " install also takes what ", listed(names_of(command)),
                          call->packages.size() == 1 ? " recommends" : " recommend"}),
       .aliases = command.name == "apt-get" ? ~0U : 0U,
       .fix = std::move(fix)});
}

static constexpr std::string_view kNames[] = {"apt-get", "apt", "aptitude"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get install -y git\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN apt-get install --no-install-recommends -y git\n"},
    {.text = "FROM debian:13\nRUN apt-get install -y git --no-install-recommends\n"},
    {.text = "FROM debian:13\nRUN apt-get -o APT::Install-Recommends=false install -y git\n"},
};

extern constinit const Rule rule = described({
    .name = "recommended-apt-packages",
    .severity = Severity::info,
    .category = Category::size,
    .summary = "apt also installs recommended packages",
    .why = "Debian's packages recommend what most desktops want. In an image those are megabytes "
           "that nobody calls,\n"
           "and more programs that have to be kept free of vulnerabilities.",
    .remedy = "Add `--no-install-recommends`, and name the recommended packages that you do need.",
    .source = "Docker, Building best practices, \"apt-get\"; Debian policy manual 7.2",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::recommended_apt_packages
