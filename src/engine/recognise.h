// Tells configuration of the engine and its profiles from other files.
#pragma once
#include <optional>
#include <string_view>

#include "facts/daemon.h"

namespace plimsoll::engine {

// By its name alone: `daemon.json`, in /etc/docker or wherever a project keeps it.
bool is_daemon_config(std::string_view path);

// A name that a seccomp or an AppArmor profile may have: worth a look at its bytes.
bool may_be_profile_name(std::string_view path);

// By what it holds: a default action and system calls.
bool looks_like_seccomp(std::string_view bytes);
// By its folder or its ending, or by what it holds: a profile's header, and tunables or a version
// of the language in front of it.
bool looks_like_apparmor(std::string_view path, std::string_view bytes);

// All of the above; none: it is something else. Of a file that the user `named` only the content
// counts.
std::optional<facts::DaemonKind> recognise_daemon_file(std::string_view path,
                                                       std::string_view bytes, bool named);

}  // namespace plimsoll::engine
