// Finds the credential that a command is given by its options and operands.
#include "rules/secrets/_credentials.h"

#include <algorithm>
#include <array>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"

namespace plimsoll::rules::secrets {

namespace shell = parse::shell;

// The options that take a secret as their value, without dashes. The value is the next word or
// follows `=`.
static constexpr std::array<std::string_view, 11> kOptions = {
    "access-token",      "api-key",    "apikey", "auth-token",
    "client-secret",     "passphrase", "passwd", "password",
    "secret-access-key", "secret-key", "token",
};

static Written option_value(const facts::Command& command, std::size_t i) {
  const std::string_view word = command.words[i].raw;
  if (!word.starts_with("--") || command.account != nullptr) return {};  // password-in-command
  const std::size_t equals = std::min(word.find('='), word.size());
  const std::string_view name = word.substr(2, equals - 2);
  if (!std::ranges::binary_search(kOptions, name)) return {};
  const bool joined = equals < word.size();
  if (!joined && i + 1 >= command.words.size()) return {};
  const std::string_view value = joined ? word.substr(equals + 1) : command.words[i + 1].raw;
  if (value.starts_with('-') || !is_literal(value)) return {};
  return {concat({"the value of --", name}), joined ? word : value};
}

// `npm config set //registry.npmjs.org/:_authToken TOKEN`, `aws configure set
// aws_secret_access_key KEY`
static Written setting(const facts::Command& command, std::size_t i) {
  const std::string_view name = command.words[i].value;
  if (i < 2 || i + 1 >= command.words.size() || !command.has("set")) return {};
  const std::string_view value = command.words[i + 1].raw;
  const bool npm = name.ends_with("_auth") || name.ends_with("_password");
  if ((!npm && data::secret_name(name) == data::SecretName::no) || value.starts_with('-') ||
      !is_literal(value) || is_stand_in(value))
    return {};
  return {concat({"the value of ", name}), value};
}

// Logins that a package manager keeps: the name of a setting, and how many words behind it the
// secret stands. Sources: composer, "auth.json"; poetry, "Configuring credentials";
// bundle-config(1).
struct Login {
  std::string_view program, setting;
  std::size_t behind;
};
static constexpr Login kLogins[] = {
    {"bundle", "rubygems.pkg.github.com", 1},
    {"composer", "bearer.", 1},
    {"composer", "github-oauth.", 1},
    {"composer", "gitlab-token.", 1},
    {"composer", "http-basic.", 2},
    {"poetry", "http-basic.", 2},
    {"poetry", "pypi-token.", 1},
};
static Written login(const facts::Command& command, std::size_t i) {
  for (const Login& l : kLogins) {
    if (command.name != l.program || !command.has("config") ||
        i + l.behind >= command.words.size() || !command.words[i].value.starts_with(l.setting))
      continue;
    const std::string_view part = command.words[i + l.behind].raw;
    if (is_literal(part)) return {concat({"a login of ", command.name}), part};
  }
  return {};
}

// `mysql -pPASSWORD`; by itself -p asks for it. `mysqladmin password PASSWORD`.
static Written database_password(const facts::Command& command) {
  constexpr std::string_view kPrograms[] = {"mariadb", "mariadb-admin", "mysql", "mysqladmin",
                                            "mysqldump"};
  if (std::ranges::find(kPrograms, command.name) == std::end(kPrograms)) return {};
  const Found found = concat({"the password of ", command.name});
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string_view word = command.words[i].raw;
    if (word.starts_with("-p") && is_literal(word.substr(2))) return {found, word};
    const bool sets = command.name.ends_with("admin") && i > 1;
    if (sets && command.words[i - 1].value == "password" && is_literal(word)) return {found, word};
  }
  return {};
}

// Programs with a short option that takes a password; `login` must be said for those of which it is
// another option elsewhere.
struct ShortOption {
  std::string_view program, option;
  bool login = false;
};
static constexpr ShortOption kShortOptions[] = {
    {"az", "-p", true},   {"docker", "-p", true}, {"helm", "-p", true}, {"nerdctl", "-p", true},
    {"oras", "-p", true}, {"podman", "-p", true}, {"redis-cli", "-a"},  {"skopeo", "-p", true},
    {"sshpass", "-p"},    {"twine", "-p"},
};
static Written short_option(const facts::Command& command) {
  const auto* option = std::ranges::find(kShortOptions, command.name, &ShortOption::program);
  if (option == std::end(kShortOptions) || (option->login && !command.has("login")))
    return database_password(command);
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string_view word = command.words[i].raw;
    if (!word.starts_with(option->option)) continue;
    const bool joined = word.size() > 2;
    if (!joined && i + 1 == command.words.size()) return {};
    const std::string_view part = joined ? word : command.words[i + 1].raw;
    if (is_literal(joined ? part.substr(2) : part))
      return {concat({"the password of ", command.name}), part};
  }
  return {};
}

// echo PASSWORD | docker login --password-stdin
static Written piped_password(const facts::Command& command) {
  if (!command.piped_in || !command.has("--password-stdin")) return {};
  for (const facts::Command& other : command.run->commands) {
    if (other.pipeline != command.pipeline || (other.name != "echo" && other.name != "printf"))
      continue;
    for (const shell::Word& word : other.words.subspan(1))
      if (!word.value.starts_with('-') && word.known && is_literal(word.raw))
        return {concat({"the password of ", command.name}), word.raw};
  }
  return {};
}

Written credential_of(const facts::Command& command) {
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    Written written = option_value(command, i);
    if (written.found.empty()) written = setting(command, i);
    if (written.found.empty()) written = login(command, i);
    if (!written.found.empty()) return written;
  }
  Written written = short_option(command);
  return written.found.empty() ? piped_password(command) : written;
}

}  // namespace plimsoll::rules::secrets
