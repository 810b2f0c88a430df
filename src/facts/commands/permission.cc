// chmod, chown, chgrp, and the mode that install and mkdir give.
#include "facts/commands/kinds.h"
#include "facts/mode.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

constexpr std::string_view kInstallWords[] = {"group", "mode", "owner", "suffix",
                                              "target-directory"};
constexpr Options kInstallOptions{.letters = "gmoSt", .words = kInstallWords};
constexpr std::string_view kMkdirWords[] = {"context", "mode"};
constexpr Options kMkdirOptions{.letters = "m", .words = kMkdirWords};

void set_mode(Permission& permission, std::string_view text) {
  const Mode mode = read_mode(text);
  permission.text = text;
  permission.world_writable = mode.world_writable;
  permission.set_uid = mode.set_uid;
  permission.set_gid = mode.set_gid;
}

// `chmod -w file`: a mode may look like an option.
bool is_mode(std::string_view text) {
  return text.starts_with('-') && read_mode(text).valid;
}

// The first operand says what, the others where.
void describe_change(Command& command, Describing& to, Permission::Kind kind) {
  Permission permission{.kind = kind};
  bool said = false;
  to.scratch.texts.clear();
  for (const parse::shell::Word& word : command.words.subspan(1)) {
    const std::string_view text = text_of(word);
    if (!said && kind == Permission::Kind::mode && text != "-R" && is_mode(text)) {
      said = true;
      permission.text_span = command.place(word.raw).span;
      set_mode(permission, word.value);
    } else if (text.size() > 1 && text[0] == '-') {
      permission.recursive |=
          text == "--recursive" || (text[1] != '-' && text.find('R') != std::string_view::npos);
      said |= text.starts_with("--reference");
    } else if (!said) {
      said = true;
      permission.text_span = command.place(word.raw).span;
      if (word.known && kind == Permission::Kind::mode) set_mode(permission, word.value);
      if (word.known) permission.text = word.value;
    } else if (word.known) {
      to.scratch.texts.push_back(word.value);
    }
  }
  permission.paths = to.arena.copy(to.scratch.texts);
  command.permission = to.arena.make(permission);
}

}  // namespace

void describe_chmod(Command& command, Describing& to) {
  describe_change(command, to, Permission::Kind::mode);
}
void describe_chown(Command& command, Describing& to) {
  describe_change(command, to, Permission::Kind::owner);
}

void describe_install(Command& command, Describing& to) {
  Permission permission{.kind = Permission::Kind::mode};
  bool said = false;
  to.scratch.texts.clear();
  Arguments arguments(command.words.subspan(1),
                      command.name == "mkdir" ? kMkdirOptions : kInstallOptions);
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.is("m", "mode") && argument.value_at != nullptr) {
      said = true;
      const std::string_view written = argument.value_at->raw;
      permission.text_span = command
                                 .place(written.ends_with(argument.value)
                                            ? written.substr(written.size() - argument.value.size())
                                            : written)
                                 .span;
      if (argument.value_known) set_mode(permission, argument.value);
    } else if (argument.kind == Argument::Kind::operand && argument.at->known) {
      to.scratch.texts.push_back(argument.name);
    }
  }
  if (!said) return;
  permission.paths = to.arena.copy(to.scratch.texts);
  command.permission = to.arena.make(permission);
}

}  // namespace plimsoll::facts
