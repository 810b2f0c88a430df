// How dnf, yum and zypper name packages of RPM.
#pragma once
#include <string_view>

namespace plimsoll::facts {

struct RpmName {
  std::string_view name{}, version{};  // version: with its release, as written; empty: none stated
};

/// Splits `name`, `name-version`, `name-version-release`, each with or without `.architecture`, and
/// `name = version` with any operator. A hyphen belongs to the name unless what follows looks like
/// a version: `java-11-openjdk` has none. A variable behind a hyphen is one: `tool-$VERSION`.
/// Source: dnf(8), "Specifying packages".
RpmName split_rpm_name(std::string_view text);

}  // namespace plimsoll::facts
