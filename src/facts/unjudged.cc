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

std::string_view why_unjudged(const text::Source& source, const parse::dockerfile::Tree& tree) {
  if (tree.foreign_frontend) return "its `# syntax=` names a frontend with a grammar of its own";
  const std::string_view path = source.path();
  const bool named =
      std::ranges::any_of(kTemplateEndings, [&](std::string_view e) { return path.ends_with(e); });
  const bool marked =
      !tree.problems.empty() && std::ranges::any_of(kMarks, [&](std::string_view mark) {
        return source.bytes().find(mark) != std::string_view::npos;
      });
  return named || marked ? "it is a template, not yet a Dockerfile" : std::string_view{};
}

}  // namespace plimsoll::facts
