// `plimsoll check`: wires configuration, engine and reports together.
#include "engine/check.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "base/concat.h"
#include "base/process.h"
#include "base/timer.h"
#include "cli/add_ignore.h"
#include "cli/command_line.h"
#include "cli/environment.h"
#include "cli/plan.h"
#include "cli/terminal.h"
#include "engine/add_ignore.h"
#include "engine/pragmas/words.h"
#include "engine/since.h"
#include "report/baseline.h"

namespace plimsoll::cli {
namespace {

// --write-baseline: the findings are written and from then on accepted.
Result<void> make_baseline(const CheckArguments& a, const Fs& fs, engine::Verdict& verdict) {
  if (a.write_baseline.empty()) return {};
  Result<void> written = write_file(
      a.write_baseline, [&](report::Output& out) { report::write_baseline(verdict, out); });
  if (!written) return written;
  for (engine::Judged& judged : verdict.findings)
    if (judged.suppressed && judged.suppressed->by == engine::Suppressed::By::baseline)
      judged.suppressed.reset();
  return accept_baseline(a.write_baseline, fs, verdict);
}

// --add-ignore and --reason belong together, and want files that can be changed.
Result<std::vector<std::string>> names_to_accept(const CheckArguments& a) {
  std::vector<std::string> names;
  for (const std::string& list : a.add_ignore)
    for (const std::string_view name : engine::pragmas::split_names(list)) names.emplace_back(name);
  if (names.empty()) return names;
  if (const std::string_view wrong = engine::wrong_reason(a.reason); !wrong.empty())
    return fail(ErrorKind::malformed, concat({"--add-ignore: ", wrong}));
  if (std::ranges::find(a.paths, "-") != a.paths.end())
    return fail(ErrorKind::unsupported, "--add-ignore: standard input can't be changed");
  for (const std::string& name : names)
    if (name != "all" && !engine::is_known_name(name))
      return fail(ErrorKind::not_found, concat({"--add-ignore: there is no rule '", name, "'"}));
  return names;
}

Result<void> drop_unchanged(const CheckArguments& a, const Fs& fs, engine::Verdict& verdict) {
  if (a.since.empty()) return {};
  return engine::keep_changed(
      {.revision = a.since, .git = find_program("git", environment("PATH"))}, fs, verdict);
}

void tell_passes(const engine::Verdict& verdict, double report_ms, double total_ms) {
  std::string text;
  char line[96];
  for (const engine::Pass& pass : verdict.passes) {
    std::snprintf(line, sizeof line, "%-10.*s %9.3f ms cpu\n", static_cast<int>(pass.name.size()),
                  pass.name.data(), pass.cpu_ms);
    text += line;
  }
  std::snprintf(line, sizeof line, "%-10s %9.3f ms cpu\n%-10s %9.3f ms cpu, %u files\n", "report",
                report_ms, "all", total_ms, verdict.files);
  DescriptorOutput(STDERR_FILENO).write(text + line);
}

}  // namespace

int check(const CheckArguments& arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  const RealFs fs;
  engine::Snapshot snapshot(fs);
  Plan plan;
  Result<void> planned = make_plan(arguments, fs, snapshot, plan);
  const Result<std::vector<std::string>> to_accept = names_to_accept(arguments);
  if (planned && !to_accept) planned = tl::unexpected(to_accept.error());
  if (!planned) {
    complain(planned.error().message);
    return usage;
  }

  engine::Verdict verdict = engine::check(plan.settings, plan.selection, fs, snapshot);
  for (const std::string& note : verdict.notes) complain(note);
  verdict.errors.insert(verdict.errors.begin(), plan.config_errors.begin(),
                        plan.config_errors.end());

  Result<void> accepted = drop_unchanged(arguments, fs, verdict);
  if (accepted) accepted = accept_baseline(arguments.baseline, fs, verdict);
  if (accepted) accepted = make_baseline(arguments, fs, verdict);
  if (!accepted) {
    complain(accepted.error().message);
    return usage;
  }
  if (!to_accept->empty()) {
    for (const engine::InputError& error : verdict.errors) complain(error.message);
    const int status = add_ignores(verdict, *to_accept, arguments.reason);
    return verdict.errors.empty() ? status : usage;
  }

  const Stopwatch report_watch(CLOCK_PROCESS_CPUTIME_ID);
  const std::string nothing =
      verdict.files == 0 && verdict.errors.empty() ? nothing_to_judge(arguments) : std::string();
  const report::Options options{.colour = use_colour(arguments.color),
                                .unicode = use_unicode(),
                                .show_suppressed = arguments.show_suppressed,
                                .checklist_only = arguments.checklist_only,
                                .quiet = arguments.quiet,
                                .width = terminal_width(),
                                .nothing_judged = nothing};
  const bool written = write_reports(plan, verdict, options);
  if (arguments.time)
    tell_passes(verdict, report_watch.ms(), 1e3 * seconds_of(CLOCK_PROCESS_CPUTIME_ID));

  if (!verdict.errors.empty() || !written) return usage;
  if (plan.threshold && engine::reaches(verdict, *plan.threshold)) return findings;
  return verdict.incomplete ? incomplete : ok;
}

}  // namespace plimsoll::cli
