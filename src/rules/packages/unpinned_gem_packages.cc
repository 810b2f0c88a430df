// unpinned-gem-packages: gem installs a gem without saying which version.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_gem_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3028"},
                                     {"kics", "22cd11f7-9c6c-4f6e-84c0-02058120b341"}};

// `rails:8.0.2`, `./local.gem`; `--use-system-libraries true` names no gem.
static bool stated(std::string_view word) {
  return word.find(':') != std::string_view::npos || word.ends_with(".gem") ||
         word.starts_with('/') || word.starts_with("./") || word == "true" || word == "false";
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install || call->from_file) return;
  // gem refuses --version for several gems at once.
  const bool option = command.has_short('v') || command.has("--version");
  if (option && call->packages.size() == 1) return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  out.push_back({.where = found.where,
                 .message = concat({"gem install names ", listed(found.names),
                                    option ? " without a version; --version is for one gem alone"
                                           : " without a version"}),
                 .aliases = option ? without(kAliases, "hadolint") : ~0U});
}

static constexpr std::string_view kNames[] = {"gem"};

static constexpr Example kExamples[] = {
    {.text = "FROM ruby:3.4-slim\nRUN gem install rails\n", .flagged = true},
    {.text = "FROM ruby:3.4-slim\nRUN gem install rails:8.0.2 rake:13.3.0\n"},
    {.text = "FROM ruby:3.4-slim\nRUN gem install bundler --version 2.7.2\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-gem-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "gem installs gems of no stated version",
    .why = "The same Dockerfile gives another image tomorrow. A release that breaks you, or one "
           "that was taken over,\n"
           "arrives with the next build and without a change of yours.",
    .remedy = "Write `gem:version`, or install from a `Gemfile.lock` with Bundler.",
    .source = "RubyGems, command reference, \"gem install\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_gem_packages
