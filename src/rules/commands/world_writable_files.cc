// world-writable-files: every account of the container may change a file of the image.
#include <algorithm>
#include <charconv>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/commands/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::world_writable_files {

static constexpr Alias kAliases[] = {{"tally", "tally/world-writable-state-path-workaround"}};

// The sticky bit lets all write but each delete only what is their own: right for /tmp.
static bool sticky(std::string_view mode) {
  if (mode.find('t') != std::string_view::npos) return true;
  unsigned bits = 0;
  std::from_chars(mode.data(), mode.data() + mode.size(), bits, 8);
  return (bits & 01000U) != 0;
}

// In a stage that only builds there are no other accounts to fear.
static std::optional<Severity> severity_of(const facts::Stage& stage) {
  return stage.shipped ? std::nullopt : std::optional(Severity::low);
}

// 777 becomes 775: whoever owns it, and their group, keep what they had.
static std::optional<Fix> for_group_alone(const facts::Build& build, text::Place where,
                                          std::string_view mode) {
  const bool octal = (mode.size() == 3 || mode.size() == 4) &&
                     std::ranges::all_of(mode, [](char c) { return c >= '0' && c <= '7'; });
  if (!octal || where.source != build.source_number || build.source->at(where.span) != mode)
    return {};
  const char last = static_cast<char>(mode.back() & ~2);
  const text::Span digit{where.span.end - 1, where.span.end};
  return Fix{.safety = Safety::changes_behaviour,
             .title = "let others read alone",
             .edits = {{build.place(digit), std::string(1, last)}}};
}

static void check_command(const facts::Command& command, Findings& out) {
  const facts::Permission* p = command.permission;
  if (p == nullptr || p->kind != facts::Permission::Kind::mode || !p->world_writable ||
      sticky(p->text))
    return;
  // `chmod 777 "$DATA"` as written.
  const std::string_view what = p->paths.empty() ? command.words.back().raw : what_changes(command);
  out.push_back(
      {.where = command.place(p->text_span),
       .message =
           concat({command.name, mode_option(command), p->text, " lets every account write to ",
                   what, p->recursive ? " and all below" : ""}),
       .severity = severity_of(*command.run->stage),
       .fix = for_group_alone(*command.run->stage->build, command.place(p->text_span), p->text)});
}

// COPY --chmod=777. Only an octal mode is judged.
static void check_copy(const facts::Copy& copy, Findings& out) {
  if (!copy.chmod.known()) return;
  const std::string_view mode = copy.chmod.value;
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(mode.data(), mode.data() + mode.size(), bits, 8);
  if (error != std::errc{} || end != mode.data() + mode.size() || (bits & 02U) == 0 || sticky(mode))
    return;
  out.push_back(
      {.where = copy.chmod.where,
       .message = concat({"--chmod=", mode, " lets every account write to what is copied"}),
       .severity = severity_of(*copy.stage),
       .fix = for_group_alone(*copy.stage->build, copy.chmod.where, mode)});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) check_command(command, out);
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN chmod -R 777 /srv\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN chmod -R 775 /srv\n"},
    {.text = "FROM debian:13\nRUN chmod a+rwx /srv/data\n", .flagged = true},
    {.text = "FROM debian:13\nCOPY --chmod=0666 app.conf /etc/app.conf\n",
     .flagged = true,
     .fixed = "FROM debian:13\nCOPY --chmod=0664 app.conf /etc/app.conf\n"},
    {.text = "FROM debian:13\nRUN chmod 1777 /tmp && chmod 755 /srv && chmod +x /run.sh\n"},
    {.text = "FROM debian:13\nCOPY --chmod=0755 run.sh /\n"},
};

extern constinit const Rule rule = described({
    .name = "world-writable-files",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Files that every account may change",
    .why = "A process that was taken over under any account can replace such a file, and a more "
           "powerful one that reads\n"
           "or runs it later carries the change on.",
    .remedy = "Give the files to the account that writes them (`COPY --chown=`, `chown`), with "
              "mode 755 or 644.",
    .source = "CWE-732, Incorrect Permission Assignment for Critical Resource",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::world_writable_files
