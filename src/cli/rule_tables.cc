// JSON from the rule table: the schema of plimsoll.toml and the list of rules.
#include "base/json_writer.h"
#include "cli/rule_pages.h"
#include "engine/config.h"

namespace plimsoll::cli {
namespace {

void write_enum(JsonWriter& json, std::initializer_list<std::string_view> values) {
  json.array("enum");
  for (const std::string_view value : values) json.string(value);
  json.end_array();
}

void write_keys(JsonWriter& json, const std::vector<engine::ConfigKey>& keys);
void write_table(JsonWriter& json, const engine::ConfigKey& key);

// The types that engine::config_keys() names.
void write_type(JsonWriter& json, const engine::ConfigKey& key) {
  const std::string_view type = key.type;
  if (type == "preset") return write_enum(json, {"recommended", "strict", "all"});
  if (type == "threshold")
    return write_enum(json, {"info", "low", "medium", "high", "critical", "never"});
  if (type == "severities") {
    json.member("type", "object");
    json.object("additionalProperties");
    write_enum(json, {"info", "low", "medium", "high", "critical"});
    json.end_object();
    json.object("properties");
    for (const rules::Rule* rule : rules::all()) {
      json.object(rule->name);
      json.member("description", rule->summary);
      write_enum(json, {"info", "low", "medium", "high", "critical"});
      json.end_object();
      json.new_line();
    }
    json.end_object();
    return;
  }
  if (type == "boolean" || type == "string") return json.member("type", type);
  if (type == "date") {
    json.member("type", "string");
    return json.member("format", "date");
  }
  if (type == "labels") {
    json.member("type", "object");
    json.object("additionalProperties");
    write_enum(json, {"text", "url", "semver", "hash", "rfc3339", "spdx", "email"});
    return json.end_object();
  }
  if (type == "names") {  // one, or several
    json.array("type");
    json.string("string");
    json.string("array");
    json.end_array();
  } else {
    json.member("type", "array");
  }
  json.object("items");
  if (type == "tables")
    write_table(json, key);
  else
    json.member("type", "string");
  json.end_object();
}

// One of several tables: the first of its keys is required.
void write_table(JsonWriter& json, const engine::ConfigKey& key) {
  write_keys(json, key.members);
  json.array("required");
  json.string(key.members.front().name);
  json.end_array();
}

// A table with these keys and no others.
void write_keys(JsonWriter& json, const std::vector<engine::ConfigKey>& keys) {
  json.member("type", "object");
  json.key("additionalProperties");
  json.boolean(false);
  json.object("properties");
  for (const engine::ConfigKey& key : keys) {
    json.new_line();
    json.object(key.name);
    json.member("description", key.description);
    write_type(json, key);
    json.end_object();
  }
  json.new_line();
  json.end_object();
}

}  // namespace

void write_config_schema(report::Output& out) {
  JsonWriter json([&out](std::string_view block) { out.write(block); });
  json.begin_object();
  json.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json.member("title", "plimsoll.toml");
  write_keys(json, engine::config_keys());
  json.end_object();
  json.flush();
  out.write("\n");
}

void write_rules_json(report::Output& out) {
  JsonWriter json([&out](std::string_view block) { out.write(block); });
  json.begin_array();
  for (const rules::Rule* rule : rules::all()) {
    json.new_line();
    json.begin_object();
    json.member("name", rule->name);
    json.member("severity", report::name(rule->severity));
    json.member("category", report::name(rule->category));
    json.member("preset", report::name(rule->preset));
    json.member("summary", rule->summary);
    json.member("why", rule->why);
    json.member("remedy", rule->remedy);
    json.member("source", rule->source);
    json.array("aliases");
    for (const rules::Alias& alias : rule->aliases) {
      json.begin_object();
      json.member("tool", alias.tool);
      json.member("id", alias.id);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.new_line();
  json.end_array();
  json.flush();
  out.write("\n");
}

}  // namespace plimsoll::cli
