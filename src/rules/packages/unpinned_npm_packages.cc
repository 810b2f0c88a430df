// unpinned-npm-packages: a package of the npm registry is installed without saying which version.
#include <algorithm>

#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_npm_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3016"},
                                     {"kics", "e36d8880-3f78-4546-b9a1-12f0745ca0d5"}};

static bool is_file(std::string_view word) {
  return word.starts_with('.') || word.starts_with('/') || word.starts_with("~/") ||
         word.starts_with("file:") || word.starts_with("link:") || word.ends_with(".tgz") ||
         word.ends_with(".tar.gz") || word.ends_with(".tar");
}

static bool is_repository(std::string_view word) {
  if (word.starts_with("git") && word.find(':') != std::string_view::npos) return true;
  if (word.starts_with("bitbucket:")) return true;
  return !word.starts_with('@') && word.find('/') != std::string_view::npos;  // GitHub's owner/name
}

// Behind the name, which may have a scope: `@scope/name@1.2`, `alias@npm:name@1.2`.
static std::string_view version_of(std::string_view word) {
  const std::size_t alias = word.find("@npm:");
  if (alias != std::string_view::npos) word.remove_prefix(alias + 5);
  const std::size_t at = word.find('@', 1);
  return at == std::string_view::npos ? std::string_view{} : word.substr(at + 1);
}

// `latest`, `next` and so on: names that move from version to version.
static bool is_tag(std::string_view version) {
  return !version.empty() &&
         std::ranges::all_of(version, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }) &&
         version != "x";
}

static bool states_any(std::string_view word) {
  if (is_file(word)) return true;
  if (is_repository(word)) return word.find('#') != std::string_view::npos;
  return !version_of(word).empty();
}

static bool stated(std::string_view word) {
  return states_any(word) && (is_file(word) || is_repository(word) || !is_tag(version_of(word)));
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install || call->from_file) return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  std::uint32_t aliases =
      command.name == "npm" && !unpinned(command, states_any).names.empty() ? ~0U : 0U;
  if (call->action_text != "install") aliases &= without(kAliases, "hadolint");
  out.push_back({.where = found.where,
                 .message = concat({command.name, " ", call->action_text, " names ",
                                    listed(found.names), " without a fixed version"}),
                 .aliases = aliases});
}

static constexpr std::string_view kNames[] = {"npm", "pnpm", "yarn"};

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-slim\nRUN npm install --global typescript\n", .flagged = true},
    {.text = "FROM node:22-slim\nRUN npm install --global npm@latest\n", .flagged = true},
    {.text = "FROM node:22-slim\nRUN npm install --global typescript@5.9.3 "
             "@angular/cli@~20.3.0\n"},
    {.text = "FROM node:22-slim\nCOPY package.json package-lock.json ./\nRUN npm ci\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-npm-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "npm, Yarn or pnpm installs packages of no stated version",
    .why = "The same Dockerfile gives another image tomorrow. A release that breaks you, or one "
           "that was taken over,\n"
           "arrives with the next build and without a change of yours; its install scripts run in "
           "that build. `latest` is no\n"
           "version: it is the name of whatever was published last.",
    .remedy = "Write `package@version`, or install from a lock file with `npm ci`.",
    .source = "npm, package-spec; Docker, Building best practices, \"Version pinning\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_npm_packages
