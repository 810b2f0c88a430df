// What fixes of Dockerfiles have in common: whole lines, words with their blank, instructions that
// are put before others.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "text/place.h"
#include "text/source.h"

namespace plimsoll::rules {

// True unless the file names a version of the frontend that is older than 1.`minor`.
bool frontend_has(const facts::Build& build, unsigned minor);

// How the file ends its lines: as it ends the first.
inline std::string_view newline_of(const text::Source& source) {
  const std::string_view bytes = source.bytes();
  return bytes.substr(0, bytes.find('\n')).ends_with('\r') ? "\r\n" : "\n";
}

// The span with all of its lines, the newline of the last one included.
inline text::Span whole_lines(const text::Source& source, text::Span span) {
  const std::string_view bytes = source.bytes();
  const std::size_t before = bytes.substr(0, span.begin).rfind('\n');
  const std::size_t behind = bytes.find('\n', span.end);
  return {before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1),
          static_cast<std::uint32_t>(behind == std::string_view::npos ? bytes.size() : behind + 1)};
}

// Where an instruction and the comments that belong to it begin.
inline std::uint32_t begin_with_comments(const parse::dockerfile::Instruction& instruction) {
  return instruction.comments.empty() ? instruction.span.begin : instruction.comments.front().begin;
}

inline text::Edit inserted(const facts::Build& build, std::uint32_t at, std::string text) {
  return {build.place({at, at}), std::move(text)};
}

// A line of its own, above the instruction and its comments.
inline text::Edit line_before(const facts::Build& build,
                              const parse::dockerfile::Instruction& instruction,
                              std::string_view line) {
  return inserted(build, begin_with_comments(instruction),
                  concat({line, newline_of(*build.source)}));
}

// A line of its own, below the instruction. None if that one goes on at its last line's end.
inline std::optional<text::Edit> line_behind(const facts::Build& build,
                                             const parse::dockerfile::Instruction& instruction,
                                             std::string_view line) {
  const std::string_view text = build.source->at(instruction.span);
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  if (last != std::string_view::npos && text[last] == build.tree->escape) return {};
  // Some readers of Dockerfiles want a blank line behind a here-document.
  const std::string_view newline = newline_of(*build.source);
  const std::string_view blank = instruction.heredocs.empty() ? std::string_view{} : newline;
  return inserted(build, instruction.span.end, concat({newline, blank, line}));
}

// Takes an instruction away with its lines. None if something else may be meant with it: comments
// that belong to it, or a last line that the file would end without.
inline std::optional<text::Edit> without_instruction(
    const facts::Build& build, const parse::dockerfile::Instruction& instruction) {
  if (!instruction.comments.empty() || !instruction.inner_comments.empty()) return {};
  return text::Edit{build.place(whole_lines(*build.source, instruction.span)), ""};
}

// Takes one `KEY=value` away; the last one of its instruction with that.
std::optional<text::Edit> without_pair(const facts::Build& build,
                                       const parse::dockerfile::Instruction& instruction,
                                       const parse::dockerfile::Pair& pair);

// The instruction of the stage that this offset lies in; null: none.
const parse::dockerfile::Instruction* instruction_at(const facts::Stage& stage,
                                                     std::uint32_t offset);

// Takes words away, with the blank before them. None in exec form, and where there is a joint of
// lines before or between them.
inline std::optional<text::Edit> without_words(const facts::Command& command,
                                               std::string_view first, std::string_view last) {
  if (command.node == nullptr) return {};
  const text::Source& source = *command.run->stage->build->source;
  text::Span span{command.place(first).span.begin, command.place(last).span.end};
  if (source.at(span).find('\n') != std::string_view::npos) return {};
  const std::string_view bytes = source.bytes();
  const std::uint32_t begin = span.begin;
  while (span.begin > 0 && (bytes[span.begin - 1] == ' ' || bytes[span.begin - 1] == '\t'))
    --span.begin;
  // At the beginning of a line its indent stays, and what follows moves up.
  if (span.begin == 0 || bytes[span.begin - 1] == '\n') {
    span.begin = begin;
    while (span.end < bytes.size() && (bytes[span.end] == ' ' || bytes[span.end] == '\t'))
      ++span.end;
  }
  return text::Edit{command.place(span), ""};
}

// The index of the first of those instructions that end a stage and say how its container runs:
// USER and what is built is best said before them.
std::size_t end_of_steps(const facts::Stage& stage);

// Lines there. None if the last step goes on at its line's end.
std::optional<text::Edit> at_end_of_steps(const facts::Stage& stage, std::string_view lines);

// Adds ` && …` to the end of the RUN. None unless its script is one list of plain commands.
std::optional<text::Edit> appended(const facts::Run& run, std::string_view commands);

// True if a comment speaks to a program, and about the instruction that it stands above.
inline bool is_pragma(std::string_view comment) {
  constexpr std::string_view kWords[] = {"hadolint", "plimsoll", "ignore", "disable",
                                         "skip",     "allow",    "nosem",  "shellcheck"};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return comment.find(word) != std::string_view::npos; });
}

// The folder that RUNs and relative paths begin in, while the instructions of a stage go by.
class Workdir {
 public:
  explicit Workdir(const facts::Stage& stage);
  void pass(const parse::dockerfile::Instruction& instruction);
  // None: it isn't known. A distribution's own image begins in its root.
  [[nodiscard]] const std::optional<std::string>& folder() const { return folder_; }

 private:
  std::optional<std::string> folder_;
};

// A path without anything that Docker or a shell would read in another way, nor any `..`.
bool is_plain_path(std::string_view path);

// "/srv" and "./app" give "/srv/app".
std::string below(std::string_view folder, std::string_view path);

// The distribution that a stage starts from: what is known of its image, or else what the package
// managers tell that the stage calls.
data::Family family_of(const facts::Stage& stage);

// True if the shell may read `&>` as `&` and `>`: bash takes it for a redirection, which it is
// taken for here, and sh for the end of a job.
bool has_ambiguous_job(const facts::Run& run);

// True if the script is one list of simple commands whose pieces can be put behind others, and that
// others can be put behind: no comment, no `&`, no here-document, nothing that isn't understood.
bool is_plain_list(const facts::Run& run);

// True if a command changes the shell that runs it (`cd`, `export`, `set`), so that what stands
// behind it in the same RUN would notice.
bool changes_shell(const facts::Run& run);

}  // namespace plimsoll::rules
