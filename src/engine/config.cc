// The one file that knows toml++. A misspelt key is an error, not silence: a setting that does
// nothing is worse.
#include "engine/config.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "base/concat.h"
#include "engine/selection.h"

namespace plimsoll::engine {
namespace {

tl::unexpected<Error> wrong(const std::string& path, const toml::node& node,
                            std::string_view what) {
  const unsigned line = node.source().begin.line;
  return fail(ErrorKind::malformed, concat({path, ":", std::to_string(line), ": ", what}), line);
}

Result<std::vector<std::string>> strings(const std::string& path, std::string_view key,
                                         const toml::node& node) {
  std::vector<std::string> list;
  const auto want = [&](const toml::node& n) {
    return wrong(path, n, concat({key, " must be a list of strings"}));
  };
  if (!node.is_array()) return want(node);
  for (const toml::node& element : *node.as_array()) {
    if (!element.is_string()) return want(element);
    list.push_back(element.as_string()->get());
  }
  return list;
}

// A string that `parse` understands.
template <class Parse>
auto word(const std::string& path, std::string_view key, std::string_view values,
          const toml::node& node, Parse parse)
    -> Result<typename decltype(parse(std::string_view()))::value_type> {
  if (node.is_string())
    if (auto value = parse(std::string_view(node.as_string()->get()))) return *value;
  return wrong(path, node, concat({key, " must be one of ", values}));
}

constexpr std::string_view kSeverities = "\"info\", \"low\", \"medium\", \"high\", \"critical\"";

Result<void> read_severities(const std::string& path, const toml::node& node, Config& config) {
  if (!node.is_table()) return wrong(path, node, "severity must be a table of rule = \"severity\"");
  for (const auto& [key, value] : *node.as_table()) {
    const std::string_view name = key.str();
    if (!is_peer_id(name) && nearest_rule(name) == nullptr)
      return wrong(path, value, concat({"there is no rule '", name, "'"}));
    const auto severity = word(path, name, kSeverities, value, severity_from);
    if (!severity) return tl::unexpected(severity.error());
    config.severity.emplace_back(name, *severity);
  }
  return {};
}

std::optional<std::string> threshold_from(std::string_view name) {
  if (name == "never" || severity_from(name)) return std::string(name);
  return std::nullopt;
}

// One top-level key. Sets what it says, or tells what is wrong with it.
Result<void> read_key(const std::string& path, std::string_view key, const toml::node& node,
                      Config& config) {
  const auto put = [](auto& to, auto&& value) -> Result<void> {
    if (!value) return tl::unexpected(value.error());
    to = std::move(*value);
    return {};
  };
  if (key == "preset")
    return put(config.preset,
               word(path, key, "\"recommended\", \"strict\", \"all\"", node, preset_from));
  if (key == "fail-on")
    return put(config.fail_on,
               word(path, key, concat({kSeverities, ", \"never\""}), node, threshold_from));
  if (key == "select") return put(config.select, strings(path, key, node));
  if (key == "ignore") return put(config.ignore, strings(path, key, node));
  if (key == "dockerfiles") return put(config.dockerfiles, strings(path, key, node));
  if (key == "exclude") return put(config.exclude, strings(path, key, node));
  if (key == "severity") return read_severities(path, node, config);
  std::string known;
  for (const ConfigKey& k : config_keys()) known += concat({known.empty() ? "" : ", ", k.name});
  return wrong(path, node, concat({"unknown key '", key, "'; known are ", known}));
}

}  // namespace

std::vector<ConfigKey> config_keys() {
  return {
      {"preset", "preset", "Which rules are asked: recommended (the default), strict or all."},
      {"select", "strings",
       "Only these rules, whatever the preset: names, categories, other tools' ids, globs."},
      {"ignore", "strings",
       "Rules that are not asked: names, categories, other tools' ids, globs."},
      {"severity", "severities", "Another severity for a rule: `untagged-image = \"high\"`."},
      {"fail-on", "threshold",
       "From which severity on findings give exit status 1 (medium by default), or never."},
      {"dockerfiles", "strings", "Globs for further files that are Dockerfiles, by name or path."},
      {"exclude", "strings", "Globs for paths that are not searched."},
  };
}

Result<Config> parse_config(const std::string& path, std::string_view bytes) {
  const toml::parse_result parsed = toml::parse(bytes, path);
  if (!parsed) {
    const unsigned line = parsed.error().source().begin.line;
    return fail(ErrorKind::malformed,
                concat({path, ":", std::to_string(line), ": ", parsed.error().description()}),
                line);
  }
  Config config;
  for (const auto& [key, node] : parsed.table())
    if (Result<void> read = read_key(path, key.str(), node, config); !read)
      return tl::unexpected(read.error());
  return config;
}

std::string find_config(const Fs& fs, const std::string& folder) {
  for (std::string at = folder;; at = parent_path(at)) {
    std::string path = join_path(at, "plimsoll.toml");
    if (fs.status(path)) return path;
    if (at == "/" || at == "." || at.empty()) return {};
  }
}

}  // namespace plimsoll::engine
