// The name of a project: given, or of COMPOSE_PROJECT_NAME, `name:`, the folder.
// Source: compose-go v2.16.2, cli/options.go and loader/loader.go.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/template.h"

namespace plimsoll::parse::compose {

static std::string normal(std::string_view name) {
  std::string result = lower(name);
  std::erase_if(result, [](char c) {
    return !is_lower(c) && !(c >= '0' && c <= '9') && c != '_' && c != '-';
  });
  return result.substr(std::min(result.find_first_not_of("_-"), result.size()));
}

namespace {

struct Named {
  std::string name{};
  text::Place where{};
  bool in_first_document = false;  // of any file: the folder's name does not count then
};

}  // namespace

static const yaml::Node* name_in(const yaml::Node& document) {
  for (const yaml::Entry& entry : document.entries) {
    if (entry.key->kind != yaml::NodeKind::scalar || entry.key->value != "name") continue;
    const yaml::Node* value =
        entry.value->kind == yaml::NodeKind::alias ? entry.value->target : entry.value;
    const bool is_name =
        value != nullptr && value->kind == yaml::NodeKind::scalar && !value->value.empty();
    const bool is_null = is_name && value->style == yaml::Style::plain && value->tag.empty() &&
                         (value->value == "~" || lower(value->value) == "null");
    return is_name && !is_null ? value : nullptr;
  }
  return nullptr;
}

// The last file and document that has a name.
static Named written_name(Run& run, const std::vector<std::string>& files) {
  Named found;
  for (const std::string& file : files) {
    const std::optional<WrittenFiles::File> parsed = parse(run, file, nullptr);
    if (!parsed) continue;
    const std::span<const yaml::Node* const> documents = parsed->tree.documents;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const yaml::Node* name = name_in(*documents[i]);
      if (name == nullptr) continue;
      found.name = name->value;
      found.where = {parsed->opened.number, name->span};
      found.in_first_document = found.in_first_document || i == 0;
    }
  }
  return found;
}

static std::string checked(Run& run, const std::string& name) {
  if (normal(name) != name)
    refuse_at(run.project, nullptr,
              concat({"the project name \"", name,
                      "\" may have lower-case letters, digits, - and _ alone, and begins with a "
                      "letter or digit"}));
  return name;
}

static bool expand(Call& call, Named& named) {
  if (!call.in.settings.interpolate) return true;
  const Lookup lookup = [&](std::string_view name) -> const std::string* {
    const auto at = call.variables.find(name);
    return at == call.variables.end() ? nullptr : &at->second.value;
  };
  Interpolated result = interpolate(named.name, lookup);
  if (!result) return false;  // the same text is refused again when the file is loaded
  named.name = std::move(result.text);
  return true;
}

std::string project_name(Call& call, const std::vector<std::string>& files,
                         const std::string& directory) {
  Run& run = call.run;
  if (!run.settings.name.empty()) return checked(run, run.settings.name);
  const auto given = call.variables.find("COMPOSE_PROJECT_NAME");
  if (given != call.variables.end() && !given->second.value.empty())
    return checked(run, given->second.value);
  Named named = written_name(run, files);
  std::string folder;
  if (!named.in_first_document) folder = normal(directory.substr(directory.rfind('/') + 1));
  if (named.name.empty() || !expand(call, named)) return folder;
  std::string name = run.settings.normalize ? normal(named.name) : named.name;
  return name.empty() ? folder : name;
}

}  // namespace plimsoll::parse::compose
