// Wires hadolint's options to the engine with all rules, and to the formats of report/hadolint.
#include "cli/hadolint.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <optional>

#include "base/concat.h"
#include "cli/command_line.h"
#include "cli/environment.h"
#include "cli/terminal.h"
#include "engine/check.h"
#include "report/hadolint.h"

namespace plimsoll::cli {
namespace {

using report::IssueFiles;
using report::Level;

struct HadolintPlan {
  const report::hadolint::Format* format = nullptr;
  std::optional<Level> threshold;  // none: every finding counts
  engine::CheckSettings settings;
  report::hadolint::Settings telling;
};

Result<std::optional<Level>> read_threshold(const std::string& word) {
  if (word.empty()) return Level::info;
  if (word == "none" || word == "ignore") return std::nullopt;
  for (const Level level : {Level::error, Level::warning, Level::info, Level::style})
    if (report::name(level) == word) return level;
  return fail(ErrorKind::malformed, concat({"--failure-threshold: there is no level '", word,
                                            "'; known are error, warning, info, style, none"}));
}

Result<const report::hadolint::Format*> find_hadolint_format(std::string_view name) {
  std::string known;
  for (const report::hadolint::Format& format : report::hadolint::formats()) {
    if (format.name == name || name.empty()) return &format;
    known += concat({known.empty() ? "" : ", ", format.name});
  }
  return fail(ErrorKind::unsupported,
              concat({"there is no format '", name, "'; known are ", known}));
}

Result<std::pair<std::string, facts::LabelKind>> read_label(const std::string& text) {
  using facts::LabelKind;
  constexpr std::pair<std::string_view, LabelKind> kKinds[] = {
      {"text", LabelKind::text},     {"url", LabelKind::url},         {"semver", LabelKind::semver},
      {"hash", LabelKind::git_hash}, {"rfc3339", LabelKind::rfc3339}, {"spdx", LabelKind::spdx},
      {"email", LabelKind::email}};
  const std::size_t colon = text.rfind(':');
  const std::string_view kind =
      colon == std::string::npos ? std::string_view() : std::string_view(text).substr(colon + 1);
  for (const auto& [word, value] : kKinds)
    if (word == kind && colon != 0) return std::pair(text.substr(0, colon), value);
  return fail(ErrorKind::malformed,
              concat({"--require-label: '", text,
                      "' is not LABEL:KIND with one of text, url, semver, hash, rfc3339, spdx, "
                      "email"}));
}

// Only files: hadolint searches no folders.
Result<void> plan_inputs(const HadolintArguments& a, const Fs& fs, engine::CheckSettings& s) {
  if (a.paths.empty()) return fail(ErrorKind::malformed, "Please provide a Dockerfile");
  for (const std::string& path : a.paths) {
    if (path == "-") {
      if (s.standard_input) continue;
      Result<std::string> text = read_standard_input(engine::kInputLimit);
      if (!text) return tl::unexpected(text.error());
      s.standard_input = std::move(*text);
      continue;
    }
    const Result<FileStatus> status = fs.status(path);
    if (status && status->kind == FileKind::directory)
      return fail(ErrorKind::unreadable, concat({path, " is a folder; name its Dockerfiles"}));
    s.paths.push_back(path);
  }
  return {};
}

Result<HadolintPlan> plan_of(const HadolintArguments& a, const Fs& fs) {
  HadolintPlan plan;
  const auto format = find_hadolint_format(a.format);
  if (!format) return tl::unexpected(format.error());
  plan.format = *format;
  const auto threshold = read_threshold(a.threshold);
  if (!threshold) return tl::unexpected(threshold.error());
  plan.threshold = *threshold;
  engine::CheckSettings& s = plan.settings;
  if (Result<void> planned = plan_inputs(a, fs, s); !planned)
    return tl::unexpected(planned.error());
  s.today = date_of_today();
  s.hadolint_comments = !a.disable_ignore_pragma;
  plan_shellcheck(false, s.shellcheck);
  s.rule_settings.trusted_registries = a.trusted_registries;
  s.rule_settings.strict_labels = a.strict_labels;
  for (const std::string& text : a.labels) {
    auto label = read_label(text);
    if (!label) return tl::unexpected(label.error());
    s.rule_settings.labels.push_back(std::move(*label));
  }
  plan.telling = {
      .levels = a.levels, .ignored = a.ignore, .with_pragmas = !a.disable_ignore_pragma};
  return plan;
}

// A parse error always counts: it has no level.
bool fails(const IssueFiles& files, std::optional<Level> threshold) {
  return std::ranges::any_of(files, [&](const report::IssueFile& file) {
    return std::ranges::any_of(file.issues, [&](const report::Issue& issue) {
      return issue.is_error || !threshold || issue.level <= *threshold;
    });
  });
}

bool write(const HadolintArguments& a, const HadolintPlan& plan, IssueFiles files) {
  if (plan.format->path_is_replaced && !a.file_path_in_report.empty())
    for (report::IssueFile& file : files) file.path = a.file_path_in_report;
  // hadolint colours what goes to a pipe too; only --no-color and NO_COLOR count.
  const bool colour = plan.format == report::hadolint::formats().data() && !a.no_color;
  const report::IssueWriter writer =
      colour ? report::hadolint::write_coloured_tty : plan.format->write;
  const auto tell = [&](report::Output& output) {
    writer(files, report::hadolint::speaker(), output);
  };
  if (!a.output.empty()) {
    const Result<void> written = write_file(a.output, tell);
    if (!written) complain(written.error().message);
    return written.has_value();
  }
  DescriptorOutput output(STDOUT_FILENO);
  tell(output);
  return output.flush();
}

void tell_plan(const HadolintArguments& a, const HadolintPlan& plan) {
  DescriptorOutput(STDERR_FILENO)
      .write(
          concat({"format: ", plan.format->name,
                  "\nfailure threshold: ", plan.threshold ? report::name(*plan.threshold) : "none",
                  "\nno fail: ", a.no_fail ? "yes" : "no", "\nlevels changed: ",
                  std::to_string(a.levels.size()), "\nignored: ", std::to_string(a.ignore.size()),
                  "\nignore pragmas: ", a.disable_ignore_pragma ? "no" : "yes", "\n"}));
}

}  // namespace

int hadolint(HadolintArguments arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  if (arguments.version) {
    DescriptorOutput(STDOUT_FILENO)
        .write(concat({"plimsoll " PLIMSOLL_VERSION ", in the place of hadolint ",
                       report::hadolint::kVersion, "\n"}));
    return ok;
  }
  add_hadolint_environment(arguments);
  if (!add_hadolint_config(arguments)) return kHadolintFailure;
  const RealFs fs;
  const Result<HadolintPlan> plan = plan_of(arguments, fs);
  if (!plan) {
    complain(plan.error().message);
    return kHadolintFailure;
  }
  if (arguments.verbose) tell_plan(arguments, *plan);

  const Result<engine::Selection> all = engine::select_rules({.preset = rules::Preset::all});
  if (!all) {
    complain(all.error().message);
    return bug;
  }
  const engine::Verdict verdict = engine::check(plan->settings, *all, fs);
  for (const engine::InputError& error : verdict.errors) complain(error.message);
  const IssueFiles files = report::hadolint::failures(verdict, arguments.paths, plan->telling);
  const bool written = write(arguments, *plan, files);
  if (!verdict.errors.empty() || !written) return kHadolintFailure;
  if (arguments.no_fail || plan->format->always_succeeds) return ok;
  return fails(files, plan->threshold) ? kHadolintFailure : ok;
}

}  // namespace plimsoll::cli
