// `plimsoll check`: wires configuration, engine and reports together.
#include "engine/check.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "base/concat.h"
#include "base/timer.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "engine/baseline.h"
#include "engine/config.h"
#include "report/report.h"
#include "report/statistics.h"

namespace plimsoll::cli {
namespace {

constexpr std::uint64_t kBaselineLimit = std::uint64_t{256} << 20;  // bytes

const report::Format* format_named(std::string_view name) {
  const auto all = report::formats();
  const auto found = std::ranges::find(all, name, &report::Format::name);
  return found == all.end() ? nullptr : &*found;
}

Result<const report::Format*> find_format(std::string_view name) {
  if (const report::Format* format = format_named(name)) return format;
  std::string known;
  for (const report::Format& format : report::formats())
    known += concat({known.empty() ? "" : ", ", format.name});
  return fail(ErrorKind::unsupported,
              concat({"there is no format '", name, "'; known are ", known}));
}

Result<std::uint32_t> read_today(const std::string& text) {
  if (text.empty()) return date_of_today();
  unsigned year = 0, month = 0, day = 0;
  if (std::sscanf(text.c_str(), "%4u-%2u-%2u", &year, &month, &day) != 3)
    return fail(ErrorKind::malformed, concat({"--today: '", text, "' is not YYYY-MM-DD"}));
  return year * 10000 + month * 100 + day;
}

std::string working_directory() {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::current_path(error);
  return error ? std::string() : path.string();
}

// The configuration that holds for the run; a broken one is told as an error of the verdict and
// counts as empty.
engine::Config load_config(const CheckArguments& a, const Fs& fs,
                           std::vector<engine::InputError>& errors) {
  std::string path = a.config;
  if (path.empty()) {
    std::string folder = working_directory();
    if (!a.paths.empty() && a.paths.front() != "-") {
      const std::string& first = a.paths.front();
      const Result<FileStatus> status = fs.status(first);
      const bool is_folder = status && status->kind == FileKind::directory;
      const std::string in(is_folder ? std::string_view(first) : parent_path(first));
      folder = in.starts_with('/')
                   ? in
                   : std::filesystem::path(join_path(folder, in)).lexically_normal().string();
      while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    }
    path = engine::find_config(fs, folder);
    if (path.empty()) return {};
  }
  const Result<std::string> bytes = fs.read(path, 1 << 20);
  Result<engine::Config> config = bytes ? engine::parse_config(path, *bytes)
                                        : Result<engine::Config>(tl::unexpected(bytes.error()));
  if (config) return std::move(*config);
  errors.push_back({path, config.error().line, config.error().message});
  return {};
}

struct Plan {
  engine::CheckSettings settings;
  engine::Selection selection;
  std::optional<rules::Severity> threshold = rules::Severity::medium;  // none: never
  const report::Format* format = nullptr;
  bool statistics = false;
  std::vector<std::pair<const report::Format*, std::string>> outputs;  // format, file
};

Result<void> plan_outputs(const CheckArguments& a, Plan& plan) {
  const auto format = find_format(a.format);
  if (!format) return tl::unexpected(format.error());
  plan.format = *format;
  plan.statistics = a.statistics;
  if (a.statistics && a.format != "text" && a.format != "json")
    return fail(ErrorKind::unsupported,
                concat({"--statistics has the formats text and json, not ", a.format}));
  for (const std::string& output : a.outputs) {
    const std::size_t equals = output.find('=');
    if (equals == std::string::npos || equals + 1 == output.size())
      return fail(ErrorKind::malformed, concat({"--output: '", output, "' is not FORMAT=FILE"}));
    const auto to = find_format(std::string_view(output).substr(0, equals));
    if (!to) return tl::unexpected(to.error());
    plan.outputs.emplace_back(*to, output.substr(equals + 1));
  }
  if (a.color != "auto" && a.color != "always" && a.color != "never")
    return fail(ErrorKind::malformed,
                concat({"--color: '", a.color, "' is not auto, always or never"}));
  return {};
}

// The command line stands over the configuration; lists to ignore add up.
Result<void> plan_rules(const CheckArguments& a, const engine::Config& config, Plan& plan) {
  engine::SelectionSettings selection{.preset = config.preset.value_or(rules::Preset::recommended),
                                      .select = a.select.empty() ? config.select : a.select,
                                      .ignore = config.ignore,
                                      .severity = config.severity};
  selection.ignore.insert(selection.ignore.end(), a.ignore.begin(), a.ignore.end());
  if (!a.preset.empty()) {
    const auto preset = engine::preset_from(a.preset);
    if (!preset)
      return fail(ErrorKind::malformed,
                  concat({"--preset: '", a.preset, "' is not recommended, strict or all"}));
    selection.preset = *preset;
  }
  Result<engine::Selection> selected = engine::select_rules(selection);
  if (!selected) return tl::unexpected(selected.error());
  plan.selection = std::move(*selected);

  const std::string fail_on = !a.fail_on.empty() ? a.fail_on : config.fail_on.value_or("medium");
  plan.threshold = engine::severity_from(fail_on);
  if (!plan.threshold && fail_on != "never")
    return fail(
        ErrorKind::malformed,
        concat({"--fail-on: '", fail_on, "' is not info, low, medium, high, critical or never"}));
  return {};
}

Result<void> plan_paths(const CheckArguments& a, engine::CheckSettings& s) {
  for (const std::string& path : a.paths) {
    if (path != "-") {
      s.paths.push_back(path);
      continue;
    }
    Result<std::string> text = read_standard_input(engine::kInputLimit);
    if (!text) return tl::unexpected(text.error());
    s.standard_input = std::move(*text);
  }
  if (a.paths.empty()) s.paths = {"."};
  if (!a.stdin_filename.empty()) s.standard_input_name = a.stdin_filename;
  return {};
}

Result<void> plan_build_arguments(const CheckArguments& a, engine::CheckSettings& s) {
  for (const std::string& argument : a.build_arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorKind::malformed,
                  concat({"--build-arg: '", argument, "' is not NAME=VALUE"}));
    s.build_arguments.emplace_back(argument.substr(0, equals), argument.substr(equals + 1));
  }
  return {};
}

Result<void> plan_inputs(const CheckArguments& a, const engine::Config& config, Plan& plan) {
  engine::CheckSettings& s = plan.settings;
  if (Result<void> planned = plan_paths(a, s); !planned) return planned;
  s.discovery = {.dockerfiles = config.dockerfiles,
                 .exclude = config.exclude,
                 .working_directory = working_directory()};
  if (Result<void> planned = plan_build_arguments(a, s); !planned) return planned;
  const Result<std::uint32_t> today = read_today(a.today);
  if (!today) return tl::unexpected(today.error());
  s.today = *today;
  s.target = a.target;
  s.jobs = a.jobs;
  s.time_passes = a.time;
  return {};
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

std::string nothing_to_judge(const CheckArguments& a) {
  std::string where;
  for (const std::string& path : a.paths) where += concat({where.empty() ? "" : ", ", path});
  return concat({"Nothing to judge: no Dockerfile was found in ",
                 where.empty() ? "this folder" : where,
                 ". Looked for Dockerfile, Dockerfile.*, *.Dockerfile and Containerfile*; name "
                 "others on the command "
                 "line or under `dockerfiles` in plimsoll.toml."});
}

Result<void> accept_baseline(const CheckArguments& a, const Fs& fs, engine::Verdict& verdict) {
  if (a.baseline.empty()) return {};
  const Result<std::string> bytes = fs.read(a.baseline, kBaselineLimit);
  if (!bytes) return tl::unexpected(bytes.error());
  const Result<engine::Baseline> baseline = engine::Baseline::parse(a.baseline, *bytes);
  if (!baseline) return tl::unexpected(baseline.error());
  baseline->apply(verdict);
  return {};
}

// Writes the report on standard output and those of --output. False: one could not be written,
// which was told.
bool write_reports(const Plan& plan, const engine::Verdict& verdict,
                   const report::Options& options) {
  bool written = true;
  {
    DescriptorOutput output(STDOUT_FILENO);
    if (plan.statistics)
      report::write_statistics(verdict, options, plan.format->name == "json", output);
    else
      plan.format->write(verdict, options, output);
    written = output.flush();
  }
  if (!written) complain("cannot write to standard output");
  report::Options plain = options;
  plain.colour = false;
  for (const auto& [format, path] : plan.outputs) {
    const auto tell = [&, format = format](report::Output& output) {
      format->write(verdict, plain, output);
    };
    if (const Result<void> told = write_file(path, tell); !told) {
      complain(told.error().message);
      written = false;
    }
  }
  return written;
}

}  // namespace

int check(const CheckArguments& arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  const RealFs fs;
  std::vector<engine::InputError> config_errors;
  const engine::Config config = load_config(arguments, fs, config_errors);

  Plan plan;
  Result<void> planned = plan_outputs(arguments, plan);
  if (planned) planned = plan_rules(arguments, config, plan);
  if (planned) planned = plan_inputs(arguments, config, plan);
  if (!planned) {
    complain(planned.error().message);
    return usage;
  }

  engine::Verdict verdict = engine::check(plan.settings, plan.selection, fs);
  verdict.errors.insert(verdict.errors.begin(), config_errors.begin(), config_errors.end());

  if (const Result<void> accepted = accept_baseline(arguments, fs, verdict); !accepted) {
    complain(accepted.error().message);
    return usage;
  }

  const Stopwatch report_watch(CLOCK_PROCESS_CPUTIME_ID);
  const std::string nothing =
      verdict.files == 0 && verdict.errors.empty() ? nothing_to_judge(arguments) : std::string();
  const report::Options options{.colour = use_colour(arguments.color),
                                .unicode = use_unicode(),
                                .show_suppressed = arguments.show_suppressed,
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
