// A template is told by its name, or by its marks where Docker would refuse the text as it stands:
// `{{` alone is no proof, since `docker inspect --format '{{.Id}}'` is a shell's word.
#include "facts/unjudged.h"

#include <algorithm>
#include <array>

namespace plimsoll::facts {

static constexpr std::array<std::string_view, 11> kTemplateEndings = {
    ".ejs",    ".erb",      ".gotmpl",   ".hbs",  ".j2", ".jinja",
    ".jinja2", ".mustache", ".template", ".tmpl", ".tpl"};
static constexpr std::array<std::string_view, 3> kMarks = {"{{", "{%", "<%"};

static bool is_template(const text::Source& source, bool is_refused) {
  const std::string_view path = source.path();
  const bool named =
      std::ranges::any_of(kTemplateEndings, [&](std::string_view e) { return path.ends_with(e); });
  const bool marked = is_refused && std::ranges::any_of(kMarks, [&](std::string_view mark) {
                        return source.bytes().find(mark) != std::string_view::npos;
                      });
  return named || marked;
}

// Keys at the top hold keys of services, and none of them is one of a project.
// Source: compose-spec, "Version 1"; docker/compose 1.x, config/config_schema_v1.json.
static bool is_version_one(std::string_view text) {
  bool has_service = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    for (const std::string_view key : {"services:", "include:", "version:", "jobs:"})
      if (line.starts_with(key)) return false;
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == 0 || indent == std::string_view::npos) continue;
    for (const std::string_view key : {"image:", "build:"})
      has_service = has_service || line.substr(indent).starts_with(key);
  }
  return has_service;
}

std::string_view why_unjudged(const text::Source& source, const parse::dockerfile::Tree& tree) {
  if (tree.foreign_frontend) return "its `# syntax=` names a frontend with a grammar of its own";
  return is_template(source, !tree.problems.empty()) ? "it is a template, not yet a Dockerfile"
                                                     : std::string_view{};
}

std::string_view why_unjudged(const text::Source& source, const parse::compose::Project& project) {
  const bool is_refused = !project.problems.empty();
  if (is_template(source, is_refused)) return "it is a template, not yet a Compose file";
  if (is_refused && is_version_one(source.bytes()))
    return "it is written in version 1 of Compose's format, which Compose no longer reads";
  return {};
}

}  // namespace plimsoll::facts
