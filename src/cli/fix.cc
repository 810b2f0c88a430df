// `plimsoll fix`: wires configuration, fixes, files and reports together.
#include "fix/fix.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "base/concat.h"
#include "base/process.h"
#include "cli/ask.h"
#include "cli/command_line.h"
#include "cli/environment.h"
#include "cli/plan.h"
#include "cli/proving.h"
#include "cli/terminal.h"
#include "engine/since.h"
#include "fix/write.h"
#include "report/fixes.h"

namespace plimsoll::cli {
namespace {

Result<void> refuse_nonsense(const FixArguments& a) {
  const bool from_input = std::ranges::find(a.check.paths, "-") != a.check.paths.end();
  if (from_input && a.check.paths.size() > 1)
    return fail(ErrorKind::unsupported, "fix: - stands alone");
  if (from_input && a.interactive)
    return fail(ErrorKind::unsupported, "--interactive: the answers come from standard input");
  if (from_input && a.prove)
    return fail(ErrorKind::unsupported, "--prove: standard input has no folder to build from");
  if (a.interactive && ::isatty(STDIN_FILENO) != 1)
    return fail(ErrorKind::unsupported, "--interactive wants a terminal");
  return {};
}

// Git keeps what was there before; for a file with changes of its own it can't.
void warn_of_uncommitted(const fix::Outcome& outcome, const Fs& fs) {
  std::vector<std::string> paths;
  paths.reserve(outcome.files.size());
  for (const fix::ChangedFile& file : outcome.files)
    if (!file.created) paths.push_back(file.path);
  const std::string git = find_program("git", environment("PATH"));
  for (const std::string& path : engine::uncommitted(git, paths, fs))
    complain(concat({path, " had changes that are not committed"}));
}

// The folders that were named, and this one: what is written lies in them.
std::vector<std::string> roots_of(const CheckArguments& a, const Fs& fs) {
  std::vector<std::string> roots{"."};
  for (const std::string& path : a.paths) {
    const Result<FileStatus> status = fs.status(path);
    const bool is_folder = status && status->kind == FileKind::directory;
    roots.emplace_back(is_folder ? std::string_view(path) : parent_path(path));
  }
  return roots;
}

Result<void> write_files(const fix::Outcome& outcome, const CheckArguments& a, const Fs& fs) {
  std::vector<fix::Writing> files;
  files.reserve(outcome.files.size());
  using enum fix::Writing::Kind;
  for (const fix::ChangedFile& file : outcome.files)
    if (file.created)
      files.push_back({.path = file.path,
                       .before = {},
                       .after = file.created->text,
                       .kind = file.created->mounted  ? mounted
                               : file.created->secret ? secret
                                                      : created});
    else
      files.push_back({.path = file.path,
                       .before = outcome.before.source(file.before).bytes(),
                       .after = outcome.after.source(file.after).bytes()});
  return fix::write(files, roots_of(a, fs));
}

// What became of standard input.
bool print_text(const fix::Outcome& outcome) {
  DescriptorOutput out(STDOUT_FILENO);
  if (outcome.files.empty())
    out.write(outcome.before.source(0).bytes());
  else
    out.write(outcome.after.source(outcome.files.front().after).bytes());
  return out.flush();
}

// Text goes where it is in no program's way.
void tell_text(const fix::Outcome& outcome, const report::FixWords& words,
               const report::Options& options, int descriptor) {
  DescriptorOutput out(descriptor);
  report::write_fixes(outcome, words, options, out);
}

int status_of(const Plan& plan, const engine::Verdict& result) {
  if (!result.errors.empty()) return usage;
  if (plan.threshold && engine::reaches(result, *plan.threshold)) return findings;
  return result.incomplete ? incomplete : ok;
}

struct Shown {
  report::Diff diff;
  report::Options options;
  report::FixWords words;
};

int show_diff(const Plan& plan, const fix::Outcome& outcome, const Shown& shown) {
  bool written = true;
  if (plan.format->name == "text") {
    DescriptorOutput out(STDOUT_FILENO);
    out.write(shown.diff.text);
    written = out.flush();
    tell_text(outcome, shown.words, shown.options, STDERR_FILENO);
    written = write_outputs(plan, outcome.result(), shown.options) && written;
  } else {
    written = write_reports(plan, outcome.result(), shown.options);
  }
  if (shown.diff.hides_secrets)
    complain("the diff hides secrets, so it can't be applied; `plimsoll fix` writes the files");
  if (!written || !outcome.result().errors.empty()) return usage;
  return outcome.files.empty() ? ok : findings;
}

int write_and_tell(const FixArguments& a, const Plan& plan, const fix::Outcome& outcome,
                   const Shown& shown) {
  const bool from_input = plan.settings.standard_input.has_value();
  const bool as_text = plan.format->name == "text";
  if (!from_input && !outcome.files.empty()) {
    const RealFs fs;
    warn_of_uncommitted(outcome, fs);
    if (const Result<void> written = write_files(outcome, a.check, fs); !written) {
      complain(written.error().message);
      return usage;
    }
  }
  bool written = true;
  if (from_input && as_text) written = !outcome.before.sources[0] || print_text(outcome);
  if (as_text) {
    tell_text(outcome, shown.words, shown.options, from_input ? STDERR_FILENO : STDOUT_FILENO);
    written = write_outputs(plan, outcome.result(), shown.options) && written;
  } else {
    written = write_reports(plan, outcome.result(), shown.options) && written;
  }
  return written ? status_of(plan, outcome.result()) : static_cast<int>(usage);
}

}  // namespace

int fix(const FixArguments& arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  const RealFs fs;
  engine::Snapshot snapshot(fs);
  Plan plan;
  Result<void> planned = refuse_nonsense(arguments);
  if (planned) planned = make_plan(arguments.check, fs, snapshot, plan);
  engine::Verdict none;
  if (planned) planned = accept_baseline(arguments.check.baseline, fs, none);
  if (!planned) {
    complain(planned.error().message);
    return usage;
  }

  plan.settings.rule_settings.prefer_cache_mounts = arguments.prefer_cache_mounts;
  Questions questions(use_colour(arguments.check.color));
  fix::Settings settings{
      .check = plan.settings, .selection = plan.selection, .unsafe = arguments.unsafe};
  if (arguments.interactive)
    settings.wanted = [&](const engine::Verdict& verdict, const fix::Proposal& proposal) {
      return questions.ask(verdict, proposal);
    };
  if (!arguments.check.baseline.empty())
    settings.accept = [&](engine::Verdict& verdict) {
      (void)accept_baseline(arguments.check.baseline, fs, verdict);
    };
  Result<fix::Outcome> fixed =
      arguments.prove ? prove_fixes(arguments, settings, fs) : fix::fix(settings, fs);
  if (!fixed) {
    complain(concat({"--prove: ", fixed.error().message}));
    return usage;
  }
  fix::Outcome outcome = std::move(*fixed);
  engine::Verdict& result = outcome.files.empty() ? outcome.before : outcome.after;
  for (const std::string& note : result.notes) complain(note);
  result.errors.insert(result.errors.begin(), plan.config_errors.begin(), plan.config_errors.end());

  const std::string nothing = nothing_to_judge(arguments.check);
  Shown shown{.diff = {},
              .options = {.command = "fix",
                          .colour = use_colour(arguments.check.color),
                          .unicode = use_unicode(),
                          .width = terminal_width(),
                          .nothing_judged = nothing,
                          .fixes = &outcome},
              .words = {.written = !arguments.diff}};
  if (!arguments.diff) return write_and_tell(arguments, plan, outcome, shown);
  shown.diff = report::diff_of(outcome, working_directory());
  shown.options.diff = shown.diff.text;
  return show_diff(plan, outcome, shown);
}

}  // namespace plimsoll::cli
