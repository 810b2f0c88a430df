// cloned-in-run: RUN git clone fetches what ADD could.
#include "base/concat.h"
#include "facts/build.h"
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

static void check(const facts::Command& command, Findings& out) {
  // In a loop or behind a condition it is not one fixed repository.
  if (command.depth != 0 || command.run->trigger) return;
  if (const parse::shell::Word* word = repository(command))
    out.push_back({.where = command.place(word->raw),
                   .message = concat({"ADD can fetch the repository ", word->value,
                                      " without git in the image"})});
}

static constexpr std::string_view kNames[] = {"git"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN git clone https://github.com/acme/app.git /src\n",
     .flagged = true},
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
