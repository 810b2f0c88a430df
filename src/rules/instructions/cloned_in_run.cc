// cloned-in-run: RUN git clone fetches what ADD could.
#include <optional>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::cloned_in_run {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-add-git"}};

// What ADD takes for a repository: a URL that ends with .git, Git's own protocol, SSH. The great
// hosts answer to both names.
static bool is_remote(std::string_view text) {
  for (std::string_view start : {"git://", "ssh://", "git@"})
    if (text.starts_with(start)) return true;
  if (!text.starts_with("https://") && !text.starts_with("http://")) return false;
  if (text.ends_with(".git") || text.ends_with(".git/")) return true;
  const std::string_view rest = text.substr(text.find("//") + 2);
  const std::string_view host = rest.substr(0, rest.find('/'));
  for (std::string_view known : {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
    if (host == known) return true;
  return false;
}

static const parse::shell::Word* repository(const facts::Command& command) {
  bool clone = false;
  for (const parse::shell::Word& word : command.words.subspan(1)) {
    if (!word.known) continue;
    if (word.value == "clone") clone = true;
    if (clone && is_remote(word.value)) return &word;
  }
  return nullptr;
}

// `git clone [--depth 1] [-b REF] URL FOLDER`; ADD fetches one commit, submodules included.
struct Clone {
  std::string_view url, reference, folder;
};

static std::optional<Clone> plain_clone(const facts::Command& command) {
  Clone clone;
  const std::span<const parse::shell::Word> words = command.words;
  if (words.size() < 2 || words[1].value != "clone") return {};
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::string_view word = words[i].value;
    if (!words[i].known || words[i].glob) return {};
    const bool takes_value = word == "--depth" || word == "-b" || word == "--branch";
    if (takes_value && i + 1 == words.size()) return {};
    if (word == "-b" || word == "--branch") {
      clone.reference = words[++i].value;
    } else if (word == "--depth") {
      ++i;
    } else if (word.starts_with('-')) {
      if (word != "-q" && word != "--quiet" && word != "--recursive" && word != "--single-branch" &&
          !word.starts_with("--depth="))
        return {};
    } else {
      std::string_view& place = clone.url.empty() ? clone.url : clone.folder;
      if (!place.empty()) return {};
      place = word;
    }
  }
  return clone;
}

static std::optional<Fix> added(const facts::Command& command) {
  const facts::Run& run = *command.run;
  const facts::Build& build = *run.stage->build;
  constexpr unsigned kMinor = 6;
  const std::optional<Clone> clone = plain_clone(command);
  if (!clone || run.commands.size() != 1 || !is_plain_list(run) ||
      !run.instruction->flags.empty() || !run.instruction->inner_comments.empty() ||
      !clone->url.starts_with("https://") ||
      clone->url.find_first_of("#?@$ ") != std::string::npos || clone->url.ends_with('/') ||
      !is_plain_path(clone->folder) ||
      (!clone->reference.empty() && !is_plain_path(clone->reference)) ||
      !frontend_has(build, kMinor))
    return {};
  const std::string_view ending = clone->url.ends_with(".git") ? "" : ".git";
  const std::string_view mark = clone->reference.empty() ? "" : "#";
  return Fix{.safety = Safety::changes_behaviour,
             .title = "fetch it by ADD",
             .edits = {{build.place(run.instruction->span),
                        concat({"ADD --keep-git-dir=true ", clone->url, ending, mark,
                                clone->reference, " ", clone->folder})}}};
}

static void check(const facts::Command& command, Findings& out) {
  // In a loop or behind a condition it is not one fixed repository.
  if (command.depth != 0 || command.run->trigger) return;
  if (const parse::shell::Word* word = repository(command))
    out.push_back({.where = command.place(word->raw),
                   .message = concat(
                       {"ADD can fetch the repository ", word->value, " without git in the image"}),
                   .fix = added(command)});
}

static constexpr std::string_view kNames[] = {"git"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN git clone https://github.com/acme/app.git /src\n",
     .flagged = true,
     .fixed = "FROM debian:13\nADD --keep-git-dir=true https://github.com/acme/app.git /src\n"},
    {.text = "FROM debian:13\nRUN git clone --depth 1 -b v1.2 https://github.com/acme/app src\n",
     .flagged = true,
     .fixed = "FROM debian:13\n"
              "ADD --keep-git-dir=true https://github.com/acme/app.git#v1.2 src\n"},
    {.text = "FROM debian:13\nADD https://github.com/acme/app.git#v1.2.0 /src\n"},
    {.text = "FROM debian:13\nRUN git clone https://git.example.com/cgit/app /src\n"},
    {.text = "FROM debian:13\nRUN git clone \"$REPOSITORY\" /src\n"},
};

extern constinit const Rule rule = described({
    .name = "cloned-in-run",
    .severity = Severity::info,
    .category = Category::reproducibility,
    .preset = Preset::all,
    .summary = "git clone in RUN, where ADD could fetch the repository",
    .why =
        "The cache keeps the result of `git clone` until the command's text changes, whatever "
        "happens "
        "in the repository. `ADD`\n"
        "asks for the commit, and takes a checksum; the image needs no git, and no `.git` stays in "
        "it.",
    .remedy = "Write `ADD https://example.com/app.git#COMMIT /src`; the URL must end with `.git`.",
    .source = "Dockerfile reference, \"Adding files from a Git repository\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::instructions::cloned_in_run
