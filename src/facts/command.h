// One command of a RUN as rules see it: its name, its words, and what it does.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "parse/shell/tree.h"
#include "text/place.h"

namespace plimsoll::facts {

struct Run;

// `rest` keeps `unpinned` decisions out of rules: what is a package, and whether a version is
// stated.
struct Package {
  std::string_view text{};     // as written, quotes removed; "" if it can't be known
  std::string_view name{};     // without version, architecture or extras
  std::string_view version{};  // as written behind the operator; empty: none stated
  bool known = true;           // false: it comes from a variable or a command
  bool local = false;          // a file, path or URL, not an index's package
  text::Span span{};
};

enum class Manager : std::uint8_t {
  apt,
  apk,
  dnf,
  microdnf,
  yum,
  zypper,
  pip,
  npm,
  yarn,
  pnpm,
  gem,
  go,
  cargo,
  composer
};
enum class PackageAction : std::uint8_t {
  install,
  refresh_index,
  upgrade,
  dist_upgrade,
  remove,
  clean,
  other
};

// A call of a package manager.
struct PackageCall {
  Manager manager{};
  std::string_view program{};  // "apt", "apt-get", "aptitude", "pip3", "python" …
  PackageAction action = PackageAction::other;
  std::string_view action_text{};  // the word that says so: "install"; empty: none
  text::Span action_span{};        // `install`; of the name if there is none
  std::span<const Package> packages{};
  bool assume_yes = false;  // it can't stop to ask
  bool no_cache = false;    // apk --no-cache, pip --no-cache-dir, written here
  bool no_recommends =
      false;  // apt: --no-install-recommends or the equivalent -o; zypper --no-recommends
  bool from_file = false;  // packages come from a file: pip -r, -c, `npm ci`, `.` and so on
};

// curl, wget.
struct Download {
  std::span<const std::string_view> urls{};  // known ones
  std::span<const text::Span> url_spans{};
  bool all_urls_known = true;      // false: some URL holds a variable or a substitution
  bool unverified_tls = false;     // -k, --insecure, --no-check-certificate
  text::Span unverified_span{};    // the option that says so
  bool follows_redirects = false;  // curl -L; wget always
  bool quiet = false;              // wget: shows no progress bar
  bool has_credentials =
      false;  // curl -u user:password, a header with a literal token, user:password@ in a URL
  text::Span credentials_span{};
  // The shell or interpreter at the end of its pipeline that runs what it gets, if any (`python3 -c
  // …` and `sh file` read their program elsewhere); also that of `sh -c "$(curl …)"` and `bash
  // <(curl …)`.
  const struct Command* piped_to = nullptr;
};

// useradd, adduser, groupadd, addgroup, usermod, passwd, chpasswd.
struct Account {
  enum class Action : std::uint8_t { add_user, add_group, change_user, set_password } action{};
  std::string_view name{};        // of the user or group; empty: unknown
  std::string_view uid{}, gid{};  // as written; empty: not said
  bool no_log_init = false;       // useradd -l
  // The tool's dialect, which decides what its options mean: busybox' adduser and Debian's are
  // different programs.
  enum class Dialect : std::uint8_t { shadow, busybox_or_debian } dialect{};
};

// chmod, install -m, mkdir -m, chown, chgrp.
struct Permission {
  enum class Kind : std::uint8_t { mode, owner } kind{};
  std::string_view text{};  // "777", "a+rwx", "node:node"; empty: unknown
  text::Span text_span{};
  bool recursive = false;
  std::span<const std::string_view> paths{};
  bool world_writable = false, set_uid = false, set_gid = false;  // what a known mode gives
};

// tar -x, unzip, gunzip and the like.
struct Extraction {
  std::string_view archive{};  // empty: standard input or unknown
};

// rm, and the clean commands of package managers are PackageCalls.
struct Removal {
  bool recursive = false;
  std::span<const std::string_view> paths{};  // known ones, as written without quotes
};

// How the command is joined to the one that stands before it in the same list.
struct Command {
  std::string_view name{};  // last path component, as in "apt-get"; empty if it can't be known
  text::Span name_span{};
  std::span<const parse::shell::Word> words{};  // name first
  std::span<const parse::shell::Assignment> assignments{};
  std::span<const parse::shell::Redirect> redirects{};
  const Run* run = nullptr;
  const parse::shell::Command* node = nullptr;  // null in exec form
  std::string_view wrapper{};  // "sudo", "env", "exec", "nice", "xargs" …: the program that was
                               // asked to run this one
  std::uint32_t index = 0;     // in Run::commands
  std::uint32_t pipeline =
      0;  // number of its pipeline in the Run; commands of one pipeline share it
  // Its input comes from, its output goes to another command; for those in a compound command, its
  // own pipes count too.
  bool piped_in = false, piped_out = false;
  std::uint8_t depth = 0;  // of compound commands and substitutions around it

  // What is known of it; null: it is not of that kind.
  const PackageCall* packages = nullptr;
  const Download* download = nullptr;
  const Account* account = nullptr;
  const Permission* permission = nullptr;
  const Extraction* extraction = nullptr;
  const Removal* removal = nullptr;

  // In the Dockerfile. `part` is any view of the script (a word's raw, say) or the exec form's
  // word.
  [[nodiscard]] text::Place place(std::string_view part) const;
  [[nodiscard]] text::Place place(text::Span span) const;
  [[nodiscard]] text::Place place() const;  // first to last word

  // Words behind the name whose value is known, options included.
  [[nodiscard]] bool has(
      std::string_view word) const;  // the exact word, or `--word=…` for a long option
  [[nodiscard]] bool has_short(char letter) const;  // -y, also in a cluster: -qy
  // Value of `-u X`, `-uX`, `--uid X`, `--uid=X`; empty: not said or unknown.
  [[nodiscard]] std::string_view option(std::string_view short_name,
                                        std::string_view long_name) const;
};

}  // namespace plimsoll::facts
