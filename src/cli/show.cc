// `plimsoll show`: what a room understood, for people who ask why and for those who write rules.
#include "cli/show.h"

#include <unistd.h>

#include <iterator>
#include <string>

#include "base/arena.h"
#include "base/check.h"
#include "base/fs.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "engine/check.h"
#include "facts/lower.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::cli {

void write_span(JsonWriter& json, const text::Source& source, text::Span span) {
  const text::Position begin = source.position(span.begin), end = source.position(span.end);
  json.member("line", begin.line);
  json.member("column", begin.column);
  json.member("endLine", end.line);
  json.member("endColumn", end.column);
}

// The text with the bytes of secrets replaced, so that nothing that is shown can hold one; places
// stay the same.
static std::string without_secrets(const std::string& path, std::string bytes) {
  const Result<engine::Selection> none = engine::select_rules({.select = {"syntax-error"}});
  PLIMSOLL_CHECK(none.has_value());
  const engine::Verdict verdict = engine::check(
      {.standard_input = std::move(bytes), .standard_input_name = path, .today = date_of_today()},
      *none, RealFs());
  if (verdict.sources.empty() || !verdict.sources.front()) return {};  // no text: a NUL byte
  return verdict.shown(0, {0, static_cast<std::uint32_t>(verdict.source(0).bytes().size())});
}

int show(const ShowArguments& arguments) {
  const auto& [what, path, dockerfile] = arguments;
  if (what == "context") return show_context(path, dockerfile);
  if (what == "facts" && is_compose_file(path)) return show_project(path);
  Result<std::string> bytes = path == "-" ? read_standard_input(engine::kInputLimit)
                                          : RealFs().read(path, engine::kInputLimit);
  if (!bytes) {
    complain(bytes.error().message);
    return usage;
  }
  const text::Source source(path, without_secrets(path, std::move(*bytes)));
  Arena arena;
  const parse::dockerfile::Tree tree = parse::dockerfile::parse(source, arena);
  DescriptorOutput out(STDOUT_FILENO);
  {
    JsonWriter json([&out](std::string_view block) { out.write(block); });
    if (what == "tree") {
      show_tree(json, source, tree);
    } else {
      const facts::Build& build =
          *facts::lower_build(source, 0, tree, {.today = date_of_today()}, arena);
      if (what == "shell") {
        show_shell(json, source, build);
      } else {
        show_facts(
            json, source, build,
            build.target != nullptr ? facts::container_of(build, arena) : facts::Container{});
      }
    }
  }
  out.write("\n");
  return ok;
}

}  // namespace plimsoll::cli
