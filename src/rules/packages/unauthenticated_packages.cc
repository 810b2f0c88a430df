// unauthenticated-packages: packages are installed without a look at their signatures.
#include <algorithm>

#include "base/concat.h"
#include "facts/command.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unauthenticated_packages {

static constexpr Alias kAliases[] = {
    {"checkov", "CKV2_DOCKER_7"},  {"checkov", "CKV2_DOCKER_8"},  {"checkov", "CKV2_DOCKER_9"},
    {"checkov", "CKV2_DOCKER_10"}, {"checkov", "CKV2_DOCKER_11"},
};

// Options that switch the verification off, and the program whose they are. Sources: apk(8),
// apt-get(8), apt-secure(8), dnf(8), zypper(8), rpm(8).
struct Option {
  std::string_view program, word;
  std::uint32_t aliases;
};
static constexpr Option kOptions[] = {
    {"apk", "--allow-untrusted", only(kAliases, {"CKV2_DOCKER_7"})},
    {"apt", "--allow-unauthenticated", only(kAliases, {"CKV2_DOCKER_8"})},
    {"apt", "--allow-insecure-repositories", 0},
    {"apt", "--force-yes", only(kAliases, {"CKV2_DOCKER_11"})},
    {"apt", "APT::Get::AllowUnauthenticated=true", 0},
    {"apt", "Acquire::AllowInsecureRepositories=true", 0},
    {"dnf", "--nogpgcheck", only(kAliases, {"CKV2_DOCKER_9"})},
    {"dnf", "--no-gpgchecks", 0},
    {"rpm", "--nodigest", only(kAliases, {"CKV2_DOCKER_10"})},
    {"rpm", "--nofiledigest", only(kAliases, {"CKV2_DOCKER_10"})},
    {"rpm", "--nosignature", only(kAliases, {"CKV2_DOCKER_10"})},
    {"rpm", "--noverify", only(kAliases, {"CKV2_DOCKER_10"})},
    {"zypper", "--allow-unsigned-rpm", 0},
    {"zypper", "--no-gpg-checks", 0},
    {"zypper", "--no-gpgcheck", 0},
};

static std::string_view family(std::string_view name) {
  if (name == "apt-get" || name == "aptitude") return "apt";
  if (name == "yum" || name == "microdnf" || name == "tdnf" || name == "dnf5" ||
      name == "yum-config-manager" || name == "dnf-config-manager")
    return "dnf";
  return name;
}

// echo "deb [trusted=yes] http://host/debian stable main" > /etc/apt/sources.list; a local folder
// may be trusted. Source: sources.list(5), "trusted".
static void check_source(const facts::Command& command, Findings& out) {
  for (const parse::shell::Word& word : command.words.subspan(1)) {
    constexpr std::string_view kTrusted = "trusted=yes";
    const std::size_t at = word.raw.find(kTrusted);
    if (at == std::string_view::npos || word.raw.find("deb") > at) continue;
    const std::string_view rest = word.raw.substr(at);
    if (rest.find("file:") != std::string_view::npos ||
        rest.find("copy:") != std::string_view::npos)
      continue;
    out.push_back(
        {.where = command.place(word.raw.substr(at, kTrusted.size())),
         .message = "apt does not verify signatures of this source because of trusted=yes",
         .aliases = 0});
  }
}

// --setopt=gpgcheck=0, --setopt=epel.gpgcheck=False. Source: dnf.conf(5), boolean options.
static void check_setopt(const facts::Command& command, std::size_t at, Findings& out) {
  const parse::shell::Word& word = command.words[at];
  constexpr std::string_view kJoined = "--setopt=";
  std::string_view setting;
  if (word.value.starts_with(kJoined))
    setting = word.value.substr(kJoined.size());
  else if (word.value == "--setopt" && at + 1 < command.words.size())
    setting = command.words[at + 1].value;
  const std::size_t equals = std::min(setting.find('='), setting.size());
  const std::string_view name = setting.substr(0, equals), value = setting.substr(equals);
  if (name != "gpgcheck" && !name.ends_with(".gpgcheck")) return;
  constexpr std::string_view kOff[] = {"=0", "=False", "=FALSE", "=false", "=no", "=off"};
  if (std::ranges::find(kOff, value) == std::end(kOff)) return;
  out.push_back(
      {.where = command.place(word.raw),
       .message = concat({command.name, " does not verify signatures because of ", setting}),
       .aliases = 0});
}

static void check(const facts::Command& command, Findings& out) {
  if (command.name == "echo" || command.name == "printf") return check_source(command, out);
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const parse::shell::Word& word = command.words[i];
    if (family(command.name) == "dnf") check_setopt(command, i, out);
    std::string_view text = word.value;
    if (text.starts_with("--"))
      text = text.substr(0, text.find('='));  // --force-yes=true
    else if (text.starts_with("-o"))
      text.remove_prefix(2);  // -oAPT::Get::AllowUnauthenticated=true
    for (const Option& option : kOptions)
      if (option.program == family(command.name) && text == option.word)
        out.push_back(
            {.where = command.place(word.raw),
             .message = concat({command.name, " does not verify signatures because of ", text}),
             .aliases = option.aliases});
  }
}

static constexpr std::string_view kNames[] = {
    "apk",      "apt",    "apt-get", "aptitude", "dnf", "dnf-config-manager", "dnf5",  "echo",
    "microdnf", "printf", "rpm",     "tdnf",     "yum", "yum-config-manager", "zypper"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN apt-get install -y --allow-unauthenticated tool\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache --allow-untrusted ./glibc.apk\n",
     .flagged = true},
    {.text = "FROM rockylinux:9\nRUN rpm -i --nosignature tool.rpm\n", .flagged = true},
    {.text = "FROM rockylinux:9\nRUN dnf install -y --setopt=epel.gpgcheck=0 tool\n",
     .flagged = true},
    {.text = "FROM rockylinux:9\nRUN dnf install -y --setopt=gpgcheck=1 tool\n"},
};

extern constinit const Rule rule = described({
    .name = "unauthenticated-packages",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Package signatures are not verified",
    .why = "A signature is what tells the distribution's package from one that a mirror, a proxy "
           "or someone on the network\n"
           "put in its place. An install script of such a package runs as root during the build.",
    .remedy = "Add the repository's key instead: to `/etc/apt/keyrings` with `signed-by`, to "
              "`/etc/apk/keys`,\n"
              "or with `rpm --import`.",
    .source = "apt-secure(8); apk(8); rpm(8), \"--nosignature\"; dnf(8), \"--nogpgcheck\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::packages::unauthenticated_packages
