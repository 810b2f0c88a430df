// What the rules on STOPSIGNAL share: the program that would get the signal, and who says which.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "base/fs.h"
#include "data/base_image.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions {

// The program that a container starts with: the entrypoint's, or else the command's; empty if that
// can't be known. A shell in between hides it.
inline std::string_view main_program(const facts::Container& c) {
  const bool entrypoint = c.entrypoint.known();
  if (!entrypoint && !c.entrypoint.absent() && c.entrypoint.origin != facts::Origin::base_image)
    return {};
  const facts::Fact<facts::Program>& program = entrypoint ? c.entrypoint : c.command;
  if (!program.known() || !program.value.exec_form || program.value.words.empty()) return {};
  return program.value.words.front();
}

// Nobody chose a signal, the base image included.
inline bool no_signal_chosen(const facts::Container& c) {
  return c.stop_signal.absent() ||
         (c.stop_signal.unknown() && c.stop_signal.origin == facts::Origin::base_image &&
          c.base != nullptr && data::is_plain(*c.base));
}

// A STOPSIGNAL in front of the instruction that states the program; nothing if the instruction does
// not begin its line.
inline std::optional<Fix> stated_signal(const facts::Container& c, text::Place program,
                                        std::string_view signal) {
  if (c.build == nullptr || program.source != c.build->source_number) return std::nullopt;
  const std::string_view bytes = c.build->source->bytes();
  std::uint32_t line = program.span.begin;
  while (line > 0 && bytes[line - 1] != '\n') --line;
  const std::string_view word =
      bytes.substr(line, bytes.find_first_of(" \t", line) - std::size_t{line});
  if (!same_name(word, "CMD") && !same_name(word, "ENTRYPOINT")) return std::nullopt;
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"add STOPSIGNAL ", signal}),
             .edits = {{{program.source, {line, line}}, concat({"STOPSIGNAL ", signal, "\n"})}}};
}

// Reports a container whose main program wants another signal than it gets.
struct Wanted {
  std::string_view program, signal, because;
};
inline void check_signal(const facts::Container& c, const Wanted& wanted, Findings& out) {
  const std::string_view signal = wanted.signal.substr(3);
  if (c.stop_signal.known()) {
    const data::Signal given = data::find_signal(c.stop_signal.value);
    if (given.name.empty() || same_name(given.name, signal)) return;
    Finding finding{.where = c.stop_signal.where,
                    .message = concat({wanted.program, " is stopped by ", c.stop_signal.value,
                                       ", and not by ", wanted.signal, wanted.because})};
    if (c.build != nullptr && c.build->source->at(c.stop_signal.where.span) == c.stop_signal.value)
      finding.fix = Fix{.safety = Safety::changes_behaviour,
                        .title = concat({"write ", wanted.signal}),
                        .edits = {{c.stop_signal.where, std::string(wanted.signal)}}};
    out.push_back(std::move(finding));
  } else if (no_signal_chosen(c)) {
    const text::Place where = c.entrypoint.known() ? c.entrypoint.where : c.command.where;
    out.push_back({.where = where,
                   .message = concat({wanted.program, " is stopped by SIGTERM, and not by ",
                                      wanted.signal, wanted.because}),
                   .fix = stated_signal(c, where, wanted.signal)});
  }
}

}  // namespace plimsoll::rules::instructions
