// What a project's plimsoll.toml says.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "engine/project.h"
#include "facts/settings.h"
#include "rules/rule.h"

namespace plimsoll::engine {

struct Config {
  std::string file;  // that it was read from; empty: none
  std::optional<rules::Preset> preset;
  std::vector<std::string> select, ignore;  // names, categories, peers' ids, globs
  std::optional<std::string> fail_on;       // a severity or "never"
  std::vector<std::string> dockerfiles, exclude;
  std::vector<std::pair<std::string, rules::Severity>> severity;  // by rule
  std::vector<PathSettings> paths;
  std::vector<Acceptance> acceptances;
  std::optional<std::vector<std::string>> trusted_registries;
  std::optional<std::vector<std::pair<std::string, facts::LabelKind>>> labels;
  std::optional<bool> strict_labels;
  bool other_tools = true;  // read the configuration files of other tools, too
};

// One key of the file, for the schema and the documentation.
struct ConfigKey {
  std::string_view name, type, description;
  std::vector<ConfigKey> members{};  // of each table of type "tables"
};
std::vector<ConfigKey> config_keys();

// `path` is the file's, absolute or from the working directory, and `folder` the absolute folder
// from which its patterns count. Fails with the line of what is wrong: syntax, an unknown key, a
// wrong type, an unknown rule.
Result<Config> parse_config(const std::string& path, std::string_view bytes,
                            const std::string& folder = "/");

// The nearest plimsoll.toml in `folder` (absolute) or above it; empty: there is none.
std::string find_config(const Fs& fs, const std::string& folder);

std::optional<facts::LabelKind> label_kind_from(std::string_view name);

}  // namespace plimsoll::engine
