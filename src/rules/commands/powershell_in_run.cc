// powershell-in-run: a RUN starts PowerShell by name where SHELL would say so for all.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::powershell_in_run {

static constexpr Alias kAliases[] = {
    {"tally", "tally/powershell/prefer-shell-instruction"},
    {"kics", "8a301064-c291-4b20-adcb-403fe7fd95fd"},
};

static bool is_powershell(std::string_view name) {
  if (name.ends_with(".exe")) name.remove_suffix(4);
  return name == "powershell" || name == "pwsh";
}

// `pwsh script.ps1` runs a program like any other; what it is given as text, SHELL would give it.
static bool runs_file(std::string_view text) {
  return text.ends_with(".ps1") || text.find(" -File ") != std::string_view::npos ||
         text.find(" -file ") != std::string_view::npos;
}

// The first word, if it is PowerShell's name. The script of Windows' own shell is not taken apart.
static std::string_view powershell_of(const facts::Run& run) {
  const std::string_view text = run.instruction->rest;
  if (run.instruction->exec_form || runs_file(text)) return {};
  if (!run.commands.empty())
    return is_powershell(run.commands.front().name) ? run.commands.front().words.front().raw
                                                    : std::string_view{};
  const std::string_view first = text.substr(0, text.find_first_of(" \t"));
  return run.shell.kind == facts::ShellKind::cmd && is_powershell(first) ? first
                                                                         : std::string_view{};
}

// Once for a stage: one SHELL serves all.
static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs) {
      const std::string_view word = powershell_of(run);
      if (word.empty()) continue;
      const text::Place where = run.commands.empty()
                                    ? build.place(run.instruction->joined.where(word))
                                    : run.commands.front().place(word);
      out.push_back({.where = where,
                     .message = concat({"this RUN starts ", word,
                                        " by itself; SHELL would run it without another shell "
                                        "before it"})});
      break;
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -Command "
             "Get-Process\n",
     .flagged = true},
    {.text = "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL [\"powershell\", "
             "\"-Command\"]\nRUN Get-Process\n"},
    {.text = "FROM mcr.microsoft.com/powershell\nRUN pwsh /setup.ps1\n"},
};

extern constinit const Rule rule = described({
    .name = "powershell-in-run",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "RUN starts PowerShell by name",
    .why =
        "The default shell reads the line first and takes its own quotes, `$` and `|` out of it, "
        "so a script means one thing\n"
        "in PowerShell and another in the file.",
    .remedy =
        "Write `SHELL [\"pwsh\", \"-Command\", \"$ErrorActionPreference = 'Stop';\"]` once, or "
        "put the script into a file.",
    .source = "Dockerfile reference, SHELL",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::powershell_in_run
