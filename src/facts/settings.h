// What a project's configuration and the command line tell rules; all else that they know comes
// from the files judged.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::facts {

enum class LabelKind : std::uint8_t { text, url, semver, git_hash, rfc3339, spdx, email };

struct Settings {
  // Registries that images may come from, with `*` at either end; empty: any.
  std::vector<std::string> trusted_registries;
  // Labels that an image must have, and what each must look like.
  std::vector<std::pair<std::string, LabelKind>> labels;
  bool strict_labels = false;  // no other labels
  // Fixes of what stays of a package manager's cache mount one, where they would empty it.
  bool prefer_cache_mounts = false;
};

// Of a project that says nothing.
inline const Settings& no_settings() {
  static const Settings settings;
  return settings;
}

}  // namespace plimsoll::facts
