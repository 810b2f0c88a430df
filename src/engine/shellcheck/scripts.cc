// Which variables exist decides what ShellCheck says, so those of ARG and ENV are given to it. Only
// the ones that the script mentions: the others would change nothing, and without them equal
// scripts of many files are the same text, asked about once.
#include "engine/shellcheck/scripts.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "parse/dockerfile/tree.h"
#include "parse/shell/tree.h"

namespace plimsoll::engine::shellcheck {
namespace {

using parse::dockerfile::Node;
using parse::dockerfile::NodeKind;

// BuildKit sets them in every RUN if the builder has them.
constexpr std::array<std::string_view, 8> kProxies = {"HTTP_PROXY",  "http_proxy", "HTTPS_PROXY",
                                                      "https_proxy", "FTP_PROXY",  "ftp_proxy",
                                                      "NO_PROXY",    "no_proxy"};

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

// `# hadolint shell=/bin/bash`: the value, or nothing.
std::string_view shell_of_pragma(std::string_view text) {
  for (const std::string_view word : {"#", "hadolint", "shell", "="}) {
    text = without_blanks(text);
    if (!text.starts_with(word)) return {};
    text.remove_prefix(word.size());
  }
  text = without_blanks(text);
  return text.substr(0, text.find_first_of(" \t\r\n"));
}

// What the author calls the shell from some place on.
struct ShellPragma {
  std::uint32_t at = 0;
  std::string_view shell;
};

std::vector<ShellPragma> shell_pragmas(const facts::Build& build) {
  std::vector<ShellPragma> pragmas;
  if (build.source->bytes().find("hadolint") == std::string_view::npos) return pragmas;
  for (const Node& node : build.tree->nodes) {
    if (node.kind != NodeKind::comment) continue;
    const std::string_view shell = shell_of_pragma(build.source->at(node.span));
    if (!shell.empty()) pragmas.push_back({node.span.begin, shell});
  }
  return pragmas;
}

// The last word on the shell before the RUN: SHELL's, a here-document's or the comment's.
std::string_view shell_name(const facts::Run& run, const std::vector<ShellPragma>& pragmas) {
  std::string_view name = run.shell.words.empty() ? "/bin/sh" : run.shell.words[0];
  if (name.ends_with("/env") && run.shell.kind == facts::ShellKind::bash) name = "bash";
  const std::uint32_t set_at = run.shell.set_by != nullptr ? run.shell.set_by->span.begin : 0;
  for (const ShellPragma& pragma : pragmas)
    if (pragma.at < run.instruction->span.begin && pragma.at >= set_at) name = pragma.shell;
  return name.substr(name.find_last_of('/') + 1);
}

// Empty: ShellCheck does not know that shell.
std::string_view shebang(std::string_view shell) {
  if (shell == "sh") return "#!/bin/sh\n";
  if (shell == "bash") return "#!/bin/bash\n";
  if (shell == "dash") return "#!/bin/dash\n";
  if (shell == "ksh") return "#!/bin/ksh\n";
  if (shell == "ash" || shell == "busybox") return "#!/bin/ash\n";
  return {};
}

bool is_name(std::string_view name) {
  return !name.empty() && !is_digit(name[0]) && std::ranges::all_of(name, is_word_char);
}

// Does the name stand in the script as a word of its own?
bool mentions(std::string_view script, std::string_view name) {
  for (std::size_t at = script.find(name); at != std::string_view::npos;
       at = script.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_word_char(script[at - 1])) &&
        (end == script.size() || !is_word_char(script[end])))
      return true;
  }
  return false;
}

// Those set before the RUN, in this stage or one that it is built from. What the base image sets is
// left out: ShellCheck would hold its value for a number that needs no quotes.
void add_variables(const facts::FactList<facts::Variable>& list, const facts::Run& run,
                   std::string_view body, std::vector<std::string_view>& names) {
  for (const facts::Fact<facts::Variable>& fact : list.items) {
    if (fact.origin == facts::Origin::base_image ||
        fact.where.span.begin > run.instruction->span.begin)
      continue;
    if (is_name(fact.value.name) && mentions(body, fact.value.name))
      names.push_back(fact.value.name);
  }
}

std::vector<std::string_view> exported(const facts::Run& run, std::string_view body) {
  std::vector<std::string_view> names;
  if (body.find('$') == std::string_view::npos) return names;
  add_variables(run.stage->environment, run, body, names);
  add_variables(run.stage->arguments, run, body, names);
  for (const std::string_view proxy : kProxies)
    if (mentions(body, proxy)) names.push_back(proxy);
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

Script script_of(const facts::Run& run, std::string_view first_line) {
  Script script{.run = &run, .text = std::string(first_line), .head_lines = 1};
  script.body = run.script->text.text;
  // A here-document's own shebang has been read; on any other line than the first it is an error.
  if (script.body.starts_with("#!"))
    script.body.remove_prefix(std::min(script.body.find('\n'), script.body.size() - 1) + 1);
  for (const std::string_view name : exported(run, script.body)) {
    script.text.append("export ").append(name).append("=1\n");
    ++script.head_lines;
  }
  script.text += script.body;
  if (!script.text.ends_with('\n')) script.text += '\n';
  return script;
}

// Offset in `text` of a line and column; past the end, the end.
std::size_t offset_of(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (; line > 1; --line) {
    const std::size_t newline = text.find('\n', at);
    if (newline == std::string_view::npos) return text.size();
    at = newline + 1;
  }
  for (; column > 1 && at < text.size() && text[at] != '\n'; --column) {
    const Utf8Character character = first_character(text.substr(at));
    at += character.valid ? character.size_bytes : 1U;
  }
  return at;
}

}  // namespace

text::Span Script::where(std::uint32_t line, std::uint32_t column, std::uint32_t end_line,
                         std::uint32_t end_column) const {
  if (line <= head_lines || end_line < line || body.empty()) return {};
  std::size_t begin = offset_of(body, line - head_lines, column);
  std::size_t end = std::max(begin, offset_of(body, end_line - head_lines, end_column));
  // An error at the end of the script, or a place without width: the last character before it.
  const std::size_t last = body.find_last_not_of(" \t\r\n") + 1;
  begin = std::min(begin, last > 0 ? last - 1 : 0);
  end = std::clamp(end, begin + 1, body.size());
  return run->script->text.where(body.substr(begin, end - begin));
}

std::vector<Script> scripts_of(const facts::Build& build) {
  std::vector<Script> scripts;
  const std::vector<ShellPragma> pragmas = shell_pragmas(build);
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Run& run : stage.runs) {
      if (run.script == nullptr || run.instruction->exec_form) continue;
      const std::string_view first_line = shebang(shell_name(run, pragmas));
      if (!first_line.empty()) scripts.push_back(script_of(run, first_line));
    }
  }
  return scripts;
}

}  // namespace plimsoll::engine::shellcheck
