// private-key-made-in-build: a key that should be one machine's is made once for all containers.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/secrets/_files.h"

namespace plimsoll::rules::secrets::private_key_made_in_build {

static constexpr Alias kAliases[] = {{"dockle", "CIS-DI-0010"}, {"cis", "4.10"}};

template <std::size_t n>
static bool has_any(const facts::Command& command, const std::string_view (&words)[n]) {
  return std::ranges::any_of(words, [&](std::string_view word) { return command.has(word); });
}

// ssh-keygen makes a key unless it is told to do something with one. Source: ssh-keygen(1).
static bool makes_ssh_key(const facts::Command& command) {
  constexpr std::string_view kOther[] = {"-B", "-c", "-D", "-e", "-F", "-H", "-i", "-k", "-l",
                                         "-L", "-M", "-p", "-Q", "-R", "-r", "-s", "-y", "-Y"};
  constexpr std::string_view kMakes[] = {"-A", "-f", "-N", "-q", "-t"};
  return has_any(command, kMakes) && !has_any(command, kOther);
}

// Source: openssl-genpkey(1), openssl-req(1), openssl-ecparam(1).
static bool makes_openssl_key(const facts::Command& command) {
  const std::string_view verb =
      command.words.size() > 1 ? command.words[1].value : std::string_view{};
  if (verb == "genrsa" || verb == "gendsa" || verb == "genpkey") return true;
  if (verb == "ecparam") return command.has("-genkey");
  return verb == "req" && (command.has("-newkey") || command.has("-keyout"));
}

static bool makes_key(const facts::Command& command) {
  constexpr std::string_view kKeytool[] = {"-genkey", "-genkeypair"};
  if (command.name == "ssh-keygen") return makes_ssh_key(command);
  if (command.name == "openssl") return makes_openssl_key(command);
  return command.name == "keytool" && has_any(command, kKeytool);
}

// Where it is written; empty: not said, or not known.
static std::string_view key_file(const facts::Command& command) {
  constexpr std::string_view kOptions[] = {"-keyout", "-keystore", "-out", "-f"};
  for (const std::string_view option : kOptions)
    for (std::size_t i = 1; i + 1 < command.words.size(); ++i)
      if (command.words[i].value == option) return command.words[i + 1].value;
  return {};
}

// A later command of the RUN takes it out again; host keys by any pattern of their name.
static bool removed_again(const facts::Command& command, std::string_view file) {
  if (!file.empty() && removal_in(*command.run, file) != nullptr) return true;
  return std::ranges::any_of(command.run->commands, [&](const facts::Command& other) {
    return other.removal != nullptr && other.index > command.index &&
           std::ranges::any_of(other.removal->paths, [](std::string_view path) {
             return path.find("ssh_host_") != std::string_view::npos;
           });
  });
}

static void check(const facts::Command& command, Findings& out) {
  const facts::Run& run = *command.run;
  if (!run.stage->shipped || run.trigger || !makes_key(command)) return;
  const std::string_view file = key_file(command);
  if (removed_again(command, file) ||
      (!file.empty() && removed_later(*run.stage, run.instruction->span, file) != nullptr))
    return;
  out.push_back({.where = command.place(),
                 .message = concat({command.name,
                                    " makes a private key here, which all containers "
                                    "of the image and all who can pull it share"})});
}

static constexpr std::string_view kNames[] = {"keytool", "openssl", "ssh-keygen"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN ssh-keygen -A\n", .flagged = true},
    {.text = "FROM nginx:1.29\nRUN openssl req -x509 -nodes -newkey rsa:2048 -subj /CN=localhost "
             "-keyout /etc/ssl/site.key -out /etc/ssl/site.crt\n",
     .flagged = true},
    {.text = "FROM nginx:1.29\nRUN openssl dhparam -out /etc/ssl/dh.pem 2048\n"},
    {.text = "FROM debian:13\nRUN ssh-keygen -R example.com\n"},
    {.text = "FROM debian:13\nCOPY start.sh /\nENTRYPOINT [\"/start.sh\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "private-key-made-in-build",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Private key is made once for all containers",
    .why = "The key is in the image: whoever can pull it can pose as every server that runs it, or "
           "read along. A new key means\n"
           "a new image.",
    .remedy = "Make the key when the container first starts, or mount it as a secret.",
    .source = "CIS Docker Benchmark 1.6, 4.10; CWE-321, Use of Hard-coded Cryptographic Key",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::secrets::private_key_made_in_build
