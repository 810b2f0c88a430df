// USER, WORKDIR, CMD, ENTRYPOINT, EXPOSE, VOLUME, STOPSIGNAL and SHELL: the last one of a stage's
// chain counts.
#include "facts/port.h"
#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

using FileWord = parse::dockerfile::Word;

text::Span rest_span(const Instruction& instruction) {
  return instruction.rest.empty() ? instruction.keyword_span
                                  : instruction.joined.where(instruction.rest);
}

// `USER name`: one word, the whole rest.
Fact<std::string_view> whole_rest(const StageReading& reading, const Instruction& instruction) {
  if (instruction.words.size() == 1 && !instruction.exec_form) {
    return expand_fact(reading.in, reading.scope, instruction.words[0].text,
                       instruction.words[0].span);
  }
  return expand_fact(reading.in, reading.scope, instruction.rest, rest_span(instruction));
}

bool is_windows_path(std::string_view path) {
  return path.size() >= 2 && path[1] == ':' && ((path[0] | 0x20) >= 'a' && (path[0] | 0x20) <= 'z');
}

// Appends one component of a path: "/a/b" and ".." give "/a".
std::size_t append_component(char* out, std::size_t size, std::string_view component) {
  if (component.empty() || component == ".") return size;
  if (component == "..") {
    while (size > 0 && out[--size] != '/') {
    }
    return size;
  }
  out[size++] = '/';
  return size + component.copy(out + size, component.size());
}

// "/a/b" + "../c//d/." = "/a/c/d".
std::string_view clean_path(std::string_view base, std::string_view path, Arena& arena) {
  char* const out = static_cast<char*>(arena.allocate(base.size() + path.size() + 2, 1));
  std::size_t size = 0;
  for (std::string_view text : {path.starts_with('/') ? std::string_view{} : base, path}) {
    while (!text.empty()) {
      const std::size_t slash = std::min(text.find('/'), text.size());
      size = append_component(out, size, text.substr(0, slash));
      text.remove_prefix(std::min(slash + 1, text.size()));
    }
  }
  if (size == 0) out[size++] = '/';
  return {out, size};
}

void read_workdir(StageReading& reading, const Instruction& instruction) {
  Fact<std::string_view> fact = whole_rest(reading, instruction);
  const Fact<std::string_view>& before = reading.stage.workdir;
  const bool relative =
      fact.known() && !fact.value.starts_with('/') && !is_windows_path(fact.value);
  if (relative && before.unknown()) {
    fact.presence = Presence::unknown;
    fact.unknown_because = before.unknown_because;
  } else if (relative && !is_windows_path(before.value)) {
    fact.value = clean_path(before.known() ? before.value : std::string_view("/"), fact.value,
                            reading.in.arena);
  } else if (fact.known() && fact.value.starts_with('/')) {
    fact.value = clean_path({}, fact.value, reading.in.arena);
  }
  reading.stage.workdir = fact;
}

Fact<Program> read_program(const StageReading& reading, const Instruction& instruction) {
  std::vector<std::string_view>& words = reading.in.scratch.texts;
  words.clear();
  for (const FileWord& word : instruction.words) words.push_back(word.text);
  Fact<Program> fact{.presence = Presence::known,
                     .where = reading.in.build.place(rest_span(instruction))};
  fact.value = {instruction.exec_form, reading.in.arena.copy(words)};
  return fact;
}

void read_entrypoint(StageReading& reading, const Instruction& instruction) {
  reading.stage.entrypoint = read_program(reading, instruction);
  if (reading.command_set) return;
  // Source: BuildKit convert.go, dispatchEntrypoint: it takes an inherited CMD away.
  reading.stage.command = {.presence = Presence::removed, .where = reading.stage.entrypoint.where};
}

void add_port(StageReading& reading, std::string_view text, text::Span span) {
  Fact<Port> fact{.presence = Presence::known, .where = reading.in.build.place(span)};
  if (!read_port(text, fact.value)) {
    fact.presence = Presence::unknown;
    fact.unknown_because = "it is not a port";
  }
  reading.in.scratch.ports.push_back(fact);
}

void read_expose(StageReading& reading, const Instruction& instruction) {
  for (const FileWord& word : instruction.words) {
    const Fact<std::string_view> text =
        expand_fact(reading.in, reading.scope, word.text, word.span);
    if (!text.known()) {
      reading.in.scratch.ports.push_back({.presence = Presence::unknown,
                                          .where = text.where,
                                          .unknown_because = text.unknown_because});
      continue;
    }
    // A variable may hold several ports.
    std::string_view rest = text.value;
    while (true) {
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
      if (rest.empty()) break;
      const std::size_t size = std::min(rest.find_first_of(" \t"), rest.size());
      add_port(reading, rest.substr(0, size), word.span);
      rest.remove_prefix(size);
    }
  }
}

void read_volumes(StageReading& reading, const Instruction& instruction) {
  for (const FileWord& word : instruction.words) {
    reading.in.scratch.volumes.push_back(
        expand_fact(reading.in, reading.scope, word.text, word.span));
  }
}

void read_shell(StageReading& reading, const Instruction& instruction) {
  if (!instruction.exec_form || instruction.words.empty()) return;
  reading.stage.shell = shell_of(read_program(reading, instruction).value.words, &instruction);
}

}  // namespace

void read_setting(StageReading& reading, const Instruction& instruction) {
  Stage& stage = reading.stage;
  switch (instruction.keyword) {
    case Keyword::user:
      if (!instruction.rest.empty()) stage.user = whole_rest(reading, instruction);
      break;
    case Keyword::workdir:
      if (!instruction.rest.empty()) read_workdir(reading, instruction);
      break;
    case Keyword::stopsignal:
      if (!instruction.rest.empty()) stage.stop_signal = whole_rest(reading, instruction);
      break;
    case Keyword::cmd:
      stage.command = read_program(reading, instruction);
      reading.command_set = true;
      break;
    case Keyword::entrypoint:
      read_entrypoint(reading, instruction);
      break;
    case Keyword::expose:
      read_expose(reading, instruction);
      break;
    case Keyword::volume:
      read_volumes(reading, instruction);
      break;
    case Keyword::shell:
      read_shell(reading, instruction);
      break;
    default:
      break;
  }
}

}  // namespace plimsoll::facts
