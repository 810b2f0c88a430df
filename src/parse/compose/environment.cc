// Variables of a project: what was given from outside, then `.env` or the files given instead.
// Source: compose-go v2.16.2, cli/options.go, dotenv/env.go, loader/environment.go.
#include "base/ascii.h"
#include "base/concat.h"
#include "parse/compose/dotenv.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"

namespace plimsoll::parse::compose {

Environment environment_of(const Bindings& variables) {
  Environment environment;
  for (const auto& [name, variable] : variables) environment.emplace(name, variable.value);
  return environment;
}

void read_env_file(Run& run, const std::string& path, const Node* by, const Bindings& known,
                   Bindings& into) {
  const std::optional<Opened> opened = open(run, path, by);
  if (!opened) return;
  run.project.variable_sources.push_back(opened->number);
  Variables values;
  for (const auto& [name, variable] : into) values.emplace(name, variable.value);
  const Lookup outside = [&known](std::string_view name) -> const std::string* {
    const auto at = known.find(name);
    return at == known.end() ? nullptr : &at->second.value;
  };
  Dotenv file = parse_dotenv(opened->source->bytes(), outside, values);
  for (Assignment& line : file.assignments) {
    if (!line.set) continue;
    const text::Span where = line.value_at.size() > 0 ? line.value_at : line.name_at;
    into.insert_or_assign(std::move(line.name),
                          Variable{std::move(line.value), {opened->number, where}, true});
  }
  if (!file.fault.empty())
    run.project.problems.push_back(
        {{opened->number, file.fault_at}, true, std::move(file.fault), {}});
}

// As Go's strconv.ParseBool reads it.
static bool is_true(std::string_view text) {
  return text == "1" || text == "t" || text == "T" || text == "true" || text == "TRUE" ||
         text == "True";
}

Bindings read_environment(Run& run, const std::string& directory) {
  Bindings variables;
  for (const auto& [name, value] : run.settings.environment)
    variables.insert_or_assign(name, Variable{value});
  std::vector<std::string> files = run.settings.env_files;
  if (files.empty()) {
    const auto disabled = variables.find("COMPOSE_DISABLE_ENV_FILE");
    if (disabled != variables.end() && is_true(disabled->second.value)) return variables;
    std::string file = join(directory, ".env");
    run.project.dotenv = file;
    if (run.files.is_file(file)) files.push_back(std::move(file));
  }
  Bindings read;
  for (const std::string& file : files) read_env_file(run, file, nullptr, variables, read);
  variables.insert(read.begin(), read.end());
  for (const auto& [name, variable] : variables)
    run.project.variables.emplace_back(name, variable.value);
  return variables;
}

// "- NAME" takes the value that the variable has, if it has one.
static void look_up_list(Node& list, const Bindings& variables) {
  std::erase_if(list.items, [](const Node* item) { return !item->is(NodeKind::text); });
  for (Node* item : list.items) {
    const auto known = variables.find(item->text);
    if (known == variables.end()) {
      if (item->text.find('=') == std::string::npos && item->unknown_because.empty())
        item->unknown_because = concat({"variable ", item->text, " is not set"});
      continue;
    }
    item->raw = concat({item->text, "=${", item->text, "}"});
    item->text += '=';
    item->text += known->second.value;
    item->editable = false;
    if (known->second.has_place && item->via.size() < kMaxSteps)
      item->via.push_back({Step::Kind::variable, known->second.where});
  }
}

// The value of `environment: NAME` of a secret or config, under the key that Compose gives it.
static void look_up_content(Node& model, std::string_view kind, std::string_view key,
                            const Bindings& variables, Pool& pool) {
  const Node* entries = model.find(kind);
  if (entries == nullptr) return;
  for (const Member& entry : entries->members) {
    const Node* name = entry.value->find("environment");
    if (name == nullptr || !name->is(NodeKind::text)) continue;
    const auto known = variables.find(name->text);
    if (known == variables.end()) continue;
    Node* value = pool.make(*name);
    value->raw = concat({"${", name->text, "}"});
    value->text = known->second.value;
    value->editable = false;
    if (known->second.has_place && value->via.size() < kMaxSteps)
      value->via.push_back({Step::Kind::variable, known->second.where});
    set(*entry.value, key, name->where, value);
  }
}

void lookup_environment(Pool& pool, Node& model, const Bindings& variables) {
  for (const std::string_view kind : {"services", "jobs"}) {
    const Node* entries = model.find(kind);
    if (entries == nullptr) continue;
    for (const Member& entry : entries->members) {
      Node* environment = entry.value->find("environment");
      if (environment != nullptr && environment->is(NodeKind::list))
        look_up_list(*environment, variables);
    }
  }
  look_up_content(model, "secrets", kSecretValue, variables, pool);
  look_up_content(model, "configs", "content", variables, pool);
}

}  // namespace plimsoll::parse::compose
