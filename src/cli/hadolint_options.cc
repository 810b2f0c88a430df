// Declares hadolint's options, and reads its environment variables.
#include <CLI/CLI.hpp>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "cli/environment.h"
#include "cli/hadolint.h"

namespace plimsoll::cli {
namespace {

using report::Level;

void add_list(CLI::App& app, const std::string& name, std::vector<std::string>& to,
              const std::string& type, const std::string& help) {
  app.add_option(name, to, help)->type_name(type)->expected(1)->take_all()->allow_extra_args(false);
}

bool is_true(std::string_view word) {
  const std::string lowered = lower(word);
  return lowered == "1" || lowered == "y" || lowered == "yes" || lowered == "on" ||
         lowered == "true";
}

void append_items(std::string_view text, std::vector<std::string>& to) {
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (const std::string_view item = text.substr(0, comma); !item.empty()) to.emplace_back(item);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
}

}  // namespace

void add_hadolint(CLI::App& app, HadolintArguments& a) {
  app.add_option("DOCKERFILE", a.paths, "Files to judge; - for standard input")->type_name("");
  app.add_flag("-v,--version", a.version, "Print the version");
  app.add_option("-c,--config", a.config, "hadolint's configuration file")->type_name("FILE");
  app.add_option("--file-path-in-report", a.file_path_in_report,
                 "The path that checkstyle, codeclimate, gitlab_codeclimate, sonarqube and junit "
                 "call the file")
      ->type_name("PATH");
  app.add_option("-o,--output", a.output, "Write to this file")->type_name("FILE");
  app.add_flag("--no-fail", a.no_fail, "Findings leave the exit status 0");
  app.add_flag("--no-color", a.no_color, "No colours");
  app.add_flag("-V,--verbose", a.verbose, "Say on standard error what is in force");
  app.add_option("-f,--format", a.format, "Format of the output (default: tty)")
      ->type_name("FORMAT");
  add_list(app, "--error", a.error, "RULECODE", "Give the rule the level error");
  add_list(app, "--warning", a.warning, "RULECODE", "Give the rule the level warning");
  add_list(app, "--info", a.info, "RULECODE", "Give the rule the level info");
  add_list(app, "--style", a.style, "RULECODE", "Give the rule the level style");
  add_list(app, "--ignore", a.ignore, "RULECODE", "Do not report the rule");
  add_list(app, "--trusted-registry", a.trusted_registries, "REGISTRY",
           "A registry that images may come from");
  add_list(app, "--require-label", a.labels, "LABEL:KIND",
           "A label that must be there: text, url, semver, hash, rfc3339, spdx or email");
  app.add_flag("--strict-labels", a.strict_labels, "No other labels than those required");
  app.add_flag("--disable-ignore-pragma", a.disable_ignore_pragma,
               "Comments in a Dockerfile accept nothing");
  app.add_option("-t,--failure-threshold", a.threshold,
                 "Exit with 1 from this level on: error, warning, info, style, ignore or none "
                 "(default: info)")
      ->type_name("THRESHOLD");
  app.footer(
      "Examples:\n"
      "  plimsoll hadolint -f json -t error Dockerfile\n"
      "  plimsoll hadolint --ignore DL3008 - < Dockerfile\n\n"
      "HADOLINT_FORMAT and its other environment variables count. See docs/hadolint.md.");
}

void add_hadolint_environment(HadolintArguments& a) {
  // The first level that names a code holds: the command line's stand before the environment's.
  for (const auto& [name, to] : {std::pair{"HADOLINT_FORMAT", &a.format},
                                 std::pair{"HADOLINT_FAILURE_THRESHOLD", &a.threshold}})
    if (to->empty()) *to = environment(name);
  for (const auto& [level, codes] : {std::pair{Level::error, &a.error},
                                     {Level::warning, &a.warning},
                                     {Level::info, &a.info},
                                     {Level::style, &a.style}})
    for (const std::string& code : *codes) a.levels.emplace_back(code, level);
  for (const auto& [level, name] : {std::pair{Level::error, "HADOLINT_OVERRIDE_ERROR"},
                                    {Level::warning, "HADOLINT_OVERRIDE_WARNING"},
                                    {Level::info, "HADOLINT_OVERRIDE_INFO"},
                                    {Level::style, "HADOLINT_OVERRIDE_STYLE"}}) {
    std::vector<std::string> codes;
    append_items(environment(name), codes);
    for (std::string& code : codes) a.levels.emplace_back(std::move(code), level);
  }
  for (const auto& [name, to] : {std::pair{"HADOLINT_IGNORE", &a.ignore},
                                 std::pair{"HADOLINT_TRUSTED_REGISTRIES", &a.trusted_registries},
                                 std::pair{"HADOLINT_REQUIRE_LABELS", &a.labels}})
    if (to->empty()) append_items(environment(name), *to);
  for (const auto& [name, to] :
       {std::pair{"HADOLINT_NOFAIL", &a.no_fail}, std::pair{"HADOLINT_VERBOSE", &a.verbose},
        std::pair{"HADOLINT_STRICT_LABELS", &a.strict_labels},
        std::pair{"HADOLINT_DISABLE_IGNORE_PRAGMA", &a.disable_ignore_pragma}})
    *to = *to || is_true(environment(name));
  a.no_color = a.no_color || !environment("NO_COLOR").empty();
}

}  // namespace plimsoll::cli
