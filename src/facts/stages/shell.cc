// Which shell runs shell-form instructions: from SHELL's words, a shebang, or the base image.
#include "data/base_image.h"
#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

struct KnownShell {
  std::string_view name;
  ShellKind kind;
};
constexpr KnownShell kShells[] = {
    {"ash", ShellKind::other_posix},     {"bash", ShellKind::bash},
    {"busybox", ShellKind::other_posix}, {"cmd", ShellKind::cmd},
    {"dash", ShellKind::other_posix},    {"ksh", ShellKind::other_posix},
    {"mksh", ShellKind::other_posix},    {"powershell", ShellKind::powershell},
    {"pwsh", ShellKind::powershell},     {"sh", ShellKind::posix},
    {"yash", ShellKind::other_posix},    {"zsh", ShellKind::other_posix},
};
static_assert(std::ranges::is_sorted(kShells, {}, &KnownShell::name));

constexpr std::string_view kPosixWords[] = {"/bin/sh", "-c"};
constexpr std::string_view kWindowsWords[] = {"cmd", "/S", "/C"};

ShellKind kind_of(std::string_view program) {
  std::string_view name = program.substr(program.find_last_of("/\\") + 1);
  if (name.size() > 4 && equal_ignoring_case(name.substr(name.size() - 4), ".exe"))
    name.remove_suffix(4);
  for (const KnownShell& known : kShells) {
    if (equal_ignoring_case(known.name, name)) return known.kind;
  }
  return ShellKind::unknown;
}

// `-o pipefail`, also with the `o` at the end of a cluster.
bool sets_pipefail(std::span<const std::string_view> words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] != "pipefail") continue;
    const std::string_view option = words[i - 1];
    if (option.size() >= 2 && option[0] == '-' && option[1] != '-' && option.back() == 'o')
      return true;
  }
  return false;
}

}  // namespace

Shell shell_of(std::span<const std::string_view> words, const Instruction* set_by) {
  Shell shell{.kind = ShellKind::unknown, .words = words, .set_by = set_by};
  std::size_t program = 0;
  if (!words.empty() && last_component(words[0]) == "env") {
    // `env -S VAR=1 bash -c`
    program = 1;
    while (program < words.size() && (words[program].starts_with('-') ||
                                      words[program].find('=') != std::string_view::npos)) {
      ++program;
    }
  }
  if (program < words.size()) shell.kind = kind_of(words[program]);
  shell.pipefail = sets_pipefail(words);
  return shell;
}

Shell default_shell(const Base& root) {
  if (root.facts != nullptr) {
    const ShellKind kind = kind_of(root.facts->shell);
    if (kind == ShellKind::cmd || kind == ShellKind::powershell)
      return {.kind = kind, .words = kWindowsWords};
    if (root.facts->family == data::Family::windows)
      return {.kind = ShellKind::cmd, .words = kWindowsWords};
  }
  return {.kind = ShellKind::posix, .words = kPosixWords};
}

}  // namespace plimsoll::facts
