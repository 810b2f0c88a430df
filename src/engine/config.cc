// A misspelt key is an error, not silence: a setting that does nothing is worse.
#include "engine/config.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/concat.h"
#include "engine/pragmas/words.h"
#include "engine/selection.h"
#include "engine/value.h"

namespace plimsoll::engine {
namespace {

constexpr std::string_view kSeverityWords = "\"info\", \"low\", \"medium\", \"high\", \"critical\"";
constexpr std::string_view kPresetWords = "\"recommended\", \"strict\", \"all\"";
constexpr std::string_view kLabelKinds =
    "\"text\", \"url\", \"semver\", \"hash\", \"rfc3339\", \"spdx\", \"email\"";
constexpr std::string_view kNamesHelp =
    "Rules that are not asked: names, categories, other tools' ids, globs.";

std::optional<std::string> threshold_from(std::string_view name) {
  if (name == "never" || severity_from(name)) return std::string(name);
  return std::nullopt;
}

template <class T>
Result<void> put(T& to, auto&& value) {
  if (!value) return tl::unexpected(value.error());
  to = std::move(*value);
  return {};
}

class Reader {
 public:
  Reader(const std::string& path, std::string folder) : path_(path), folder_(std::move(folder)) {}

  Result<Config> read(const Value& file) {
    for (const auto& [key, value] : file.members)
      if (Result<void> done = read_key(key, value); !done) return tl::unexpected(done.error());
    return std::move(config_);
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(const Value& at, std::string_view what) const {
    return fail(ErrorKind::malformed, concat({path_, ":", std::to_string(at.line), ": ", what}),
                at.line);
  }

  [[nodiscard]] tl::unexpected<Error> unknown_key(const Value& at, std::string_view key,
                                                  std::span<const ConfigKey> known) const {
    std::string list;
    for (const ConfigKey& k : known) list += concat({list.empty() ? "" : ", ", k.name});
    return wrong(at, concat({"unknown key '", key, "'; known are ", list}));
  }

  [[nodiscard]] Result<std::vector<std::string>> strings(std::string_view key,
                                                         const Value& value) const {
    std::vector<std::string> list;
    const auto want = [&](const Value& at) {
      return wrong(at, concat({key, " must be a list of strings"}));
    };
    if (!value.is(Value::Kind::list)) return want(value);
    for (const Value& item : value.items) {
      if (!item.is(Value::Kind::text)) return want(item);
      list.push_back(item.text);
    }
    return list;
  }

  // Strings that are names of rules.
  [[nodiscard]] Result<std::vector<std::string>> names(std::string_view key,
                                                       const Value& value) const {
    Result<std::vector<std::string>> list = strings(key, value);
    if (!list) return list;
    for (const Value& item : value.items)
      if (!is_known_name(item.text)) return no_such_rule(item, item.text);
    return list;
  }

  [[nodiscard]] tl::unexpected<Error> no_such_rule(const Value& at, std::string_view name) const {
    const rules::Rule* near = nearest_rule(name);
    return wrong(at,
                 concat({"there is no rule '", name, "'",
                         near == nullptr ? "" : concat({"; did you mean '", near->name, "'?"})}));
  }

  [[nodiscard]] Result<bool> boolean(std::string_view key, const Value& value) const {
    if (value.is(Value::Kind::boolean)) return value.yes();
    return wrong(value, concat({key, " must be true or false"}));
  }

  // A string that `parse` understands.
  template <class Parse>
  auto word(std::string_view key, std::string_view values, const Value& value, Parse parse) const
      -> Result<typename decltype(parse(std::string_view()))::value_type> {
    if (value.is(Value::Kind::text))
      if (auto parsed = parse(std::string_view(value.text))) return *parsed;
    return wrong(value, concat({key, " must be one of ", values}));
  }

  Result<void> severities(const Value& value,
                          std::vector<std::pair<std::string, rules::Severity>>& out) const {
    if (!value.is(Value::Kind::table))
      return wrong(value, "severity must be a table of rule = \"severity\"");
    for (const auto& [name, member] : value.members) {
      if (!is_known_name(name)) return no_such_rule(member, name);
      const auto severity = word(name, kSeverityWords, member, severity_from);
      if (!severity) return tl::unexpected(severity.error());
      out.emplace_back(name, *severity);
    }
    return {};
  }

  Result<void> labels(const Value& value) {
    if (!value.is(Value::Kind::table))
      return wrong(value, "labels must be a table of label = \"kind\"");
    auto& list = config_.labels.emplace();
    for (const auto& [name, member] : value.members) {
      const auto kind = word(name, kLabelKinds, member, label_kind_from);
      if (!kind) return tl::unexpected(kind.error());
      list.emplace_back(name, *kind);
    }
    return {};
  }

  // [[path]] and [[suppress]]: `read_one` reads a key of a table.
  template <class T>
  Result<void> tables(std::string_view key, const Value& value, std::vector<T>& out,
                      Result<void> (Reader::*read_one)(std::string_view, const Value&, T&),
                      std::string_view required) {
    if (!value.is(Value::Kind::list)) return wrong(value, concat({"write [[", key, "]]"}));
    for (const Value& table : value.items) {
      if (!table.is(Value::Kind::table)) return wrong(table, concat({"write [[", key, "]]"}));
      if (table.find(required) == nullptr)
        return wrong(table, concat({"[[", key, "]] must have `", required, "`"}));
      T one;
      for (const auto& [name, member] : table.members)
        if (Result<void> done = (this->*read_one)(name, member, one); !done) return done;
      if constexpr (requires { one.line; }) one.line = table.line;
      out.push_back(std::move(one));
    }
    return {};
  }

  [[nodiscard]] Result<Files> files(std::string_view key, const Value& value) const {
    const Result<std::vector<std::string>> patterns = strings(key, value);
    if (!patterns) return tl::unexpected(patterns.error());
    Files made(folder_, *patterns);
    // An empty list would otherwise mean every file.
    if (made.all()) return wrong(value, concat({key, " names no file"}));
    return made;
  }

  Result<void> read_path(std::string_view key, const Value& value, PathSettings& out) {
    if (key == "match") return put(out.files, files(key, value));
    if (key == "preset") return put(out.preset, word(key, kPresetWords, value, preset_from));
    if (key == "select") return put(out.select, names(key, value));
    if (key == "ignore") return put(out.ignore, names(key, value));
    if (key == "severity") return severities(value, out.severity);
    return unknown_key(value, key, members_of("path"));
  }

  Result<void> read_suppress(std::string_view key, const Value& value, Acceptance& out) {
    if (key == "rule" && value.is(Value::Kind::text)) {
      if (!is_known_name(value.text)) return no_such_rule(value, value.text);
      out.names = {value.text};
      return {};
    }
    if (key == "rule") return put(out.names, names(key, value));
    if (key == "paths") return put(out.files, files(key, value));
    if (key == "reason") {
      if (!value.is(Value::Kind::text)) return wrong(value, "reason must be a string");
      out.reason = value.text;
      return {};
    }
    if (key != "until") return unknown_key(value, key, members_of("suppress"));
    out.until = value.is(Value::Kind::text) ? pragmas::read_date(value.text) : 0;
    // A date that can't be read must not accept anything for good.
    return out.until == 0 ? wrong(value, "until must be a date, YYYY-MM-DD") : Result<void>();
  }

  static std::vector<ConfigKey> members_of(std::string_view key) {
    const std::vector<ConfigKey> keys = config_keys();
    return std::ranges::find(keys, key, &ConfigKey::name)->members;
  }

  // One top-level key. Sets what it says, or tells what is wrong with it.
  Result<void> read_key(std::string_view key, const Value& value) {
    Config& c = config_;
    if (key == "preset") return put(c.preset, word(key, kPresetWords, value, preset_from));
    if (key == "fail-on")
      return put(c.fail_on,
                 word(key, concat({kSeverityWords, ", \"never\""}), value, threshold_from));
    if (key == "select") return put(c.select, strings(key, value));
    if (key == "ignore") return put(c.ignore, strings(key, value));
    if (key == "dockerfiles") return put(c.dockerfiles, strings(key, value));
    if (key == "exclude") return put(c.exclude, strings(key, value));
    if (key == "severity") return severities(value, c.severity);
    if (key == "path") return tables(key, value, c.paths, &Reader::read_path, "match");
    if (key == "suppress") return tables(key, value, c.acceptances, &Reader::read_suppress, "rule");
    if (key == "trusted-registries") return put(c.trusted_registries, strings(key, value));
    if (key == "labels") return labels(value);
    if (key == "strict-labels") return put(c.strict_labels, boolean(key, value));
    if (key == "other-tools") return put(c.other_tools, boolean(key, value));
    return unknown_key(value, key, config_keys());
  }

  const std::string& path_;
  std::string folder_;
  Config config_;
};

}  // namespace

std::vector<ConfigKey> config_keys() {
  return {
      {"preset", "preset", "Which rules are asked: recommended (the default), strict or all."},
      {"select", "strings",
       "Only these rules, whatever the preset: names, categories, other tools' ids, globs."},
      {"ignore", "strings", kNamesHelp},
      {"severity", "severities", "Another severity for a rule: `untagged-image = \"high\"`."},
      {"fail-on", "threshold",
       "From which severity on findings give exit status 1 (medium by default), or never."},
      {"dockerfiles", "strings", "Globs for further files that are Dockerfiles, by name or path."},
      {"exclude", "strings", "Globs for paths that are not searched."},
      {"path",
       "tables",
       "Other rules for some files; of several that match, a later one stands over an earlier one.",
       {{"match", "strings", "The files, as .gitignore would name them from this file's folder."},
        {"preset", "preset", "Which rules are asked of them."},
        {"select", "strings", "Only these rules."},
        {"ignore", "strings", kNamesHelp},
        {"severity", "severities", "Another severity for a rule."}}},
      {"suppress",
       "tables",
       "Findings that are accepted: they are judged and kept, but do not count.",
       {{"rule", "names", "One rule or several: names, categories, other tools' ids, globs."},
        {"paths", "strings",
         "The files, as .gitignore would name them from this file's folder; all if not said."},
        {"reason", "string", "Why."},
        {"until", "date", "The last day on which they are accepted: YYYY-MM-DD."}}},
      {"trusted-registries", "strings",
       "Registries that images may come from, with `*` at either end; any if not said."},
      {"labels", "labels", "Labels that each image must have, and what each must look like."},
      {"strict-labels", "boolean", "Images may have no other labels than those under `labels`."},
      {"other-tools", "boolean",
       "Honour the configuration files of hadolint, trivy, checkov, KICS, tally, dclint and "
       "compose-lint (true)."},
  };
}

std::optional<facts::LabelKind> label_kind_from(std::string_view name) {
  constexpr std::array<std::string_view, 7> kKinds = {"text",    "url",  "semver", "hash",
                                                      "rfc3339", "spdx", "email"};
  const auto found = std::ranges::find(kKinds, name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<facts::LabelKind>(found - kKinds.begin());
}

Result<Config> parse_config(const std::string& path, std::string_view bytes,
                            const std::string& folder) {
  const Result<Value> file = parse_toml(path, bytes);
  if (!file) return tl::unexpected(file.error());
  return Reader(path, folder).read(*file);
}

std::string find_config(const Fs& fs, const std::string& folder) {
  for (std::string at = folder;; at = parent_path(at)) {
    std::string path = join_path(at, "plimsoll.toml");
    if (fs.status(path)) return path;
    if (at == "/" || at == "." || at.empty()) return {};
  }
}

}  // namespace plimsoll::engine
