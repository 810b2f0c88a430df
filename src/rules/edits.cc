// What fixes of Dockerfiles ask before they change anything.
#include "rules/edits.h"

#include "base/ascii.h"

namespace plimsoll::rules {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
namespace shell = parse::shell;

bool frontend_has(const facts::Build& build, unsigned minor) {
  std::string_view version = build.tree->syntax;
  const std::size_t at = version.find("docker/dockerfile:1.");
  if (at == std::string_view::npos) return true;
  version.remove_prefix(at + std::string_view("docker/dockerfile:1.").size());
  unsigned named = 0;
  for (const char c : version.substr(0, 4)) {
    if (c < '0' || c > '9') break;
    named = named * 10 + static_cast<unsigned>(c - '0');
  }
  return named >= minor;
}

bool is_plain_path(std::string_view path) {
  return !path.empty() && path.find("..") == std::string_view::npos &&
         std::ranges::all_of(path, [](char c) {
           return is_alnum(c) || std::string_view("/._-+@").find(c) != std::string_view::npos;
         });
}

std::string below(std::string_view folder, std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.empty() || path == ".") return std::string(folder);
  return concat({folder, folder.ends_with('/') ? "" : "/", path});
}

Workdir::Workdir(const facts::Stage& stage) {
  const facts::Base& root = *stage.root;
  const bool plain = root.scratch || (root.facts != nullptr && data::is_plain(*root.facts));
  const facts::Stage* parent = stage.base.stage;
  const bool unsaid =
      parent == nullptr || parent->workdir.absent() ||
      (parent->workdir.unknown() && parent->workdir.origin == facts::Origin::base_image);
  if (unsaid && plain)
    folder_ = "/";
  else if (parent != nullptr && parent->workdir.known())
    folder_ = std::string(parent->workdir.value);
}

void Workdir::pass(const Instruction& instruction) {
  if (instruction.keyword != Keyword::workdir) return;
  const std::string_view path = instruction.rest;
  if (!is_plain_path(path))
    folder_.reset();
  else if (path.starts_with('/'))
    folder_ = std::string(path);
  else if (folder_)
    folder_ = below(*folder_, path);
}

std::optional<text::Edit> without_pair(const facts::Build& build, const Instruction& instruction,
                                       const parse::dockerfile::Pair& pair) {
  if (instruction.pairs.size() == 1) return without_instruction(build, instruction);
  const std::size_t index = static_cast<std::size_t>(&pair - instruction.pairs.data());
  // With what separates it from its neighbour: the one before, or for the first one the next.
  const text::Span removed = index > 0
                                 ? text::Span{instruction.pairs[index - 1].span.end, pair.span.end}
                                 : text::Span{pair.span.begin, instruction.pairs[1].span.begin};
  const std::string_view text = build.source->at(removed);
  if (text.find('#') != std::string_view::npos) return {};  // a comment between the lines, perhaps
  return text::Edit{build.place(removed), ""};
}

const Instruction* instruction_at(const facts::Stage& stage, std::uint32_t offset) {
  const auto behind = std::ranges::upper_bound(stage.instructions, offset, {},
                                               [](const Instruction* i) { return i->span.begin; });
  if (behind == stage.instructions.begin()) return nullptr;
  const Instruction* found = *(behind - 1);
  return offset < found->span.end ? found : nullptr;
}

data::Family family_of(const facts::Stage& stage) {
  if (stage.root != nullptr && stage.root->facts != nullptr) return stage.root->facts->family;
  constexpr std::size_t kLooked = 64;  // RUNs; whoever installs something does so early
  for (const facts::Run& run : stage.runs.first(std::min(stage.runs.size(), kLooked)))
    for (const facts::Command& c : run.commands.first(std::min(run.commands.size(), kLooked))) {
      if (c.packages == nullptr) continue;
      if (c.name == "apt-get" || c.name == "apt") return data::Family::debian;
      if (c.name == "apk") return data::Family::alpine;
      if (c.name == "yum" || c.name == "dnf") return data::Family::rhel;
    }
  return data::Family::unknown;
}

std::size_t end_of_steps(const facts::Stage& stage) {
  using enum parse::dockerfile::Keyword;
  constexpr Keyword kDescribing[] = {cmd,   entrypoint, expose, healthcheck,
                                     label, stopsignal, volume};
  const std::span<const Instruction* const> all = stage.instructions;
  std::size_t at = all.size();
  while (at > 0 && std::ranges::find(kDescribing, all[at - 1]->keyword) != std::end(kDescribing))
    --at;
  return at;
}

std::optional<text::Edit> at_end_of_steps(const facts::Stage& stage, std::string_view lines) {
  const std::size_t at = end_of_steps(stage);
  if (at < stage.instructions.size())
    return line_before(*stage.build, *stage.instructions[at], lines);
  return line_behind(*stage.build, at == 0 ? *stage.from : *stage.instructions.back(), lines);
}

bool has_ambiguous_job(const facts::Run& run) {
  return run.shell.kind != facts::ShellKind::bash &&
         std::ranges::any_of(run.commands, [](const facts::Command& c) {
           return std::ranges::any_of(
               c.redirects, [](const shell::Redirect& r) { return r.op.starts_with("&>"); });
         });
}

std::optional<text::Edit> appended(const facts::Run& run, std::string_view commands) {
  if (run.script == nullptr || !run.understood || run.commands.empty() ||
      !run.instruction->heredocs.empty() || has_ambiguous_job(run))
    return {};
  const std::string_view list = run.script->list.raw;
  const bool plain = run.script->comments.empty() && !run.script->list.background &&
                     !list.empty() && list.find_last_of(";&|)}\n") != list.size() - 1;
  if (!plain) return {};
  return inserted(*run.stage->build, run.commands.front().place(list).span.end,
                  concat({" && ", commands}));
}

static bool is_plain(const shell::Item& item) {
  return item.join != shell::Join::background &&
         std::ranges::all_of(item.pipeline.commands, [](const shell::Command& c) {
           return c.kind == shell::CommandKind::simple;
         });
}

bool is_plain_list(const facts::Run& run) {
  if (run.script == nullptr || !run.understood || run.trigger || run.commands.empty() ||
      run.instruction->exec_form || run.instruction->broken || !run.instruction->heredocs.empty() ||
      has_ambiguous_job(run))
    return false;
  const shell::Script& script = *run.script;
  if (!script.comments.empty() || !script.problems.empty() || script.list.background ||
      script.list.items.empty())
    return false;
  const char last = script.list.raw.back();
  return std::string_view(";&|)}\n\\").find(last) == std::string_view::npos &&
         std::ranges::all_of(script.list.items,
                             [](const shell::Item& item) { return is_plain(item); });
}

// Source: POSIX.1-2017 XCU 2.14 and 2.9.1.1; Bash Reference Manual, "Shell Builtin Commands".
static constexpr std::string_view kOfShell[] = {
    ".",        "alias",  "bind",    "break",   "builtin", "cd",     "command", "continue",
    "declare",  "dirs",   "enable",  "eval",    "exec",    "exit",   "export",  "getopts",
    "hash",     "let",    "local",   "mapfile", "popd",    "pushd",  "read",    "readarray",
    "readonly", "return", "set",     "shift",   "shopt",   "source", "trap",    "typeset",
    "ulimit",   "umask",  "unalias", "unset",   "wait"};

bool changes_shell(const facts::Run& run) {
  const auto assigns = [](const shell::Command& c) { return c.words.empty(); };
  for (const shell::Item& item : run.script->list.items)
    if (std::ranges::any_of(item.pipeline.commands, assigns)) return true;
  return std::ranges::any_of(run.commands, [](const facts::Command& c) {
    const bool starts_server = c.name == "service" || c.name == "nohup" || c.name == "daemon";
    return starts_server || std::ranges::find(kOfShell, c.name) != std::end(kOfShell);
  });
}

}  // namespace plimsoll::rules
