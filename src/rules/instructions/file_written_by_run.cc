// file-written-by-run: a RUN does nothing but write known text to a file.
#include <algorithm>
#include <array>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::file_written_by_run {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-copy-heredoc"}};

using facts::Command;
using parse::shell::Redirect;

// The file that the command's output goes to; null: it writes none, or does more.
static const Redirect* output_of(const Command& command) {
  const Redirect* found = nullptr;
  for (const Redirect& redirect : command.redirects) {
    if (redirect.op.starts_with("<<")) {
      if (!redirect.body_parts.empty() || redirect.op == "<<<") return nullptr;
      continue;
    }
    const bool standard = redirect.descriptor.empty() || redirect.descriptor == "1";
    if ((redirect.op != ">" && redirect.op != ">>") || !standard || found != nullptr)
      return nullptr;
    found = &redirect;
  }
  if (found == nullptr || !found->target.known || found->target.glob) return nullptr;
  const std::string_view path = found->target.value;
  return path.starts_with("/dev/") || path.starts_with("/proc/") ? nullptr : found;
}

// echo, printf, or cat of a here-document, with nothing that only the shell knows.
static bool prints_known_text(const Command& command) {
  constexpr std::array<std::string_view, 3> kNames = {"echo", "printf", "cat"};
  if (std::ranges::find(kNames, command.name) == kNames.end() || !command.wrapper.empty() ||
      command.depth != 0 || command.piped_in || command.piped_out || !command.assignments.empty())
    return false;
  const auto literal = [](const parse::shell::Word& word) { return word.known && !word.glob; };
  if (!std::ranges::all_of(command.words, literal)) return false;
  if (command.name != "cat") return true;
  return command.words.size() == 1 && std::ranges::any_of(command.redirects, [](const Redirect& r) {
           return r.op.starts_with("<<");
         });
}

// `mkdir -p` of a folder above the file, which COPY makes by itself.
static bool makes_folder_of(const Command& command, std::string_view file) {
  if (command.name != "mkdir" || command.depth != 0 || !command.redirects.empty() ||
      !command.wrapper.empty())
    return false;
  const std::span<const parse::shell::Word> words = command.words.subspan(1);
  return std::ranges::all_of(words, [&](const parse::shell::Word& word) {
    if (!word.known || word.glob) return false;
    std::string_view path = word.value;
    if (path == "-p" || path == "--parents") return true;
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return !path.starts_with('-') && file.size() > path.size() && file.starts_with(path) &&
           file[path.size()] == '/';
  });
}

// The file that all commands write, one after the other; null: something else is done, too.
static const Redirect* only_file(const facts::Run& run) {
  const Redirect* file = nullptr;
  std::span<const Command> commands = run.commands;
  if (commands.size() > 1 && commands[1].redirects.size() == 1 &&
      makes_folder_of(commands[0], commands[1].redirects[0].target.value))
    commands = commands.subspan(1);
  for (const Command& command : commands) {
    const Redirect* output = prints_known_text(command) ? output_of(command) : nullptr;
    if (output == nullptr || (file != nullptr && file->target.value != output->target.value))
      return nullptr;
    if (file == nullptr) file = output;
  }
  // A file that is only added to has other text already.
  return file != nullptr && file->op == ">" ? file : nullptr;
}

// One `echo` of words that every shell prints as they are.
static std::optional<Fix> copied(const facts::Run& run, const Redirect& file) {
  const facts::Build& build = *run.stage->build;
  constexpr unsigned kMinor = 4;  // 1.4 has here-documents
  const std::string_view path = file.target.value;
  if (run.commands.size() != 1 || run.commands[0].name != "echo" || !is_plain_list(run) ||
      !run.instruction->flags.empty() || !run.instruction->inner_comments.empty() ||
      !path.starts_with('/') || !is_plain_path(path) || path.ends_with('/') ||
      !frontend_has(build, kMinor))
    return {};
  std::string line;
  for (const parse::shell::Word& word : run.commands[0].words.subspan(1))
    line += concat({line.empty() ? "" : " ", word.value});
  if (line.empty() || line.starts_with('-') || line == "EOF" ||
      line.find_first_of("\\\n\r") != std::string::npos)
    return {};
  const std::string_view newline = newline_of(*build.source);
  if (newline != "\n") return {};  // the file's lines would end so, too
  return Fix{.safety = Safety::changes_behaviour,
             .title = "write it by COPY",
             .edits = {{build.place(run.instruction->span),
                        concat({"COPY <<'EOF' ", path, newline, line, newline, "EOF"})}}};
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs) {
      if (!run.understood || run.script == nullptr || run.trigger) continue;
      if (const Redirect* file = only_file(run))
        out.push_back({.where = build.place(run.instruction->keyword_span),
                       .message = concat({"this RUN only writes ", file->target.value,
                                          ", which COPY <<EOF does without a shell"}),
                       .fix = copied(run, *file)});
    }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nRUN echo 'memory_limit = 256M' > /etc/php.ini\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCOPY <<'EOF' /etc/php.ini\nmemory_limit = 256M\nEOF\n"},
    {.text = "FROM alpine:3.22\nRUN cat <<EOF > /etc/motd\nhello\nEOF\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY <<EOF /etc/motd\nhello\nEOF\n"},
    {.text = "FROM alpine:3.22\nRUN echo \"built $(date)\" > /etc/motd\n"},
    {.text = "FROM alpine:3.22\nRUN echo 'vm.swappiness=1' >> /etc/sysctl.conf\n"},
};

extern constinit const Rule rule = described({
    .name = "file-written-by-run",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "RUN that does nothing but write a file",
    .why =
        "The shell's quoting and escapes stand between the text and the file. A here-document of "
        "`COPY` is the text itself,\n"
        "needs no shell in the image, and takes `--chown` and `--chmod`.",
    .remedy = "Write `COPY <<\"EOF\" /path`, the lines, and `EOF`.",
    .source = "Dockerfile reference, \"Here-documents\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::file_written_by_run
