// unpinned-go-packages: go fetches a module without saying which version.
#include <algorithm>
#include <array>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_go_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3062"}};

// Source: go.dev/ref/mod, "Version queries"; main and master are branches.
static bool moves(std::string_view version) {
  constexpr std::array<std::string_view, 6> kMoving = {"HEAD",   "latest", "main",
                                                       "master", "patch",  "upgrade"};
  return std::ranges::binary_search(kMoving, version);
}

// A file, a folder, the standard library: its first part has no dot.
static bool is_local(std::string_view word) {
  const std::string_view first = word.substr(0, word.find('/'));
  return word.starts_with('.') || word.starts_with('/') || word.ends_with(".go") ||
         first.find_first_of(".$") == std::string_view::npos;
}

static bool stated(std::string_view word) {
  const std::size_t at = word.find('@');
  return at == std::string_view::npos ? is_local(word) : !moves(word.substr(at + 1));
}

// In a module `go install` and `go run` take the version of go.mod.
static bool stated_in_module(std::string_view word) {
  return word.find('@') == std::string_view::npos || stated(word);
}

static bool stated_for_hadolint(std::string_view word) {
  return stated(word) || (word.find('@') != std::string_view::npos && !word.ends_with("@latest"));
}

// curl, git and the like bring files; `go mod` makes a module.
static bool brings_files(const facts::Command& command) {
  static constexpr std::array<std::string_view, 6> kFetching = {"curl", "git",   "hg",
                                                                "tar",  "unzip", "wget"};
  return std::ranges::binary_search(kFetching, command.name) ||
         (command.name == "go" && command.has("mod"));
}

// Not known to be absent: files were copied, fetched or mounted, or a stage before left them.
static bool may_be_in_module(const facts::Command& command) {
  const facts::Stage& stage = *command.run->stage;
  if (!stage.copies.empty() || stage.base.stage != nullptr) return true;
  return std::ranges::any_of(stage.runs, [](const facts::Run& run) {
    return !run.understood || !run.instruction->mounts.empty() ||
           std::ranges::any_of(run.commands, brings_files);
  });
}

static void check(const facts::Command& command, Findings& out) {
  const facts::PackageCall* call = command.packages;
  if (call == nullptr || call->action != facts::PackageAction::install || call->from_file) return;
  const bool module = call->action_text != "get" && may_be_in_module(command);
  const Unpinned found = unpinned(command, module ? stated_in_module : stated);
  if (found.names.empty()) return;
  const bool hadolint = !unpinned(command, stated_for_hadolint).names.empty();
  out.push_back({.where = found.where,
                 .message = concat({"go ", call->action_text, " names ", listed(found.names),
                                    " without a fixed version"}),
                 .aliases = hadolint ? ~0U : 0U});
}

static constexpr std::string_view kNames[] = {"go"};

static constexpr Example kExamples[] = {
    {.text = "FROM golang:1.25\nRUN go install golang.org/x/tools/cmd/stringer@latest\n",
     .flagged = true},
    {.text = "FROM golang:1.25\nRUN go get github.com/example/tool\n", .flagged = true},
    {.text = "FROM golang:1.25\nRUN go install golang.org/x/tools/cmd/stringer@v0.38.0\n"},
    {.text = "FROM golang:1.25\nCOPY . .\nRUN go install ./cmd/... && go run main.go\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-go-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "go fetches modules of no stated version",
    .why = "The same Dockerfile gives another image tomorrow. A release that breaks you, or one "
           "that was taken over,\n"
           "arrives with the next build and without a change of yours. `latest` and names of "
           "branches are no versions.",
    .remedy = "Write `module@v1.2.3`, or let a `go.mod` name the version.",
    .source = "The Go Modules Reference, \"Version queries\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unpinned_go_packages
