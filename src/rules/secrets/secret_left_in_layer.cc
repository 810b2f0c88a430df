// secret-left-in-layer: a RUN writes a file of secrets and ends without removing it.
#include <algorithm>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/secrets/_files.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_parts.h"

namespace plimsoll::rules::secrets::secret_left_in_layer {

namespace shell = parse::shell;

static constexpr Alias kAliases[] = {{"dockle", "CIS-DI-0010"}, {"cis", "4.10"}};

// The command gets a secret from a variable of such a name, or has one written in it.
static bool uses_secret(const facts::Command& command) {
  bool found = false;
  for_each_parameter(command, [&](const shell::Part& part) {
    found |= data::secret_name(part.value) != data::SecretName::no;
  });
  const auto reads = [](const shell::Word& word) {
    return word.value.starts_with("/run/secrets/") || !credential_in(word.raw).empty();
  };
  return found || std::ranges::any_of(command.words, reads) ||
         std::ranges::any_of(command.redirects, [](const shell::Redirect& r) {
           return !credential_in(r.body).empty();
         });
}

// So does the command itself, one of its pipeline, or one in a $(…) of these. Commands stand in
// source order, those of a substitution behind the command that has it.
static bool gets_secret(const facts::Command& command) {
  const std::span<const facts::Command> all = command.run->commands;
  const auto same = [&](std::size_t i) { return all[i].pipeline == command.pipeline; };
  const auto deeper = [&](std::size_t i) { return all[i].depth > command.depth; };
  std::size_t at = command.index;
  for (std::size_t i = at; i > 0 && (same(i - 1) || deeper(i - 1)); --i)
    if (same(i - 1)) at = i - 1;
  text::Span member{};  // of the pipeline, the one that was come by last
  for (; at < all.size() && (same(at) || deeper(at)); ++at) {
    const facts::Command& other = all[at];
    if (same(at)) member = other.node != nullptr ? other.place(other.node->raw).span : text::Span{};
    // `a; x=$(b)`: an assignment is no command, so what is in it isn't a's.
    if ((same(at) || other.place().span.begin < member.end) && uses_secret(other)) return true;
  }
  return false;
}

// `~/.npmrc` of a word as written, its quotes and variables left in.
static std::string_view path_of(const shell::Word& word) {
  std::string_view path = word.known ? word.value : word.raw;
  while (path.size() > 1 && (path.front() == '"' || path.front() == '\'')) path.remove_prefix(1);
  while (path.size() > 1 && (path.back() == '"' || path.back() == '\'')) path.remove_suffix(1);
  return path;
}

// What is written below a mount is in no layer.
static bool below_mount(const facts::Run& run, std::string_view path) {
  return std::ranges::any_of(run.instruction->mounts, [&](const auto& mount) {
    const std::string_view target = without_slashes(mount.option("target", "dst"));
    const std::string_view other = without_slashes(mount.option("destination"));
    const auto covers = [&](std::string_view folder) {
      return !folder.empty() && path.starts_with(folder);
    };
    return covers(target) || covers(other);
  });
}

static void check_file(const facts::Command& command, const shell::Word& word, Findings& out) {
  const std::string_view path = path_of(word);
  const data::SecretFile file = data::find_secret_file(path);
  const facts::Run& run = *command.run;
  if (file.kind.empty() || below_mount(run, path) || removal_in(run, path) != nullptr) return;
  const bool secret = gets_secret(command);
  // What is known to be a secret's file by its name alone is one; another gets it from somewhere.
  if (!secret && file.certainty != data::Certainty::sure) return;
  Finding finding{
      .where = command.place(word.raw),
      .message =
          concat({path, ", which holds ", file.kind, ", is written here and stays in the layer"}),
      .severity =
          severity_of(secret ? data::Certainty::sure : data::Certainty::likely, *run.stage)};
  if (!run.trigger) note_removal(*run.stage, run.instruction->span, path, finding);
  out.push_back(std::move(finding));
}

static void check_command(const facts::Command& command, Findings& out) {
  for (const shell::Redirect& redirect : command.redirects)
    if (redirect.op == ">" || redirect.op == ">>" || redirect.op == ">|")
      check_file(command, redirect.target, out);
  if (command.name != "tee") return;
  for (const shell::Word& word : command.words.subspan(1)) check_file(command, word, out);
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) check_command(command, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\nARG NPM_TOKEN\nRUN echo "
             "\"//registry.npmjs.org/:_authToken=$NPM_TOKEN\" > .npmrc && npm ci\n",
     .flagged = true},
    {.text =
         "FROM debian:13\nARG SSH_KEY\nRUN echo \"$SSH_KEY\" > /root/.ssh/id_rsa\nRUN git clone "
         "git@git.example.com:app && rm /root/.ssh/id_rsa\n",
     .flagged = true},
    {.text = "FROM node:22\nARG NPM_TOKEN\nRUN echo "
             "\"//registry.npmjs.org/:_authToken=$NPM_TOKEN\" > .npmrc && npm ci && rm .npmrc\n"},
    {.text = "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n"},
    {.text = "FROM node:22\nRUN echo save-exact=true > .npmrc\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-left-in-layer",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "RUN writes a file of secrets and leaves it in its layer",
    .why =
        "A layer keeps what its `RUN` leaves behind. An `rm` in a later `RUN` hides the file and "
        "takes nothing back: whoever\n"
        "can pull the image unpacks the layer below.",
    .remedy =
        "Mount the file for the command that needs it (`RUN --mount=type=secret,target=…`), or "
        "use `--mount=type=ssh`\n"
        "for keys. Replace a secret that was ever pushed.",
    .source = "Docker, Build secrets; CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::secrets::secret_left_in_layer
