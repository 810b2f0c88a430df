// What capabilities and security options come to, as the engine works them out.
// Source: moby oci/caps/utils.go and daemon/daemon_unix.go, "parseSecurityOpt" (28.x).
#pragma once
#include <string_view>

#include "facts/container.h"

namespace plimsoll::facts {

// The 14 that a container has if nobody says otherwise.
std::span<const Capability> default_capabilities();
// The 41 of Linux 6.x, sorted.
std::span<const Capability> all_capabilities();

// Whether the container's bounding set has it; unknown if a list is not complete. Points at the
// text that gives or takes it.
Fact<bool> has_capability(const Container& container, Capability capability);

// True only if a last option of its kind says so; absent: no option speaks of it. `where` is that
// option's, or where one would be added.
Fact<bool> no_new_privileges(const Container& container);

// "unconfined", a profile's path or name, "builtin"; absent: the engine's own profile holds.
Fact<std::string_view> seccomp_profile(const Container& container);
Fact<std::string_view> apparmor_profile(const Container& container);
// label:disable, label=disable, or a bare `disable`.
Fact<bool> selinux_disabled(const Container& container);
// systempaths=unconfined; writable-cgroups.
Fact<bool> system_paths_unconfined(const Container& container);
Fact<bool> writable_cgroups(const Container& container);

}  // namespace plimsoll::facts
