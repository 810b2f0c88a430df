// Declares commands and options with CLI11, and calls the command chosen.
#include "cli/command_line.h"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/completions.h"
#include "cli/hadolint.h"
#include "cli/run_line.h"
#include "cli/show_compose.h"
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

// How the run goes.
void add_manners(CLI::App& app, CheckArguments& a) {
  app.add_option("--jobs", a.jobs, "Threads (default: one for each processor)")->type_name("N");
  app.add_option("--color", a.color,
                 "auto, always or never (default: auto; NO_COLOR and CLICOLOR_FORCE count)")
      ->type_name("WHEN");
  app.add_flag("--no-shellcheck", a.no_shellcheck, "Do not ask ShellCheck");
  app.add_option("--today", a.today, "Judge dated facts as of YYYY-MM-DD")
      ->group("");  // for reproducible tests
}

// What a check looks like.
void add_check_looks(CLI::App& app, CheckArguments& a) {
  app.add_flag("--show-suppressed", a.show_suppressed, "Tell suppressed findings too");
  app.add_flag("--statistics", a.statistics,
               "How often each rule spoke, in the place of the findings (text and json)");
  app.add_flag("--checklist-only", a.checklist_only,
               "The checklist with its reasons, in the place of the findings (text and json)");
  app.add_option("--badge", a.badge, "Also write the worst grade of the checklist as an SVG image")
      ->type_name("FILE");
  app.add_flag("--time", a.time, "Tell what each pass cost, on standard error");
  app.add_flag("--quiet", a.quiet, "No code frames and no help, findings and summary only");
}

// Which findings are there already.
void add_check_acceptance(CLI::App& app, CheckArguments& a) {
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

void add_compose(CLI::App& app, CheckArguments& a) {
  const auto repeated = [&](const char* name, std::vector<std::string>& values, const char* help) {
    return app.add_option(name, values, help)->expected(1)->take_all()->allow_extra_args(false);
  };
  repeated("--env", a.environment,
           "A variable for Compose files, over .env; NAME alone takes it from the environment")
      ->type_name("NAME[=VALUE]");
  repeated("--env-file", a.env_files, "Variables for Compose files, in the place of .env")
      ->type_name("FILE");
  repeated("--profile", a.profiles, "Only services of this Compose profile (default: all)")
      ->type_name("PROFILE");
}

// A line that stands in no file.
void add_check_run(CLI::App& app, CheckArguments& a) {
  CLI::Option* run =
      app.add_option("--run", a.run, "Judge this docker run line, in the place of files")
          ->type_name("LINE");
  CLI::Option* hardened =
      app.add_flag("--show-hardened", a.show_hardened, "Print the line of --run hardened instead")
          ->needs(run);
  app.add_flag("--as-compose", a.as_compose, "Print the line of --run as a Compose file instead")
      ->needs(run)
      ->excludes(hardened);
}

// What is judged, and by which rules: of `check` and `fix` alike.
void add_inputs(CLI::App& app, CheckArguments& a, const char* path_help) {
  app.add_option("PATH", a.paths, path_help)->type_name("");
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
  add_compose(app, a);
  app.add_option("--stdin-filename", a.stdin_filename,
                 "What reports call standard input (default: -)")
      ->type_name("PATH");
  app.add_option("--config", a.config,
                 "Configuration file (default: the nearest plimsoll.toml upward)")
      ->type_name("FILE");
  app.add_option("--baseline", a.baseline,
                 "Accept the findings of a baseline, or of a report made with --format json")
      ->type_name("FILE");
}

void add_check(CLI::App& app, CheckArguments& a) {
  add_inputs(app, a,
             "Files and folders to judge; - reads a Dockerfile from standard input (default: .)");
  add_check_run(app, a);
  add_check_acceptance(app, a);
  add_manners(app, a);
  add_check_looks(app, a);
  add_check_footer(app);
}

// Trying fixes out at an engine.
void add_prove(CLI::App& app, FixArguments& a) {
  CLI::Option* prove = app.add_flag(
      "--prove", a.prove,
      "Build and start what fixes change, before and after, and keep those with which it works");
  app.add_option("--prove-timeout", a.prove_timeout,
                 "Seconds that a service may take to become healthy (default: 60)")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 3600))
      ->needs(prove);
  app.add_option("--prove-network", a.prove_network,
                 "Network of RUN instructions: default, or a network's name (default: none)")
      ->type_name("NETWORK")
      ->needs(prove);
  app.add_option("--docker-host", a.docker_host,
                 "The engine, unix://SOCKET or tcp://HOST:PORT (default: DOCKER_HOST, Docker's "
                 "context, the usual sockets)")
      ->type_name("ENGINE")
      ->needs(prove);
}

void add_fix(CLI::App& app, FixArguments& a) {
  add_inputs(app, a.check,
             "Files and folders to fix; - reads a Dockerfile from standard input and prints it "
             "fixed (default: .)");
  CLI::Option* diff = app.add_flag(
      "--diff", a.diff, "Print what would be changed, for git apply; exit with 1 if there is some");
  app.add_flag("--unsafe", a.unsafe, "Also fixes that may change what a container does");
  app.add_flag("--interactive", a.interactive, "Ask about each fix")->excludes(diff);
  app.add_flag("--prefer-cache-mounts", a.prefer_cache_mounts,
               "Mount caches of package managers in builds instead of emptying them");
  add_prove(app, a);
  add_manners(app, a.check);
  app.footer(
      "A fix is written only if it was shown that the file still parses, that the finding is gone, "
      "that no\n"
      "other has come, and that nothing else has changed. Files are replaced as a whole.\n\n"
      "Examples:\n"
      "  plimsoll fix --diff                       show what would be changed in this folder\n"
      "  plimsoll fix                              change it\n"
      "  plimsoll fix --unsafe --interactive       ask about each fix, the bold ones as well\n"
      "  plimsoll fix --select kept-apt-lists,DL3015 api/Dockerfile\n"
      "  plimsoll fix --unsafe --prove             keep those with which all still starts\n"
      "  plimsoll fix - < Dockerfile > Dockerfile.fixed\n\n"
      "Exit status: that of `plimsoll check` for what remains; with --diff, 1 if there is a "
      "difference, else 0.");
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

// One value each time, however often.
CLI::Option* add_repeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                          const std::string& help) {
  return app.add_option(name, values, help)->expected(1)->take_all()->allow_extra_args(false);
}

void add_show_compose(CLI::App& app, ComposeArguments& a) {
  app.add_option("PATH", a.path,
                 "A Compose file, or a folder of a project; - for standard input (default: .)")
      ->type_name("");
  add_repeated(app, "-f,--file", a.files, "Compose file; later ones override; may be repeated")
      ->type_name("FILE");
  app.add_option("-p,--project-name", a.name, "Name of the project")->type_name("NAME");
  add_repeated(app, "--profile", a.profiles, "Enable a profile; * enables all; may be repeated")
      ->type_name("NAME");
  add_repeated(app, "--env", a.environment,
               "Variable for ${NAME}; a name alone takes that of the process; may be repeated. The "
               "environment of the process is not read otherwise")
      ->type_name("NAME=VALUE");
  add_repeated(app, "--env-file", a.env_files, "In the place of .env; may be repeated")
      ->type_name("FILE");
  app.add_option("--project-directory", a.project_directory,
                 "What relative paths start from (default: the folder of the first file)")
      ->type_name("DIR");
  app.add_flag("--no-path-resolution", a.no_path_resolution, "Leave relative paths as they are");
  app.add_flag("--no-env-resolution", a.no_env_resolution, "Do not read what env_file names");
  app.footer(
      "Prints what `docker compose config --format json` would; secrets in it are not hidden.\n"
      "Exit status: 0, 1 if Compose refuses the project, 2 wrong usage, 3 parts are elsewhere.\n\n"
      "Examples:\n"
      "  plimsoll show compose\n"
      "  plimsoll show compose -f compose.yaml -f compose.prod.yaml --env TAG=1.2");
}

void add_show(CLI::App& app, ShowArguments& a, ComposeArguments& compose) {
  app.require_subcommand(1);
  app.footer(
      "Examples:\n  plimsoll show tree Dockerfile\n  plimsoll show shell Dockerfile\n  plimsoll "
      "show facts Dockerfile\n  plimsoll show compose .\n  plimsoll show context . -f "
      "docker/web.Dockerfile");
  add_show_compose(*app.add_subcommand("compose", "The project that Compose would run"), compose);
  for (const auto& [what, help] :
       {std::pair("tree", "The Dockerfile's instructions, words and places"),
        std::pair("shell", "The commands of its RUN instructions"),
        std::pair("facts",
                  "Its stages, or a Compose file's services, and the containers that run")})
    app.add_subcommand(what, help)
        ->add_option("PATH", a.path,
                     "A Dockerfile; - for standard input; of facts, a Compose file, too")
        ->type_name("")
        ->required();
  CLI::App* context = app.add_subcommand("context", "What a build of a folder is sent");
  context->add_option("DIR", a.path, "The folder")->type_name("")->required();
  context->add_option("-f,--file", a.dockerfile, "The Dockerfile (default: DIR/Dockerfile)")
      ->type_name("FILE");
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
      "  plimsoll check              judge this folder\n"
      "  plimsoll check --help       its options\n"
      "  plimsoll fix --diff         what could be mended, and how\n"
      "  plimsoll explain DL3008     what a finding means, by any tool's id\n"
      "  plimsoll rules              what is looked for");
}

int complete(const CLI::App& app, const std::string& shell) {
  DescriptorOutput output(STDOUT_FILENO);
  if (write_completions(app, shell, output)) return ok;
  complain("completions: '" + shell + "' is not bash, zsh or fish");
  return usage;
}

// The commands with what was asked of each.
struct Commands {
  CheckArguments check{};
  FixArguments fix{};
  std::vector<std::string> names{};
  std::string explain_color = "auto", rules_format = "text";
  ShowArguments show{};
  ComposeArguments compose{};
  HadolintArguments hadolint{};
  std::string shell{}, rules_folder{}, schema_file{};
  CLI::App *check_command = nullptr, *fix_command = nullptr, *explain_command = nullptr,
           *rules_command = nullptr, *show_command = nullptr, *hadolint_command = nullptr,
           *completions_command = nullptr;
};

void add_commands(CLI::App& app, Commands& c) {
  c.check_command = app.add_subcommand(
      "check", "Find and judge Dockerfiles, Compose projects, run lines and engine files");
  add_check(*c.check_command, c.check);
  c.fix_command = app.add_subcommand("fix", "Write the fixes that can be proved");
  add_fix(*c.fix_command, c.fix);
  c.explain_command =
      app.add_subcommand("explain", "Say what a rule looks for, why, and what to do");
  add_explain(*c.explain_command, c.names, c.explain_color);
  c.rules_command = app.add_subcommand("rules", "List all rules");
  add_rules(*c.rules_command, c.rules_format);
  c.show_command = app.add_subcommand("show", "Print what was understood of a file, as JSON");
  add_show(*c.show_command, c.show, c.compose);
  c.hadolint_command =
      app.add_subcommand("hadolint", "Judge as hadolint would: its options, codes and formats");
  add_hadolint(*c.hadolint_command, c.hadolint);
  c.completions_command =
      app.add_subcommand("completions", "Print what a shell needs to complete this command line");
  add_completions(*c.completions_command, c.shell);
  CLI::App* docs = app.add_subcommand("docs", "Write what is generated from the rules")->group("");
  docs->add_option("--rules", c.rules_folder);
  docs->add_option("--schema", c.schema_file);
}

int answer(const CLI::App& app, Commands& c) {
  if (c.check.show_hardened) return print_hardened(c.check.run);
  if (c.check.as_compose) return print_as_compose(c.check.run);
  if (*c.check_command) return check(c.check);
  if (*c.fix_command) return fix(c.fix);
  if (*c.explain_command) return explain(c.names, c.explain_color);
  if (*c.rules_command) return list_rules(c.rules_format);
  if (*c.show_command) {
    c.show.what = c.show_command->get_subcommands().front()->get_name();
    return c.show.what == "compose" ? show_compose(c.compose) : show(c.show);
  }
  if (*c.hadolint_command) return hadolint(std::move(c.hadolint));
  if (*c.completions_command) return complete(app, c.shell);
  return write_documentation(c.rules_folder, c.schema_file);
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app(
      "Plimsoll checks, fixes and proves what \"Docker Security Best Practices\" asks for.",
      "plimsoll");
  add_own(app);
  Commands commands;
  add_commands(app, commands);
  if (argc == 1) {  // a first look: say what there is
    DescriptorOutput(STDERR_FILENO).write(app.help());
    return usage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help and version as "errors" of status 0; all others are wrong usage.
    const int failure = *commands.hadolint_command ? kHadolintFailure : usage;
    return app.exit(error) == 0 ? ok : failure;
  }
  return answer(app, commands);
}

}  // namespace plimsoll::cli
