// kept-pip-cache: pip keeps what it downloads in the image.
#include <algorithm>
#include <array>

#include "facts/build.h"
#include "rules/packages/_mounts.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::kept_pip_cache {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3042"},
    {"kics", "f2f903fb-b977-461e-98d7-b3e2185c6118"},
    {"semgrep", "dockerfile.best-practice.missing-pip-no-cache-dir.missing-pip-no-cache-dir"},
};

// Source: pip, configuration, "Boolean options" (distutils' strtobool).
static bool truthy(std::string_view value) {
  constexpr std::array<std::string_view, 10> kTrue = {"1",   "true", "True", "TRUE", "yes",
                                                      "Yes", "on",   "On",   "t",    "y"};
  return std::ranges::find(kTrue, value) != kTrue.end();
}

// By an ENV before the command (also of a parent stage), or by an assignment of the script.
static bool switched_off(const facts::Command& command) {
  const facts::Run& run = *command.run;
  for (const facts::Fact<facts::Variable>& v : run.stage->environment.items)
    if (v.value.name == "PIP_NO_CACHE_DIR" &&
        (v.unknown() || (v.known() && truthy(v.value.text))) &&
        v.where.span.begin < run.instruction->span.begin)
      return true;
  return std::ranges::any_of(run.commands, [&](const facts::Command& other) {
    const bool exported =
        other.name == "export" && other.index < command.index && other.has("PIP_NO_CACHE_DIR=1");
    return exported ||
           (&other == &command &&
            std::ranges::any_of(other.assignments, [](const parse::shell::Assignment& a) {
              return a.name == "PIP_NO_CACHE_DIR" && (!a.value.known || truthy(a.value.value));
            }));
  });
}

static void check(const facts::Command& command, Findings& out) {
  if (!is_pip_install(command) || command.packages->no_cache) return;
  if (switched_off(command) || keeps_out(*command.run, ".cache/pip") ||
      keeps_out(*command.run, ".cache"))
    return;
  std::optional<Fix> fix;
  if (prefers_mounts(*command.run)) fix = cache_mount(command, "/root/.cache/pip", Sharing::shared);
  if (!fix)
    fix = Fix{.safety = Safety::safe,
              .title = "add --no-cache-dir",
              .edits = {behind_action(command, " --no-cache-dir")}};
  out.push_back(
      {.where = command.place(command.packages->action_span),
       .message = "pip install writes what it downloads to a cache that the image has no use for",
       .aliases = hadolint_sees(command) ? ~0U : without(kAliases, "hadolint"),
       .fix = std::move(fix)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM python:3.13-slim\nRUN pip install flask==3.1.0\n",
     .flagged = true,
     .fixed = "FROM python:3.13-slim\nRUN pip install --no-cache-dir flask==3.1.0\n"},
    {.text = "FROM python:3.13-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask==3.1.0\n"},
    {.text = "FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install "
             "flask==3.1.0\n"},
};

extern constinit const Rule rule = described({
    .name = "kept-pip-cache",
    .severity = Severity::low,
    .category = Category::size,
    .summary = "pip keeps its downloads in the image",
    .why = "pip copies every archive that it downloads, and every wheel that it builds, to "
           "`~/.cache/pip`.\n"
           "Nothing reads them again in an image, which is often larger by half for it.",
    .remedy =
        "Add `--no-cache-dir`, set `PIP_NO_CACHE_DIR=1`, or mount a cache on `/root/.cache/pip`.",
    .source = "pip, \"Caching\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{for_each_command<check>},
});

}  // namespace plimsoll::rules::packages::kept_pip_cache
