// What the rules on the engine's configuration share.
#pragma once
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/daemon.h"
#include "rules/rule.h"

namespace plimsoll::rules::daemon {

inline bool is_engine(const facts::Daemon& daemon) {
  return daemon.kind == facts::DaemonKind::engine && daemon.problems.empty();
}

// Where a key's value stands, or where the key is missing.
inline text::Place place_of(const facts::Daemon& daemon, std::string_view key) {
  const facts::DaemonSetting* setting = daemon.find(key);
  return setting == nullptr ? daemon.where : setting->where;
}

// An address of this host alone: "127.0.0.1:9323", "[::1]:9323", "localhost", "127.0.0.0/8".
inline bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("[::1]") ||
         address.starts_with("::1") || address.starts_with("localhost");
}

}  // namespace plimsoll::rules::daemon
