// # check=skip=A,B;error=true;experimental=C
// As a directive at the top it speaks of the file, as a comment above an instruction of that
// instruction; the first such comment of a block counts.
// Source: BuildKit, linter.ParseLintOptions, and docker/buildx#3059.
#include <algorithm>

#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kBuildKit = {
    .tool = "buildkit",
    .knows = [](const rules::Alias& a) { return a.tool == "buildkit"; },
    .same = [](const rules::Alias& a, std::string_view name) { return a.id == name; }};

namespace {

constexpr std::size_t kMostOptions = 3;

struct Options {
  std::vector<std::string_view> skip, experimental;
  bool skip_all = false;
};

bool read_option(std::string_view part, Options& options) {
  const std::size_t equals = part.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = trimmed(part.substr(0, equals)),
                         value = trimmed(part.substr(equals + 1));
  if (key == "skip") {
    options.skip_all = value == "all";
    if (!options.skip_all) options.skip = split_names(value);
  } else if (key == "experimental") {
    options.experimental = split_names(value);
  } else {
    return key == "error";
  }
  return true;
}

void read_options(std::string_view value, Pragma pragma, std::vector<Pragma>& out) {
  std::string_view text = trimmed(value);
  if (const std::size_t blank = text.find_first_of(" \t"); blank != std::string_view::npos) {
    pragma.reason = trimmed(text.substr(blank));
    while (pragma.reason.starts_with('/')) pragma.reason.remove_prefix(1);
    pragma.reason = trimmed(pragma.reason);
    text = text.substr(0, blank);
  }
  Options options;
  for (std::size_t count = 0; !text.empty(); ++count) {
    const std::size_t semicolon = text.find(';');
    if (count == kMostOptions || !read_option(text.substr(0, semicolon), options)) return;
    text.remove_prefix(semicolon == std::string_view::npos ? text.size() : semicolon + 1);
  }
  // A check that is named as experimental is asked for, whatever `skip` says.
  std::erase_if(options.skip, [&](std::string_view name) {
    return std::ranges::find(options.experimental, name) != options.experimental.end();
  });
  pragma.all = options.skip_all;
  pragma.names = options.skip_all ? std::move(options.experimental) : std::move(options.skip);
  if (pragma.all || !pragma.names.empty()) out.push_back(std::move(pragma));
}

}  // namespace

void read_check_directive(std::string_view value, text::Span span, std::vector<Pragma>& out) {
  read_options(value, {.dialect = &kBuildKit, .span = span}, out);
}

void read_buildkit(const Comment& comment, std::vector<Pragma>& out) {
  std::string_view text = comment.text;
  if (comment.stands != Comment::Stands::above || !comment.attached || !take(text, "check")) return;
  if (!take_equals(text)) return;
  // Comments of a block come from the bottom up, and the first of them counts, even a broken one.
  std::erase_if(out, [&](const Pragma& p) {
    return p.dialect == &kBuildKit && p.lines.first == comment.instruction.first;
  });
  read_options(text, {.dialect = &kBuildKit, .span = comment.span, .lines = comment.instruction},
               out);
}

}  // namespace plimsoll::engine::pragmas
