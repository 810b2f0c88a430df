// unused-user: an account is created for the service, which then runs as root all the same.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "facts/user.h"
#include "rules/rule.h"
#include "rules/user/_fix.h"
#include "rules/user/_program.h"

namespace plimsoll::rules::user::unused_user {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static constexpr Alias kAliases[] = {{"tally", "tally/user-created-but-never-used"}};

// The file that a stage of Go or Rust has compiled, copied to where it is started.
static bool is_compiled(const facts::Stage& stage, std::string_view program) {
  return std::ranges::any_of(stage.copies, [&](const facts::Copy& copy) {
    if (copy.from_stage == nullptr || copy.from_stage->root == nullptr || copy.trigger ||
        !copy.destination.known() || copy.destination.value != program)
      return false;
    const std::string_view compiler =
        parse::imageref::docker_hub_name(copy.from_stage->root->parts);
    return compiler == "golang" || compiler == "rust";
  });
}

// The entry point of a known image that runs such a program only prepares for it.
static bool runs_as_started(const facts::Container& c) {
  std::string_view program;
  if (c.entrypoint.known()) program = main_program(c.entrypoint.value);
  const bool of_image = c.entrypoint.absent() || c.entrypoint.origin == facts::Origin::base_image;
  const bool only_init = c.entrypoint.known() && program.empty() && c.entrypoint.value.exec_form &&
                         !c.entrypoint.value.words.empty();
  if (((of_image && c.base != nullptr) || only_init) && c.command.known())
    program = main_program(c.command.value);
  return is_runner(program) || (program.starts_with('/') && is_compiled(*c.stage, program));
}

// Of a name or a path: /app/app.py is not the account app.
static bool is_name_char(char c) {
  return is_word_char(c) || c == '-' || c == '/' || c == '.';
}

static bool mentions(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_name_char(text[at - 1])) &&
        (end == text.size() || !is_name_char(text[end])))
      return true;
  }
  return false;
}

// Commands that prepare for an account: to give it files is not to run as it.
static bool prepares(const facts::Command& command) {
  return command.account != nullptr || command.permission != nullptr || command.name == "mkdir" ||
         command.name == "install" || command.name == "chown";
}

// An instruction that may make something run as the account. Where files lie says nothing.
static bool may_use(const Instruction& instruction, std::string_view name) {
  constexpr Keyword kPaths[] = {Keyword::add, Keyword::copy,   Keyword::from,   Keyword::label,
                                Keyword::run, Keyword::volume, Keyword::workdir};
  if (std::ranges::find(kPaths, instruction.keyword) == std::end(kPaths))
    return mentions(instruction.rest, name);
  if (instruction.keyword == Keyword::run) return false;  // by its commands
  return std::ranges::any_of(
      instruction.heredocs, [&](const auto& heredoc) { return mentions(heredoc.body.text, name); });
}

static bool may_use(const facts::Run& run, std::string_view name) {
  return std::ranges::any_of(run.commands, [&](const facts::Command& command) {
    if (prepares(command)) return false;
    return std::ranges::any_of(command.words,
                               [&](const auto& word) { return mentions(word.raw, name); });
  });
}

static bool is_used(const facts::Stage& stage, std::string_view name) {
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    if (std::ranges::any_of(s->instructions,
                            [&](const Instruction* i) { return may_use(*i, name); }) ||
        std::ranges::any_of(s->runs, [&](const facts::Run& run) { return may_use(run, name); }))
      return true;
  return false;
}

// Of a development container: an editor enters as it. Source: containers.dev, "remoteUser".
static constexpr std::string_view kDevelopers = "vscode";

static void check(const facts::Container& c, Findings& out) {
  const bool root = c.user.absent() || (c.user.known() && facts::is_root(c.user.value));
  if (!root || c.stage == nullptr || c.build == nullptr || !runs_as_started(c)) return;
  for (const facts::Stage* s = c.stage; s != nullptr; s = s->base.stage)
    for (const facts::Run& run : s->runs)
      for (const facts::Command& command : run.commands) {
        const facts::Account* account = command.account;
        if (run.trigger || account == nullptr || account->name.empty() ||
            account->action != facts::Account::Action::add_user || facts::is_root(account->name) ||
            account->name == kDevelopers || is_used(*c.stage, account->name))
          continue;
        out.push_back({.where = command.place(),
                       .message = concat({account->name,
                                          " is created here, but no USER switches "
                                          "to it: the container runs as root"}),
                       .fix = out.empty() ? end_as_another_user(c) : std::nullopt});
      }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\nRUN useradd --uid 2000 app\nCOPY --chown=app . /app\nCMD [\"node\", "
             "\"/app/server.js\"]\n",
     .flagged = true,
     .fixed = "FROM node:22\nRUN useradd --uid 2000 app\nCOPY --chown=app . /app\nUSER 2000\nCMD "
              "[\"node\", \"/app/server.js\"]\n"},
    {.text = "FROM node:22\nRUN useradd --system app\nCOPY --chown=app . /app\nUSER app\nCMD "
             "[\"node\", \"/app/server.js\"]\n"},
    {.text = "FROM node:22\nRUN useradd --system app\nCOPY start.sh /\nENTRYPOINT "
             "[\"/start.sh\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "unused-user",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "An account is created, but nothing runs as it",
    .why =
        "To create an account and to give it files changes nothing about the process: it is root "
        "until `USER` says otherwise.\n"
        "The account looks as if someone had seen to that.",
    .remedy = "End the last stage with `USER` and the account's number, or remove the account.",
    .source = "Docker, Building best practices, \"USER\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check},
});

}  // namespace plimsoll::rules::user::unused_user
