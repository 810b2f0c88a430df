// Source: Compose specification, "Interpolation"; compose-go v2.16.2, dotenv.
#include "rules/secrets/_variables_file.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/host.h"
#include "rules/compose_edits.h"
#include "rules/edits.h"
#include "rules/secrets/_shipped.h"
#include "text/source.h"

namespace plimsoll::rules::secrets {

// Larger projects are left alone: a name is looked for in all of it.
static constexpr std::size_t kServices = 64, kNames = 256, kFileBytes = std::size_t{1} << 16;

// As a line of `.env` has it; empty: there is no way that all readers of it agree on.
static std::string quoted_value(std::string_view value) {
  constexpr std::string_view kPlain = "_./:@%+,=-~";
  const auto is_plain = [&](char c) { return is_word_char(c) || kPlain.find(c) != kPlain.npos; };
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  if (value.empty() || value.find_first_of("'\\") != value.npos ||
      std::ranges::any_of(value, is_control))
    return {};
  if (std::ranges::all_of(value, is_plain)) return std::string(value);
  return concat({"'", value, "'"});
}

// Compose and the program that starts it take some names for themselves.
static bool is_usable_name(std::string_view name) {
  return !name.empty() && (name.front() < '0' || name.front() > '9') &&
         std::ranges::all_of(name, is_word_char) && !name.starts_with("COMPOSE_") &&
         !name.starts_with("DOCKER_") && !name.starts_with("BUILDKIT_");
}

// `$NAME` or `${NAME…}` stands in the text.
static bool is_asked(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const std::size_t end = at + name.size();
    if ((before.ends_with('$') || before.ends_with("${")) &&
        (end == text.size() || !is_word_char(text[end])))
      return true;
  }
  return false;
}

static const facts::Variable* set_variable(const facts::Project& project, std::string_view name) {
  const auto& all = project.variables_file.variables;
  const auto found = std::ranges::lower_bound(all, name, {}, &facts::Variable::name);
  return found == all.end() || found->name != name ? nullptr : &*found;
}

// Another service means something else by the name, or takes whatever is set.
static bool is_other(const facts::Fact<facts::Variable>& v, const facts::Variable& wanted) {
  return v.value.name == wanted.name && !v.value.from_file &&
         !(v.known() && v.value.has_text && v.value.text == wanted.text);
}

// May the name stand for the value in the whole project?
static bool is_free(const facts::Container& c, std::string_view name,
                    const facts::Variable& wanted) {
  if (!is_usable_name(name)) return false;
  if (const facts::Variable* set = set_variable(*c.project, name)) return set->text == wanted.text;
  if (is_asked(c.service->text.source->bytes(), name)) return false;
  return name != wanted.name ||
         std::ranges::none_of(c.project->containers, [&](const facts::Container& other) {
           return std::ranges::any_of(other.environment.items, [&](const auto& v) {
             return v.origin == facts::Origin::written && is_other(v, wanted);
           });
         });
}

// Does a service get all that the file sets, and this by it alone?
static bool is_given_on(const facts::Project& project, std::string_view name) {
  return std::ranges::any_of(project.containers, [&](const facts::Container& c) {
    const bool reads = std::ranges::any_of(c.env_files.items, [&](const auto& file) {
      const bool is_absolute = file.value.starts_with('/');
      return !file.known() ||
             data::clean_path(is_absolute ? std::string(file.value)
                                          : concat({project.directory, "/", file.value})) ==
                 project.variables_file.path;
    });
    return reads && std::ranges::none_of(c.environment.items, [&](const auto& v) {
             return v.value.name == name && !v.value.from_file;
           });
  });
}

static bool is_small(const facts::Project& project) {
  return project.containers.size() <= kServices &&
         project.variables_file.variables.size() <= kNames &&
         std::ranges::all_of(project.containers, [](const facts::Container& c) {
           return c.environment.items.size() <= kNames && c.env_files.items.size() <= kNames;
         });
}

std::optional<std::vector<NewFile>> kept_out(const facts::Project& project, std::string_view path) {
  std::vector<NewFile> files;
  for (const facts::ContextFolder& context : project.contexts) {
    const std::string folder =
        context.directory == "/" ? std::string("/") : concat({context.directory, "/"});
    if (!path.starts_with(folder)) continue;
    const std::string_view inside = path.substr(folder.size());
    if (parse::ignorefile::is_ignored(context.ignore_patterns, inside)) continue;
    if (!is_plain_path(inside)) return {};
    NewFile file{
        .path = std::string(context.ignore_file), .text = concat({inside, "\n"}), .append = true};
    if (std::ranges::find(files, file) == files.end()) files.push_back(std::move(file));
  }
  return files;
}

std::string Moved::use() const {
  return concat({"${", name, ":?}"});
}

std::string moved_in_words(const Moved& moved) {
  const bool is_new =
      std::ranges::any_of(moved.files, [](const NewFile& file) { return file.secret; });
  return is_new ? concat({".env, which must not be committed, as ", moved.name})
                : concat({".env, which has it as ", moved.name});
}

// Compose reads a `.env` for the project, and the project is one that names are looked for in.
static bool can_move(const facts::Container& c) {
  return c.project != nullptr && can_edit(c) && c.service->text.source != nullptr &&
         !c.project->variables_file.path.empty() && is_small(*c.project) &&
         c.service->text.source->bytes().size() <= kFileBytes;
}

// What a variable that is not set yet has to be written with; none: it can't be.
static std::optional<std::vector<NewFile>> files_for(const facts::Project& project,
                                                     std::string_view name,
                                                     std::string_view value) {
  const std::string_view path = project.variables_file.path;
  const std::string quoted = quoted_value(value);
  std::optional<std::vector<NewFile>> files = kept_out(project, path);
  if (quoted.empty() || !files || is_given_on(project, name)) return {};
  files->push_back({.path = std::string(path),
                    .text = concat({name, "=", quoted, "\n"}),
                    .secret = true,
                    .append = true});
  if (!project.variables_file.ignore_file.empty())
    files->push_back({.path = std::string(project.variables_file.ignore_file),
                      .text = ".env\n",
                      .append = true});
  return files;
}

std::optional<Moved> moved_to_variables_file(const facts::Container& c,
                                             const facts::Variable& variable) {
  if (!can_move(c)) return {};
  Moved moved{std::string(variable.name)};
  if (!is_free(c, moved.name, variable)) {
    moved.name = concat({c.name, "_", variable.name});
    for (char& letter : moved.name) letter = is_word_char(letter) ? upper(letter) : '_';
    if (!is_free(c, moved.name, variable)) return {};
  }
  if (set_variable(*c.project, moved.name) != nullptr) return moved;
  std::optional<std::vector<NewFile>> files = files_for(*c.project, moved.name, variable.text);
  if (!files) return {};
  moved.files = std::move(*files);
  return moved;
}

std::vector<NewFile> default_in_variables_file(const facts::Container& c, std::string_view name,
                                               std::string_view value) {
  if (!can_move(c) || !is_usable_name(name) || set_variable(*c.project, name) != nullptr) return {};
  return files_for(*c.project, name, value).value_or(std::vector<NewFile>{});
}

// In the service's own text, and nothing but a literal.
static bool is_movable(const facts::Container& c, const facts::Fact<facts::Variable>& variable) {
  const facts::Variable& v = variable.value;
  const auto is_include = [](const facts::Step& s) { return s.kind == facts::Step::Kind::include; };
  return can_edit(c) && variable.known() && variable.editable && !v.from_file &&
         is_own(c, variable.where) && std::ranges::none_of(variable.via, is_include) &&
         (v.written.empty() || outside_variables(v.written) == v.text);
}

std::optional<Fix> to_variable(const facts::Container& c,
                               const facts::Fact<facts::Variable>& variable) {
  if (c.project == nullptr || c.service == nullptr || !is_movable(c, variable)) return {};
  std::optional<Moved> moved = moved_to_variables_file(c, variable.value);
  if (!moved) return {};
  std::optional<std::vector<text::Edit>> edits =
      with_variable_value(c, variable.value.name, moved->use());
  if (!edits) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"take it from ", moved_in_words(*moved)}),
             .edits = std::move(*edits),
             .files = std::move(moved->files)};
}

}  // namespace plimsoll::rules::secrets
