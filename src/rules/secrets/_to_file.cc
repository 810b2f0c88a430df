// Three places change together: the variable, the service's secrets and the project's.
#include "rules/secrets/_to_file.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/fs.h"
#include "data/names.h"
#include "parse/yaml/tree.h"
#include "rules/compose_edits.h"
#include "rules/needs.h"
#include "rules/secrets/_variables_file.h"
#include "text/source.h"

namespace plimsoll::rules::secrets {

// Larger projects are left alone: each variable is looked for in all that may be changed with it.
static constexpr std::size_t kContainers = 64, kVariables = 256, kSecrets = 256, kSections = 256;
static constexpr std::size_t kServiceBytes = 1 << 14;

// The secret's name and its file's: "db_postgres_password".
static std::string secret_name_of(const facts::Container& c, std::string_view variable) {
  std::string name = concat({c.name, "_", variable});
  for (char& letter : name) letter = is_word_char(letter) || letter == '-' ? lower(letter) : '_';
  return name;
}

// Where else the service names the variable, in a health check, hook, command or label, it would be
// found empty. Whole lines of comments do not count.
static bool is_used(std::string_view text, std::string_view variable) {
  std::size_t count = 0;
  for (std::size_t at = text.find(variable); at != std::string_view::npos && count < 2;) {
    std::size_t end = at + variable.size();
    const bool is_part =
        (at > 0 && is_word_char(text[at - 1])) || (end < text.size() && is_word_char(text[end]));
    if (!is_part) {
      const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
      if (text[text.find_first_not_of(" \t", line)] != '#')
        ++count;
      else
        end = std::min(text.find('\n', end), text.size());
    }
    at = text.find(variable, end);
  }
  return count != 1;
}

// What the service says itself and alone: taking it away brings no other value to light.
static bool is_stated_once(const facts::Container& c, const facts::Fact<facts::Variable>& v) {
  return v.editable && is_own(c, v.where) && c.env_files.items.empty() && !states(c, "extends") &&
         !c.project->sources.empty() && c.service->body.source == c.project->sources.front();
}

static bool can_be_file(const facts::Container& c, const facts::Fact<facts::Variable>& variable) {
  if (!can_edit(c) || c.environment.items.size() > kVariables ||
      c.service->body.span.size() > kServiceBytes || c.service->text.document == nullptr ||
      c.service->text.document->entries.size() > kSections)
    return false;
  const data::ImageNeeds* needs = needs_of(c);
  const facts::Variable& v = variable.value;
  // `$(< file)` of the images' shells takes the last line's end away.
  if (needs == nullptr || !is_literal_credential(variable, *needs) ||
      v.text.find_first_of("\r\n") != std::string_view::npos || !is_stated_once(c, variable))
    return false;
  const std::string file_name = concat({v.name, "_FILE"});
  const auto is_there = [&](const facts::Fact<facts::Variable>& other) {
    return other.value.name == file_name;
  };
  return !is_used(c.service->text.source->at(c.service->body.span), v.name) &&
         std::ranges::none_of(c.environment.items, is_there);
}

// Other services that are told the same: they have to be changed with it from now on. That a name
// or a host has the same text is nobody's business.
static std::string copies_of(const facts::Container& c, std::string_view value) {
  const std::string in_url = concat({":", value, "@"});
  for (const facts::Container& other : c.project->containers) {
    if (other.name == c.name || other.environment.items.size() > kVariables) continue;
    for (const facts::Fact<facts::Variable>& v : other.environment.items)
      if (v.known() &&
          ((v.value.text == value && data::secret_name(v.value.name) != data::SecretName::no) ||
           v.value.text.find(in_url) != std::string_view::npos))
        return concat({"; ", other.name, " has the value in ", v.value.name});
  }
  return {};
}

// Absolute, since findings in other files may need them.
std::vector<NewFile> files_of_secret(const facts::Project& project, std::string_view path,
                                     std::string_view value) {
  const auto in_project = [&](std::string_view name) { return join_path(project.directory, name); };
  return {{.path = in_project(path), .text = std::string(value), .secret = true, .mounted = true},
          {.path = in_project("secrets/.gitignore"), .text = "*\n!.gitignore\n", .optional = true}};
}

std::optional<Fix> to_file(const facts::Container& c,
                           const facts::Fact<facts::Variable>& variable) {
  if (c.project == nullptr || c.project->containers.size() > kContainers ||
      c.project->secrets.size() > kSecrets || !can_be_file(c, variable))
    return {};
  const facts::Variable& v = variable.value;
  const std::string name = secret_name_of(c, v.name);
  const auto is_taken = [&](const facts::Secret& secret) { return secret.name == name; };
  if (std::ranges::any_of(c.project->secrets, is_taken)) return {};
  const std::string file = concat({"./secrets/", name, ".txt"});
  std::optional<std::vector<text::Edit>> edits =
      with_variable(c, v.name, concat({v.name, "_FILE"}), concat({"/run/secrets/", name}));
  std::optional<text::Edit> use = with_items(c, "secrets", {name});
  std::optional<text::Edit> secret = in_section(c, "secrets", {name, "", {{"file", file}}});
  // The folder, since what is made later lies in it, too.
  std::optional<std::vector<NewFile>> guards =
      kept_out(*c.project, join_path(c.project->directory, "secrets"));
  if (!edits || !use || !secret || !guards) return {};
  // Two fixes would begin a list or section twice; one of them waits.
  use->unordered = use->unordered && states(c, "secrets");
  secret->unordered = secret->unordered && has_section(c, "secrets");
  edits->push_back(std::move(*use));
  edits->push_back(std::move(*secret));
  std::vector<NewFile> files = files_of_secret(*c.project, file, v.text);
  std::ranges::move(*guards, std::back_inserter(files));
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat(
                 {"read it from ", file, ", which must not be committed", copies_of(c, v.text)}),
             .edits = joined(std::move(*edits)),
             .files = std::move(files)};
}

}  // namespace plimsoll::rules::secrets
