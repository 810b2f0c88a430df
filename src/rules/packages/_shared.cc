// What the package rules share: which packages state no version, and how a list of them is worded.
#include "rules/packages/_shared.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/dockerfile/tree.h"
#include "rules/edits.h"
#include "text/source.h"

namespace plimsoll::rules::packages {

namespace shell = parse::shell;

static std::string_view without_quotes(std::string_view word) {
  while (word.size() >= 2 && word.front() == word.back() &&
         (word.front() == '"' || word.front() == '\''))
    word = word.substr(1, word.size() - 2);
  return word;
}

static std::string_view written(const facts::Command& command, const facts::Package& package) {
  return without_quotes(command.run->stage->build->source->at(package.span));
}

// NAME of `$NAME` and `${NAME}`; empty if the word is anything else.
static std::string_view variable_name(std::string_view word) {
  if (!word.starts_with('$')) return {};
  word.remove_prefix(1);
  if (word.starts_with('{') && word.ends_with('}')) word = word.substr(1, word.size() - 2);
  const bool name = !word.empty() && std::ranges::all_of(word, is_word_char);
  return name ? word : std::string_view{};
}

// The last assignment in the script; a loop's or a function's counts too, since only the words of
// the list matter.
static std::optional<std::string_view> assigned(const shell::List& list, std::string_view name) {
  std::optional<std::string_view> result;
  for (const shell::Item& item : list.items)
    for (const shell::Command& command : item.pipeline.commands) {
      for (const shell::Assignment& a : command.assignments)
        if (a.name == name && !a.array)
          result = a.value.known ? a.value.value : without_quotes(a.value.raw);
      for (const shell::List& inner : command.lists)
        if (std::optional<std::string_view> found = assigned(inner, name)) result = found;
    }
  return result;
}

static std::optional<std::string_view> value_of(const facts::Run& run, std::string_view name) {
  if (run.script != nullptr)
    if (std::optional<std::string_view> found = assigned(run.script->list, name)) return found;
  for (const facts::FactList<facts::Variable>* list :
       {&run.stage->environment, &run.stage->arguments})
    for (const facts::Fact<facts::Variable>& v : list->items)
      if (v.known() && v.value.has_text && v.value.name == name) return v.value.text;
  return std::nullopt;
}

static void add_unstated(std::string_view words, bool (*stated)(std::string_view),
                         std::vector<std::string_view>& names) {
  constexpr std::string_view kBlank = " \t\r\n\\";
  while (true) {
    const std::size_t begin = words.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return;
    words.remove_prefix(begin);
    const std::string_view word = words.substr(0, words.find_first_of(kBlank));
    words.remove_prefix(word.size());
    if (!word.starts_with('-') && !stated(word)) names.push_back(word);
  }
}

Unpinned unpinned(const facts::Command& command, bool (*stated)(std::string_view)) {
  Unpinned result;
  text::Span span{};
  for (const facts::Package& package : command.packages->packages) {
    const std::size_t before = result.names.size();
    const std::string_view word = package.known ? package.text : written(command, package);
    const std::string_view variable = package.known ? std::string_view{} : variable_name(word);
    if (variable.empty()) {
      const bool opaque =
          word.starts_with('$') || word.starts_with('`');  // the output of a command, $@, …
      if (!opaque && !stated(word)) result.names.push_back(word);
    } else if (std::optional<std::string_view> value = value_of(*command.run, variable)) {
      const bool computed =
          value->find("$(") != std::string_view::npos || value->find('`') != std::string_view::npos;
      if (computed)
        result.names.push_back(word);
      else
        add_unstated(*value, stated, result.names);
    }
    if (result.names.size() == before) continue;
    if (span.end == 0) span = package.span;
    span.end = std::max(span.end, package.span.end);
  }
  result.where = command.place(span);
  return result;
}

std::string listed(std::span<const std::string_view> names) {
  if (names.empty()) return "packages";
  if (names.size() == 1) return std::string(names[0]);
  if (names.size() == 2) return concat({names[0], " and ", names[1]});
  if (names.size() == 3) return concat({names[0], ", ", names[1], " and ", names[2]});
  return concat({names[0], ", ", names[1], " and ", std::to_string(names.size() - 2), " more"});
}

std::vector<std::string_view> names_of(const facts::Command& command) {
  std::vector<std::string_view> names;
  for (const facts::Package& package : command.packages->packages)
    names.push_back(!package.name.empty() ? package.name : written(command, package));
  return names;
}

bool has_operands(const facts::Command& command) {
  bool behind = false;
  for (const shell::Word& word : command.words) {
    if (behind && !word.raw.starts_with('-')) return true;
    behind |= word.value == command.packages->action_text;
  }
  return false;
}

text::Edit behind_action(const facts::Command& command, std::string_view option) {
  const std::uint32_t end = command.packages->action_span.end;
  // In exec form the span ends before the closing quote.
  const text::Source& source = *command.run->stage->build->source;
  if (command.node == nullptr && source.at(text::Span{end, end + 1}) == "\"")
    return {command.place(text::Span{end + 1, end + 1}), concat({", \"", option.substr(1), "\""})};
  return {command.place(text::Span{end, end}), std::string(option)};
}

bool may_ask(const facts::Command& command) {
  using enum facts::PackageAction;
  const facts::PackageAction action = command.packages->action;
  // `apt-get purge` without a package has nothing to do.
  if (action == remove)
    return has_operands(command) || command.packages->action_text.starts_with("auto");
  return action == install || action == upgrade || action == dist_upgrade;
}

bool answered(const facts::Command& command) {
  return std::ranges::any_of(command.run->commands, [&](const facts::Command& other) {
    return other.pipeline == command.pipeline && other.index < command.index && other.name == "yes";
  });
}

bool matters(const facts::Stage& stage) {
  return stage.shipped || stage.is_base;
}

bool in_last_stage(const facts::Command& command) {
  const facts::Stage& stage = *command.run->stage;
  return stage.index + 1 == stage.build->stages.size();
}

std::optional<Fix> appended(const facts::Run& run, std::string_view commands, Safety safety,
                            std::string_view title) {
  std::optional<text::Edit> edit = rules::appended(run, commands);
  if (!edit) return {};
  return Fix{.safety = safety, .title = std::string(title), .edits = {std::move(*edit)}};
}

bool is_pip_install(const facts::Command& command) {
  const facts::PackageCall* call = command.packages;
  return call != nullptr && call->manager == facts::Manager::pip &&
         call->action == facts::PackageAction::install && command.name != "pipx" &&
         command.name != "pipenv" && command.name != "uv";
}

bool hadolint_sees(const facts::Command& command) {
  return command.wrapper.empty() && command.words.front().value.find('/') == std::string_view::npos;
}

bool keeps_out(const facts::Run& run, std::string_view target) {
  return std::ranges::any_of(run.instruction->mounts, [&](const parse::dockerfile::Mount& mount) {
    std::string_view path = mount.option("target", "dst");
    if (path.empty()) path = mount.option("destination");
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return (mount.type == "cache" || mount.type == "tmpfs") && path.ends_with(target);
  });
}

}  // namespace plimsoll::rules::packages
