// password-in-command: an account's password is written in a command.
#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/commands/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::password_in_command {

namespace shell = parse::shell;

static constexpr Alias kAliases[] = {{"checkov", "CKV2_DOCKER_17"}, {"dockle", "DKL-LI-0001"}};

// Who gets a password, the text that holds it, and the password in it as written, which no report
// may show.
struct Written {
  std::string_view account, part, password;
};

static std::string_view behind(std::string_view text, char separator) {
  return text.substr(text.find(separator) + 1);
}

// A variable's or a command's value may come from a secret mount, so only literal text counts.
static std::optional<Written> account_line(const shell::Word& word, std::string_view text) {
  const std::size_t colon = text.find(':');
  if (!word.known || colon == std::string_view::npos || colon == 0 || colon + 1 == text.size())
    return {};
  return Written{text.substr(0, colon), word.raw, behind(word.raw, ':')};
}

// echo root:secret | chpasswd
static std::optional<Written> from_pipe(const facts::Command& command, bool whole_line) {
  for (const facts::Command& other : command.run->commands) {
    if (other.pipeline != command.pipeline || other.index >= command.index) continue;
    if (other.name != "echo" && other.name != "printf") continue;
    for (const shell::Word& word : other.words.subspan(1)) {
      if (whole_line && word.known && !word.value.empty() && !word.value.starts_with('-'))
        return Written{command.words.back().value, word.raw, word.raw};
      if (std::optional<Written> found = whole_line ? std::nullopt : account_line(word, word.value))
        return found;
    }
  }
  return {};
}

// chpasswd <<< root:secret; chpasswd <<EOF
static std::optional<Written> from_redirect(const facts::Command& command) {
  for (const shell::Redirect& redirect : command.redirects) {
    if (redirect.op == "<<<")
      if (std::optional<Written> found = account_line(redirect.target, redirect.target.value))
        return found;
    const bool literal = std::ranges::all_of(redirect.body_parts, [](const shell::Part& part) {
      return part.kind == shell::PartKind::literal;
    });
    const std::size_t colon = redirect.body.find(':');
    if (literal && colon != std::string_view::npos && colon > 0)
      return Written{redirect.body.substr(0, colon), redirect.body, behind(redirect.body, ':')};
  }
  return {};
}

// useradd -p HASH, usermod --password HASH
static std::optional<Written> from_option(const facts::Command& command) {
  const std::string_view value = command.option("-p", "--password");
  if (value.empty()) return {};
  for (const shell::Word& word : command.words.subspan(1))
    if (word.known && word.value.ends_with(value))
      return Written{command.account->name, word.raw,
                     word.raw.starts_with("--") ? behind(word.raw, '=') : word.raw};
  return {};
}

static void check(const facts::Command& command, Findings& out) {
  std::optional<Written> found;
  if (command.name == "chpasswd") {
    found = from_pipe(command, false);
    if (!found) found = from_redirect(command);
  } else if (command.name == "passwd" && command.has("--stdin")) {
    found = from_pipe(command, true);
  } else if (command.account != nullptr &&
             (command.name == "useradd" || command.name == "usermod")) {
    found = from_option(command);
  }
  if (!found) return;
  out.push_back({.where = command.place(found->part),
                 .message = concat({"the password of ",
                                    found->account.empty() ? "an account" : found->account,
                                    " is written in the Dockerfile"}),
                 .aliases = command.name == "chpasswd" ? ~0U : without(kAliases, "checkov"),
                 .secrets = {command.place(found->password).span}});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN echo 'root:hunter2' | chpasswd\n", .flagged = true},
    {.text = "FROM debian:13\nRUN useradd -m -p '$6$salt$hash' admin\n", .flagged = true},
    {.text = "FROM debian:13\nRUN --mount=type=secret,id=pw echo \"root:$(cat /run/secrets/pw)\" | "
             "chpasswd\n"},
    {.text = "FROM debian:13\nRUN useradd --create-home admin\n"},
};

extern constinit const Rule rule = described({
    .name = "password-in-command",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Account's password is written in a RUN",
    .why = "The command stays in the image's history and the password's hash in its `/etc/shadow`: "
           "everyone who can pull\n"
           "the image has both, and all containers of it share one password.",
    .remedy = "Leave accounts without a password: containers are entered with `docker exec`, "
              "services by key. If one must be,\n"
              "set it when the container starts, from a secret.",
    .source = "CIS Docker Benchmark 1.6, 4.10; CWE-798, Use of Hard-coded Credentials",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{for_each_command<check>},
    .finds_secrets = true,
});

}  // namespace plimsoll::rules::commands::password_in_command
