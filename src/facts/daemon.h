// Configuration of the engine itself, and the profiles that confine its containers.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "facts/fact.h"
#include "text/source.h"

namespace plimsoll::facts {

enum class DaemonKind : std::uint8_t { engine, seccomp, apparmor };

// One setting of daemon.json. What a list holds follows it, under its key with "[]" behind:
// "hosts[]".
struct DaemonSetting {
  std::string_view key{};    // "hosts", "default-ulimits.nofile.Hard"
  std::string_view value{};  // of a scalar
  enum class Type : std::uint8_t { null, boolean, number, text, list, object } type{};
  text::Place key_where{}, where{};
};

// A seccomp profile. Source: moby/profiles seccomp; OCI runtime-spec, "Seccomp".
struct SeccompRule {
  std::span<const Fact<std::string_view>> names{};
  std::string_view action{};    // SCMP_ACT_ALLOW …
  bool has_conditions = false;  // args, includes or excludes
  text::Place where{};
};
struct SeccompProfile {
  Fact<std::string_view> default_action{};
  FactList<std::string_view> architectures{};  // of `architectures` and `archMap`
  std::span<const SeccompRule> rules{};
};

// One line of an AppArmor profile. Source: apparmor.d(5).
struct AppArmorRule {
  enum class Kind : std::uint8_t { file, capability, network, mount, ptrace, signal, other } kind{};
  std::string_view text{};  // without the comma, and without `audit`, `deny`, `allow` and `owner`
  bool deny = false, audit = false;
  text::Place where{};
};
struct AppArmorProfile {
  std::string_view name{};             // "parent//child" of one that stands in another
  FactList<std::string_view> flags{};  // complain, unconfined, attach_disconnected …
  std::span<const AppArmorRule> rules{};
  text::Place where{};
};

// Why what reads the file refuses it.
struct DaemonProblem {
  text::Place where{};
  std::string_view message{};  // a clause
};

struct Daemon {
  DaemonKind kind = DaemonKind::engine;
  text::Place where{};  // of the whole: what is missing is missing here
  std::span<const DaemonSetting> settings{};
  const SeccompProfile* seccomp = nullptr;
  std::span<const AppArmorProfile> apparmor{};
  std::span<const DaemonProblem>
      problems{};  // what stands before the first one is read all the same

  // Null: the key is not set. Nested keys are joined by dots.
  [[nodiscard]] const DaemonSetting* find(std::string_view key) const;
  // `"debug": true`.
  [[nodiscard]] bool is_true(std::string_view key) const;
  [[nodiscard]] bool is_false(std::string_view key) const;
};

// Reads all of a source as a file of that kind; `number` is the source's in the run. Never fails.
const Daemon& lower_daemon(const text::Source& source, std::uint32_t number, DaemonKind kind,
                           Arena& arena);

}  // namespace plimsoll::facts
