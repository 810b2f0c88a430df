// COPY and ADD: what is copied from where, and what its sources look like.
#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

using parse::dockerfile::Flag;
using parse::dockerfile::Heredoc;
using FileWord = parse::dockerfile::Word;

// What ADD unpacks: tar, plain or compressed by gzip, bzip2, xz or zstd.
// Source: Dockerfile reference, "ADD", "Adding local tar archives".
constexpr std::string_view kArchiveEndings[] = {
    ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst",
};

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  return text.size() > ending.size() &&
         equal_ignoring_case(text.substr(text.size() - ending.size()), ending);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() > start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

bool is_url(std::string_view text) {
  return starts_with_ignoring_case(text, "http://") || starts_with_ignoring_case(text, "https://");
}

// Source: BuildKit util/gitutil, ParseGitRef: `.git` at the end of a URL's path makes it a
// repository.
bool is_git(std::string_view text) {
  if (text.starts_with("git@") || text.starts_with("git://") || text.starts_with("ssh://") ||
      text.starts_with("github.com/")) {
    return true;
  }
  return is_url(text) && text.substr(0, text.find_first_of("#?")).ends_with(".git");
}

Copy::Source read_source(const StageReading& reading, const Instruction& instruction,
                         const FileWord& word) {
  Copy::Source source;
  for (const Heredoc& heredoc : instruction.heredocs) {
    if (heredoc.word != word.span) continue;
    source.heredoc = true;
    source.path = {.presence = Presence::known,
                   .value = heredoc.name,
                   .where = reading.in.build.place(word.span)};
    return source;
  }
  source.path = expand_fact(reading.in, reading.scope, word.text, word.span);
  // What stands before and behind a variable still tells the form.
  std::string_view text = source.path.known() ? source.path.value : word.text;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  source.url = is_url(text);
  source.git = is_git(text);
  source.archive = std::ranges::any_of(kArchiveEndings, [&](std::string_view ending) {
    return ends_with_ignoring_case(text, ending);
  });
  return source;
}

Fact<std::string_view> read_flag(const StageReading& reading, const Instruction& instruction,
                                 std::string_view name) {
  const Flag* flag = instruction.flag(name);
  if (flag == nullptr || !flag->has_value)
    return {.where = reading.in.build.place(instruction.keyword_span)};
  return expand_fact(reading.in, reading.scope, flag->value, flag->value_span);
}

}  // namespace

void read_copy(StageReading& reading, const Instruction& instruction, bool trigger) {
  Copy& copy = reading.copies[reading.copy_count++];
  copy.instruction = &instruction;
  copy.stage = &reading.stage;
  copy.add = instruction.keyword == Keyword::add;
  copy.trigger = trigger;
  copy.from = read_flag(reading, instruction, "from");
  copy.chown = read_flag(reading, instruction, "chown");
  copy.chmod = read_flag(reading, instruction, "chmod");
  if (copy.from.known())
    copy.from_stage = find_stage(reading.in.build, reading.stage.index, copy.from.value);
  copy.destination.where = reading.in.build.place(instruction.keyword_span);
  if (instruction.words.empty()) return;
  const FileWord& last = instruction.words.back();
  copy.destination = expand_fact(reading.in, reading.scope, last.text, last.span);
  std::vector<Copy::Source>& sources = reading.in.scratch.sources;
  sources.clear();
  for (const FileWord& word : instruction.words.first(instruction.words.size() - 1)) {
    sources.push_back(read_source(reading, instruction, word));
  }
  copy.sources = reading.in.arena.copy(sources);
}

}  // namespace plimsoll::facts
