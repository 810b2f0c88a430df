// Walks CLI11's tree of commands and options, and writes it in each shell's own words. What can be
// listed is written into the script: completing runs nothing.
#include "cli/completions.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "base/concat.h"
#include "report/hadolint.h"
#include "rules/rule.h"

namespace plimsoll::cli {
namespace {

using Words = std::vector<std::string>;

std::string joined(const Words& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) text += concat({text.empty() ? "" : separator, word});
  return text;
}

Words rule_names() {
  Words names;
  for (const rules::Rule* rule : rules::all()) names.emplace_back(rule->name);
  std::ranges::sort(names);
  return names;
}

// Names and categories: what --select and --ignore are mostly given.
Words selectors() {
  Words names = rule_names();
  for (const rules::Rule* rule : rules::all()) names.emplace_back(report::name(rule->category));
  std::ranges::sort(names);
  const auto doubles = std::ranges::unique(names);
  names.erase(doubles.begin(), doubles.end());
  return names;
}

Words hadolint_codes() {
  Words codes;
  for (const rules::Rule* rule : rules::all())
    for (const rules::Alias& alias : rule->aliases)
      if (alias.tool == "hadolint") codes.emplace_back(alias.id);
  std::ranges::sort(codes);
  const auto doubles = std::ranges::unique(codes);
  codes.erase(doubles.begin(), doubles.end());
  return codes;
}

template <class Format>
Words names_of(std::span<const Format> formats, std::string_view end = {}) {
  Words names;
  for (const Format& format : formats) names.push_back(concat({format.name, end}));
  return names;
}

Words severities() {
  using rules::Severity;
  Words names;
  for (const Severity severity :
       {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical})
    names.emplace_back(report::name(severity));
  names.emplace_back("never");
  return names;
}

// What an option of this type can be given; empty: it is not to be listed.
Words values_of(const CLI::App& app, const std::string& type) {
  using rules::Preset;
  if (type == "FORMAT" && app.get_name() == "hadolint")
    return names_of(report::hadolint::formats());
  if (type == "FORMAT") return names_of(report::formats());
  if (type == "FORMAT=FILE") return names_of(report::formats(), "=");
  if (type == "LIST_FORMAT") return {"json", "text"};
  if (type == "PRESET")
    return {std::string(report::name(Preset::recommended)),
            std::string(report::name(Preset::strict)), std::string(report::name(Preset::all))};
  if (type == "SEVERITY") return severities();
  if (type == "NAME") return rule_names();
  if (type == "RULES") return selectors();
  if (type == "RULECODE") return hadolint_codes();
  if (type == "THRESHOLD") return {"error", "warning", "info", "style", "ignore", "none"};
  if (type == "WHEN") return {"auto", "always", "never"};
  if (type == "SHELL") return {"bash", "fish", "zsh"};
  return {};
}

bool is_file(const std::string& type) {
  return type == "FILE" || type == "PATH" || type == "DOCKERFILE";
}

// An option's values are named by its type, a positional's by its own name.
std::string type_of(const CLI::Option& option) {
  return option.get_positional() ? option.get_name() : option.get_type_name();
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

std::vector<const CLI::Option*> options_of(const CLI::App& app, bool positional) {
  return app.get_options([positional](const CLI::Option* option) {
    return !option->get_group().empty() && option->get_positional() == positional;
  });
}

bool takes_value(const CLI::Option& option) {
  return option.get_expected_max() > 0 && option.get_type_size_max() > 0;
}

// "-f", "--format".
Words spellings(const CLI::Option& option) {
  Words names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

// In single quotes, for all three shells alike.
std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// --- bash

// The cases for one command and those below it: what its options take, then what stands alone.
void write_bash_cases(const CLI::App& app, const std::string& path, std::string& values,
                      std::string& words) {
  Words alone;
  for (const CLI::Option* option : options_of(app, false)) {
    const Words names = spellings(*option);
    alone.insert(alone.end(), names.begin(), names.end());
    if (!takes_value(*option)) continue;
    Words cases;
    for (const std::string& name : names) cases.push_back(concat({path, ":", name}));
    const std::string type = type_of(*option);
    const Words list = values_of(app, type);
    values += concat({"    ", joined(cases, " | "), ") ",
                      list.empty() ? "return" : concat({"words=", in_quotes(joined(list, "\n"))}),
                      type == "RULES" ? " prefix=${cur%\"${cur##*,}\"}" : "",
                      type == "FORMAT=FILE" ? " && compopt -o nospace 2>/dev/null" : "", " ;;\n"});
  }
  Words first;
  for (const CLI::App* command : commands_of(app)) first.push_back(command->get_name());
  for (const CLI::Option* option : options_of(app, true))
    for (const std::string& value : values_of(app, type_of(*option))) first.push_back(value);
  words +=
      concat({"      ", path.empty() ? "''" : path, ") options=", in_quotes(joined(alone, "\n")),
              " words=", in_quotes(joined(first, "\n")), " ;;\n"});
  for (const CLI::App* command : commands_of(app))
    write_bash_cases(*command, path + "/" + command->get_name(), values, words);
}

void gather_paths(const CLI::App& app, const std::string& path, Words& out) {
  for (const CLI::App* command : commands_of(app)) {
    const std::string below = path + "/" + command->get_name();
    out.push_back(below);
    gather_paths(*command, below, out);
  }
}

std::string bash_script(const CLI::App& app) {
  std::string values, words;
  write_bash_cases(app, "", values, words);
  Words paths;
  gather_paths(app, "", paths);
  return concat({R"(# Completions of plimsoll for bash; where nothing is listed, bash offers files.
_plimsoll() {
  local IFS=$'\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  local path='' words='' options='' prefix='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case $path/${COMP_WORDS[i]} in
      )",
                 joined(paths, " | "),
                 R"() path=$path/${COMP_WORDS[i]} ;;
    esac
  done
  # Readline takes the = of --format=json for a word of its own.
  [ "$cur" != = ] || cur=''
  [ "$prev" != = ] || prev=${COMP_WORDS[COMP_CWORD-2]}
  case $path:$prev in
)",
                 values,
                 R"(    *)
      case $path in
)",
                 words,
                 R"(      esac
      case $cur in -*) words=$options ;; esac
      ;;
  esac
  COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "${cur#"$prefix"}"))
}
complete -o default -F _plimsoll plimsoll
)"});
}

// --- zsh

// Text within the brackets of an _arguments specification.
std::string zsh_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_action(const CLI::App& app, const CLI::Option& option) {
  const std::string type = type_of(option);
  const Words list = values_of(app, type);
  const std::string message = concat({":", type.empty() ? "VALUE" : zsh_escaped(type), ":"});
  if (is_file(type)) return message + "_files";
  if (list.empty()) return message + " ";
  if (type == "RULES") return concat({message, "_values -s , RULES ", joined(list, " ")});
  if (type == "FORMAT=FILE") return concat({message, "compadd -S \"\" ", joined(list, " ")});
  return concat({message, "(", joined(list, " "), ")"});
}

void write_zsh_option(const CLI::App& app, const CLI::Option& option, std::string& out) {
  const bool value = takes_value(option);
  const Words names = spellings(option);
  Words forms;
  for (const std::string& name : names)
    forms.push_back(name + (!value ? "" : name.starts_with("--") ? "=" : "+"));
  const bool repeated =
      option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll && value;
  const std::string tail = concat({"[", zsh_escaped(option.get_description()), "]",
                                   value ? zsh_action(app, option) : std::string()});
  for (const std::string& form : forms) {
    const std::string before = repeated           ? "*"
                               : names.size() > 1 ? concat({"(", joined(names, " "), ")"})
                                                  : "";
    out += concat({" \\\n    ", in_quotes(concat({before, form, tail}))});
  }
}

std::string zsh_function(const std::string& path) {
  std::string name = "_plimsoll" + path;
  std::ranges::replace(name, '/', '_');
  return name;
}

void write_zsh_function(const CLI::App& app, const std::string& path, std::string& out) {
  const std::vector<const CLI::App*> commands = commands_of(app);
  for (const CLI::App* command : commands)
    write_zsh_function(*command, path + "/" + command->get_name(), out);
  out += concat({"\n", zsh_function(path),
                 "() {\n  local curcontext=$curcontext context state state_descr line\n"
                 "  typeset -A opt_args\n  _arguments -s -C"});
  for (const CLI::Option* option : options_of(app, false)) write_zsh_option(app, *option, out);
  if (commands.empty()) {
    for (const CLI::Option* option : options_of(app, true))
      out += concat({" \\\n    ", in_quotes("*" + zsh_action(app, *option))});
    out += "\n}\n";
    return;
  }
  out +=
      " \\\n    '1: :->command' \\\n    '*:: :->rest'\n  case $state in\n    command)\n"
      "      local -a commands=(";
  for (const CLI::App* command : commands)
    out += concat({"\n        ", in_quotes(concat({command->get_name(), ":",
                                                   zsh_escaped(command->get_description())}))});
  out +=
      "\n      )\n      _describe -t commands command commands\n      ;;\n    rest)\n"
      "      case $words[1] in\n";
  for (const CLI::App* command : commands)
    out += concat({"        ", command->get_name(), ") ",
                   zsh_function(path + "/" + command->get_name()), " ;;\n"});
  out += "      esac\n      ;;\n  esac\n}\n";
}

std::string zsh_script(const CLI::App& app) {
  std::string functions;
  write_zsh_function(app, "", functions);
  return concat({"#compdef plimsoll\n# Completions of plimsoll for zsh.\n", functions,
                 "\nif [ \"$funcstack[1]\" = _plimsoll ]; then\n  _plimsoll \"$@\"\nelse\n"
                 "  compdef _plimsoll plimsoll\nfi\n"});
}

// --- fish

std::string fish_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string fish_values(const CLI::App& app, const CLI::Option& option) {
  const std::string type = type_of(option);
  const Words list = values_of(app, type);
  if (is_file(type)) return " -r -F";
  if (list.empty()) return " -x";
  if (type == "RULES")
    return concat({" -x -a ", fish_quoted(concat({"(__fish_append , ", joined(list, " "), ")"}))});
  return concat({" -x -a ", fish_quoted(joined(list, " "))});
}

// `condition`: true where the command has been given.
void write_fish_command(const CLI::App& app, const std::string& condition, std::string& out) {
  const std::vector<const CLI::App*> commands = commands_of(app);
  Words names;
  for (const CLI::App* command : commands) names.push_back(command->get_name());
  const std::string seen = "__fish_seen_subcommand_from ";
  const std::string before = condition.empty() ? "__fish_use_subcommand"
                             : names.empty()
                                 ? condition
                                 : concat({condition, "; and not ", seen, joined(names, " ")});
  const std::string start = concat({"complete -c plimsoll -n ", fish_quoted(before)});
  for (const CLI::Option* option : options_of(app, false)) {
    out += start;
    for (const std::string& name : option->get_snames()) out += " -s " + name;
    for (const std::string& name : option->get_lnames()) out += " -l " + name;
    if (takes_value(*option)) out += fish_values(app, *option);
    out += concat({" -d ", fish_quoted(option->get_description()), "\n"});
  }
  for (const CLI::Option* option : options_of(app, true)) {
    const Words list = values_of(app, type_of(*option));
    out += concat(
        {start, list.empty() ? " -F" : concat({" -a ", fish_quoted(joined(list, " "))}), "\n"});
  }
  for (const CLI::App* command : commands) {
    out += concat({start, " -a ", command->get_name(), " -d ",
                   fish_quoted(command->get_description()), "\n"});
    write_fish_command(
        *command, concat({condition, condition.empty() ? "" : "; and ", seen, command->get_name()}),
        out);
  }
}

std::string fish_script(const CLI::App& app) {
  std::string lines;
  write_fish_command(app, "", lines);
  return concat({"# Completions of plimsoll for fish.\ncomplete -c plimsoll -f\n", lines});
}

}  // namespace

bool write_completions(const CLI::App& app, const std::string& shell, report::Output& output) {
  if (shell == "bash")
    output.write(bash_script(app));
  else if (shell == "zsh")
    output.write(zsh_script(app));
  else if (shell == "fish")
    output.write(fish_script(app));
  else
    return false;
  return true;
}

}  // namespace plimsoll::cli
