// Lists of names that mean something: secrets, secret files, licenses.
#pragma once
#include <span>
#include <string_view>

namespace plimsoll::data {

// Why a name looks like a credential's.
enum class SecretName : unsigned char { no, suspicious, well_known };

// By the name alone: DB_PASSWORD, AWS_SECRET_ACCESS_KEY. Names that only point at a secret (_FILE),
// or are public by their nature (PUBLIC_KEY, TOKEN_URL, KEY_ID), are none. From
// data/secret_names.json.
SecretName secret_name(std::string_view name);

// True for values that can't be a real secret: empty, "changeme"-like placeholders are NOT excluded
// (they end up in use), but true/false, numbers below 1000, paths under /run/secrets and variables
// are.
bool harmless_value(std::string_view value);

// True for a literal that has a known credential's form (AKIA…, ghp_…, xoxb-…, PEM private keys,
// JWT …), whatever its name. From data/secret_shapes.json. Returns the kind, e.g. "GitHub token";
// empty: none.
std::string_view secret_shape(std::string_view text);

// How sure it is that a file of that name holds a secret: by its nature, mostly, or now and then.
enum class Certainty : unsigned char { sure, likely, maybe };
struct SecretFile {
  std::string_view
      kind{};  // what it holds, e.g. "a private key"; empty: it is not known for secrets
  Certainty certainty = Certainty::sure;
};

// By the last path components: id_rsa, .env, .npmrc, credentials.json, *.pem, *.key … From
// data/secret_files.json.
SecretFile find_secret_file(std::string_view path);
inline std::string_view secret_file(std::string_view path) {
  return find_secret_file(path).kind;
}

// What a working copy holds and no image needs, such as `node_modules` and logs.
struct Clutter {
  std::string_view kind{};  // "a log"; empty: none
  bool folder = false;      // a folder, and all that is in it
};

// By the last path components. `folder` says what the path is. From data/context_clutter.json.
Clutter find_clutter(std::string_view path, bool folder);

// What declines a program's reports on its use to its maker: `variable` set to `value`. From
// data/telemetry.json.
struct Telemetry {
  std::string_view program, name, variable, value;
};
// Null: the program is not known to report.
const Telemetry* telemetry_of(std::string_view program);

// A signal as STOPSIGNAL takes it: its name with or without SIG in any case, or its number.
// `SIGRTMIN+3` and the like have no number here. From data/signals.json.
struct Signal {
  std::string_view name;  // "TERM"; "RTMIN+3" as written; empty: there is no such signal
  unsigned number = 0;    // 0: a real-time signal's
};
Signal find_signal(std::string_view text);

// Capabilities as the kernel names them, without "CAP_", sorted: all of them, and those that an
// engine leaves to a container if nobody says otherwise. From data/capabilities.json.
std::span<const std::string_view> capabilities();
std::span<const std::string_view> default_capabilities();

// True for an SPDX license expression: identifiers of the license list or LicenseRef-…, joined by
// AND, OR, WITH and parentheses. From data/spdx.json.
bool is_license_expression(std::string_view text);

}  // namespace plimsoll::data
