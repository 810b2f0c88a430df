// What a project's plimsoll.toml says.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "rules/rule.h"

namespace plimsoll::engine {

struct Config {
  std::optional<rules::Preset> preset;
  std::vector<std::string> select, ignore;  // names, categories, peers' ids, globs
  std::optional<std::string> fail_on;       // a severity or "never"
  std::vector<std::string> dockerfiles, exclude;
  std::vector<std::pair<std::string, rules::Severity>> severity;  // by rule
};

// One key of the file, for the schema and the documentation.
struct ConfigKey {
  std::string_view name, type, description;
};
std::vector<ConfigKey> config_keys();

// Fails with the line of what is wrong: syntax, an unknown key, a wrong type, an unknown rule.
Result<Config> parse_config(const std::string& path, std::string_view bytes);

// The nearest plimsoll.toml in `folder` (absolute) or above it; empty: there is none.
std::string find_config(const Fs& fs, const std::string& folder);

}  // namespace plimsoll::engine
