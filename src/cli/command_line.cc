// Declares commands and options with CLI11, and calls the command chosen.
#include "cli/command_line.h"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/completions.h"
#include "cli/hadolint.h"
#include "cli/terminal.h"
#include "report/report.h"

namespace plimsoll::cli {
namespace {

std::string format_names() {
  std::string names;
  for (const report::Format& format : report::formats()) {
    if (!names.empty()) names += ", ";
    names += format.name;
  }
  return names;
}

void add_check_footer(CLI::App& app) {
  app.footer(
      "Examples:\n"
      "  plimsoll check                            judge the project in this folder\n"
      "  plimsoll check docker/ api/Dockerfile     these folders and files\n"
      "  plimsoll check - < Dockerfile             standard input\n"
      "  plimsoll check --preset all --ignore style --fail-on high\n"
      "  plimsoll check --format json --output sarif=plimsoll.sarif\n\n"
      "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or an input that "
      "could not\n"
      "be read, 3 verdict incomplete, 70 a bug in Plimsoll.");
}

// How the run goes and what it looks like.
void add_check_manners(CLI::App& app, CheckArguments& a) {
  app.add_option("--jobs", a.jobs, "Threads (default: one for each processor)")->type_name("N");
  app.add_option("--color", a.color,
                 "auto, always or never (default: auto; NO_COLOR and CLICOLOR_FORCE count)")
      ->type_name("WHEN");
  app.add_flag("--show-suppressed", a.show_suppressed, "Tell suppressed findings too");
  app.add_flag("--statistics", a.statistics,
               "How often each rule spoke, in the place of the findings (text and json)");
  app.add_flag("--time", a.time, "Tell what each pass cost, on standard error");
  app.add_flag("--quiet", a.quiet, "No code frames and no help, findings and summary only");
  app.add_flag("--no-shellcheck", a.no_shellcheck, "Do not ask ShellCheck");
  app.add_option("--today", a.today, "Judge dated facts as of YYYY-MM-DD")
      ->group("");  // for reproducible tests
}

// Which findings are there already.
void add_check_acceptance(CLI::App& app, CheckArguments& a) {
  app.add_option("--baseline", a.baseline,
                 "Accept the findings of a baseline, or of a report made with --format json")
      ->type_name("FILE");
  app.add_option("--write-baseline", a.write_baseline,
                 "Write the findings of this run, and accept them")
      ->type_name("FILE");
  app.add_flag(
      "--add-ignore{all}", a.add_ignore,
      "Accept findings by comments in their files: all, or those of =NAMES; wants --reason");
  app.add_option("--reason", a.reason, "Why, for --add-ignore")->type_name("TEXT");
  app.add_option("--since", a.since,
                 "Only findings on lines that differ from where HEAD left this git revision")
      ->type_name("REVISION");
}

void add_check(CLI::App& app, CheckArguments& a) {
  app.add_option(
         "PATH", a.paths,
         "Files and folders to judge; - reads a Dockerfile from standard input (default: .)")
      ->type_name("");
  app.add_option("--format", a.format,
                 "Format on standard output: " + format_names() + " (default: text)")
      ->type_name("FORMAT");
  app.add_option("--output", a.outputs, "Also write FORMAT=FILE; may be repeated")
      ->type_name("FORMAT=FILE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--preset", a.preset,
                 "Which rules: recommended, strict or all (default: recommended)")
      ->type_name("PRESET");
  app.add_option("--select", a.select,
                 "Only these rules: names, categories, other tools' ids, globs")
      ->type_name("RULES")
      ->delimiter(',')
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--ignore", a.ignore, "Not these rules")
      ->type_name("RULES")
      ->delimiter(',')
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--fail-on", a.fail_on,
                 "Exit with 1 from this severity on: info, low, medium, high, critical, never "
                 "(default: medium)")
      ->type_name("SEVERITY");
  app.add_option("--build-arg", a.build_arguments, "Value of a build argument; may be repeated")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--target", a.target,
                 "The stage that is shipped: its name or number (default: the last)")
      ->type_name("STAGE");
  app.add_option("--stdin-filename", a.stdin_filename,
                 "What reports call standard input (default: -)")
      ->type_name("PATH");
  app.add_option("--config", a.config,
                 "Configuration file (default: the nearest plimsoll.toml upward)")
      ->type_name("FILE");
  add_check_acceptance(app, a);
  add_check_manners(app, a);
  add_check_footer(app);
}

void add_explain(CLI::App& app, std::vector<std::string>& names, std::string& color) {
  app.add_option("NAME", names,
                 "A rule's name, or another tool's id: DL3008, CKV_DOCKER_3, DS-0002, a KICS uuid")
      ->type_name("")
      ->required();
  app.add_option("--color", color, "auto, always or never (default: auto)")->type_name("WHEN");
  app.footer("Examples:\n  plimsoll explain root-user\n  plimsoll explain DL3008 CKV_DOCKER_3");
}

void add_rules(CLI::App& app, std::string& format) {
  app.add_option("--format", format, "text or json (default: text)")->type_name("LIST_FORMAT");
  app.footer("Example:\n  plimsoll rules --format json");
}

void add_show(CLI::App& app, std::string& path) {
  app.require_subcommand(1);
  app.footer(
      "Examples:\n  plimsoll show tree Dockerfile\n  plimsoll show shell Dockerfile\n  plimsoll "
      "show facts Dockerfile");
  for (const auto& [what, help] :
       {std::pair("tree", "The Dockerfile's instructions, words and places"),
        std::pair("shell", "The commands of its RUN instructions"),
        std::pair("facts", "Its stages and the container that would run")})
    app.add_subcommand(what, help)
        ->add_option("PATH", path, "A Dockerfile; - for standard input")
        ->type_name("")
        ->required();
}

void add_completions(CLI::App& app, std::string& shell) {
  app.add_option("SHELL", shell, "bash, zsh or fish")->type_name("")->required();
  app.footer(
      "Examples:\n"
      "  source <(plimsoll completions bash)\n"
      "  plimsoll completions zsh > ~/.zfunc/_plimsoll\n"
      "  plimsoll completions fish > ~/.config/fish/completions/plimsoll.fish");
}

// What stands before the commands.
void add_own(CLI::App& app) {
  app.set_version_flag("--version", "plimsoll " PLIMSOLL_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer(
      "Examples:\n"
      "  plimsoll check              judge the Dockerfiles of this folder\n"
      "  plimsoll check --help       its options\n"
      "  plimsoll explain DL3008     what a finding means, by any tool's id\n"
      "  plimsoll rules              what is looked for");
}

int complete(const CLI::App& app, const std::string& shell) {
  DescriptorOutput output(STDOUT_FILENO);
  if (write_completions(app, shell, output)) return ok;
  complain("completions: '" + shell + "' is not bash, zsh or fish");
  return usage;
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app(
      "Plimsoll checks, fixes and proves what \"Docker Security Best Practices\" asks for.",
      "plimsoll");
  add_own(app);

  CheckArguments check_arguments;
  CLI::App* check_command = app.add_subcommand("check", "Find and judge Dockerfiles");
  add_check(*check_command, check_arguments);

  std::vector<std::string> names;
  std::string explain_color = "auto";
  CLI::App* explain_command =
      app.add_subcommand("explain", "Say what a rule looks for, why, and what to do");
  add_explain(*explain_command, names, explain_color);

  std::string rules_format = "text";
  CLI::App* rules_command = app.add_subcommand("rules", "List all rules");
  add_rules(*rules_command, rules_format);

  std::string show_path;
  CLI::App* show_command =
      app.add_subcommand("show", "Print what was understood of a file, as JSON");
  add_show(*show_command, show_path);

  HadolintArguments hadolint_arguments;
  CLI::App* hadolint_command =
      app.add_subcommand("hadolint", "Judge as hadolint would: its options, codes and formats");
  add_hadolint(*hadolint_command, hadolint_arguments);

  std::string shell;
  CLI::App* completions_command =
      app.add_subcommand("completions", "Print what a shell needs to complete this command line");
  add_completions(*completions_command, shell);

  std::string rules_folder, schema_file;
  CLI::App* docs_command =
      app.add_subcommand("docs", "Write what is generated from the rules")->group("");
  docs_command->add_option("--rules", rules_folder);
  docs_command->add_option("--schema", schema_file);

  if (argc == 1) {  // a first look: say what there is
    DescriptorOutput(STDERR_FILENO).write(app.help());
    return usage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help and version as "errors" of status 0; all others are wrong usage.
    const int failure = *hadolint_command ? kHadolintFailure : usage;
    return app.exit(error) == 0 ? ok : failure;
  }
  if (*check_command) return check(check_arguments);
  if (*explain_command) return explain(names, explain_color);
  if (*rules_command) return list_rules(rules_format);
  if (*show_command) return show(show_command->get_subcommands().front()->get_name(), show_path);
  if (*hadolint_command) return hadolint(std::move(hadolint_arguments));
  if (*completions_command) return complete(app, shell);
  return write_documentation(rules_folder, schema_file);
}

}  // namespace plimsoll::cli
