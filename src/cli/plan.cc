// The command line stands over plimsoll.toml, which stands over other tools' files.
#include "cli/plan.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>

#include "base/concat.h"
#include "cli/environment.h"
#include "cli/terminal.h"
#include "engine/baseline.h"
#include "engine/config.h"
#include "engine/foreign/foreign.h"
#include "engine/project.h"
#include "report/badge.h"
#include "report/statistics.h"

namespace plimsoll::cli {
namespace {

constexpr std::uint64_t kBaselineLimit = std::uint64_t{256} << 20;  // bytes

using Strings = std::vector<std::string>;

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

// Where the configuration is looked for: the folder of the first path. Absolute.
std::string project_folder(const CheckArguments& a, const Fs& fs) {
  std::string here = working_directory();
  if (a.paths.empty() || a.paths.front() == "-") return here;
  const std::string& first = a.paths.front();
  const Result<FileStatus> status = fs.status(first);
  const bool is_folder = status && status->kind == FileKind::directory;
  return engine::absolute_path(is_folder ? std::string_view(first) : parent_path(first), here);
}

// The configuration that holds for the run; a broken one is told as an error of the verdict and
// counts as empty.
engine::Config load_config(const CheckArguments& a, const Fs& fs, const std::string& folder,
                           std::vector<engine::InputError>& errors) {
  const std::string path = a.config.empty() ? engine::find_config(fs, folder) : a.config;
  if (path.empty()) return {};
  const Result<std::string> bytes = fs.read(path, engine::kConfigLimit);
  const std::string absolute = engine::absolute_path(path, working_directory());
  Result<engine::Config> config =
      bytes ? engine::parse_config(path, *bytes, std::string(parent_path(absolute)))
            : Result<engine::Config>(tl::unexpected(bytes.error()));
  if (config) {
    config->file = path;
    return std::move(*config);
  }
  errors.push_back({path, config.error().line, config.error().message});
  return {};
}

// Other tools' files say what plimsoll.toml leaves open.
void add_foreign(engine::foreign::Foreign foreign, engine::Config& config,
                 engine::CheckSettings& s) {
  for (const std::string& complaint : foreign.complaints) complain(complaint);
  config.severity.insert(config.severity.begin(), foreign.severity.begin(), foreign.severity.end());
  std::ranges::move(foreign.acceptances, std::back_inserter(config.acceptances));
  if (!config.fail_on) config.fail_on = foreign.fail_on;
  if (!config.trusted_registries) config.trusted_registries = foreign.trusted_registries;
  if (!config.labels) config.labels = foreign.labels;
  if (!config.strict_labels) config.strict_labels = foreign.strict_labels;
  s.hadolint_comments = foreign.hadolint_comments;
}

Result<void> plan_outputs(const CheckArguments& a, Plan& plan) {
  const auto format = find_format(a.format);
  if (!format) return tl::unexpected(format.error());
  plan.format = *format;
  plan.statistics = a.statistics;
  if (a.statistics && a.format != "text" && a.format != "json")
    return fail(ErrorKind::unsupported,
                concat({"--statistics has the formats text and json, not ", a.format}));
  if (a.checklist_only && (a.statistics || (a.format != "text" && a.format != "json")))
    return fail(ErrorKind::unsupported,
                concat({"--checklist-only has the formats text and json, not ",
                        a.statistics ? "--statistics" : a.format}));
  plan.badge = a.badge;
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
  plan.settings.selection = std::move(selection);
  plan.settings.path_settings = config.paths;
  for (engine::PathSettings& path : plan.settings.path_settings) {
    if (!a.preset.empty() || !a.select.empty()) path.preset.reset();
    if (!a.select.empty()) path.select.clear();
  }

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
  if (s.standard_input && !a.since.empty())
    return fail(ErrorKind::unsupported, "--since: standard input is in no git repository");
  if (a.paths.empty() && a.run.empty()) s.paths = {"."};
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

// Variables for Compose. The process's own environment counts only where it is named.
Result<void> plan_environment(const CheckArguments& a, engine::CheckSettings& s) {
  for (const std::string& variable : a.environment) {
    const std::size_t equals = variable.find('=');
    if (equals == 0) return fail(ErrorKind::malformed, "--env: a name is missing before '='");
    const std::string name = variable.substr(0, equals);
    s.environment.emplace_back(name, equals == std::string::npos ? environment(name.c_str())
                                                                 : variable.substr(equals + 1));
  }
  s.env_files = a.env_files;
  s.profiles = a.profiles;
  if (!a.run.empty()) s.run_lines = {a.run};
  return {};
}

Result<void> plan_inputs(const CheckArguments& a, const engine::Config& config, Plan& plan) {
  engine::CheckSettings& s = plan.settings;
  if (Result<void> planned = plan_paths(a, s); !planned) return planned;
  s.discovery = {.dockerfiles = config.dockerfiles,
                 .exclude = config.exclude,
                 .working_directory = working_directory()};
  if (Result<void> planned = plan_build_arguments(a, s); !planned) return planned;
  if (Result<void> planned = plan_environment(a, s); !planned) return planned;
  const Result<std::uint32_t> today = read_today(a.today);
  if (!today) return tl::unexpected(today.error());
  s.today = *today;
  s.target = a.target;
  s.acceptances = config.acceptances;
  s.config_file = config.file;
  s.rule_settings = {.trusted_registries = config.trusted_registries.value_or(Strings{}),
                     .labels = config.labels.value_or(decltype(s.rule_settings.labels){}),
                     .strict_labels = config.strict_labels.value_or(false)};
  s.jobs = a.jobs;
  s.time_passes = a.time;
  plan_shellcheck(a.no_shellcheck, s.shellcheck);
  return {};
}

}  // namespace

std::string working_directory() {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::current_path(error);
  return error ? std::string() : path.string();
}

Result<void> make_plan(const CheckArguments& arguments, const Fs& fs, engine::Snapshot& snapshot,
                       Plan& plan) {
  const std::string folder = project_folder(arguments, fs);
  engine::Config config = load_config(arguments, fs, folder, plan.config_errors);
  if (config.other_tools)
    add_foreign(engine::foreign::read_all(fs, snapshot,
                                          {.working_directory = working_directory(),
                                           .project = folder,
                                           .home = environment("HOME"),
                                           .xdg_config_home = environment("XDG_CONFIG_HOME")}),
                config, plan.settings);
  Result<void> planned = plan_outputs(arguments, plan);
  if (planned) planned = plan_rules(arguments, config, plan);
  if (planned) planned = plan_inputs(arguments, config, plan);
  return planned;
}

std::string nothing_to_judge(const CheckArguments& a) {
  std::string where;
  for (const std::string& path : a.paths) where += concat({where.empty() ? "" : ", ", path});
  return concat({"Nothing to judge: neither a Dockerfile nor a Compose file was found in ",
                 where.empty() ? "this folder" : where,
                 ". Looked for Dockerfile, Dockerfile.*, *.Dockerfile, Containerfile*, "
                 "compose*.yaml and docker-compose*.yml, and for `docker run` in scripts; name "
                 "other files on the command line, or Dockerfiles under `dockerfiles` in "
                 "plimsoll.toml."});
}

Result<void> accept_baseline(const std::string& path, const Fs& fs, engine::Verdict& verdict) {
  if (path.empty()) return {};
  const Result<std::string> bytes = fs.read(path, kBaselineLimit);
  if (!bytes) return tl::unexpected(bytes.error());
  const Result<engine::Baseline> baseline = engine::Baseline::parse(path, *bytes);
  if (!baseline) return tl::unexpected(baseline.error());
  baseline->apply(verdict);
  return {};
}

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
  return write_outputs(plan, verdict, options) && written;
}

bool write_outputs(const Plan& plan, const engine::Verdict& verdict,
                   const report::Options& options) {
  bool written = true;
  report::Options plain = options;
  plain.colour = false;
  plain.checklist_only = false;
  for (const auto& [format, path] : plan.outputs) {
    const auto tell = [&, format = format](report::Output& output) {
      format->write(verdict, plain, output);
    };
    if (const Result<void> told = write_file(path, tell); !told) {
      complain(told.error().message);
      written = false;
    }
  }
  if (plan.badge.empty()) return written;
  const auto draw = [&](report::Output& output) { report::write_badge(verdict, output); };
  if (const Result<void> drawn = write_file(plan.badge, draw); !drawn) {
    complain(drawn.error().message);
    written = false;
  }
  return written;
}

}  // namespace plimsoll::cli
