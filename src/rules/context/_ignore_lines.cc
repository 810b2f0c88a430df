// Lines are chosen by name, so the cost is that of the names, not of the files.
#include "rules/context/_ignore_lines.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"
#include "base/glob.h"
#include "data/ignore_line.h"
#include "text/source.h"

namespace plimsoll::rules::context {
namespace {

using data::IgnoreLine;
using data::IgnoreUse;
using parse::ignorefile::DockerPattern;

constexpr std::string_view kAnyDepth = "**/";

std::string_view name_in(std::string_view pattern) {
  return pattern.starts_with(kAnyDepth) ? pattern.substr(kAnyDepth.size()) : pattern;
}

bool has_wildcard(std::string_view path) {
  return path.find_first_of("*?[\\") != std::string_view::npos;
}

// Of a mount that binds: the path in the context, "." for all of it. Empty: it is none of those.
std::string_view mounted_path(const parse::dockerfile::Mount& mount) {
  if (mount.type != "bind" || !mount.option("from").empty()) return {};
  std::string_view source = mount.option("source", "src");
  while (source.starts_with("./") || source.starts_with('/'))
    source.remove_prefix(source.find('/') + 1);
  return source.empty() ? "." : source;
}

// What the Dockerfile says of its context.
class Uses {
 public:
  explicit Uses(const facts::Context& context) : context_(context) {
    for (const facts::FromContext& source : facts::sources_from_context(*context.build))
      if (source.path != "." && source.path != "*") named_.push_back(source.path);
    for (const facts::Stage& stage : context.build->stages)
      for (const facts::Run& run : stage.runs) look_at(run);
  }

  // Would the pattern keep something out that is asked for by name?
  [[nodiscard]] bool names(const std::string& pattern) const {
    const auto parsed = parse::ignorefile::parse_dockerignore(pattern);
    return std::ranges::any_of(named_, [&](const std::string& path) {
      if (!has_wildcard(path)) return is_ignored(parsed.patterns, path);
      return may_meet(path.substr(path.rfind('/') + 1), name_in(pattern));
    });
  }
  // May a command of the build miss a repository or credentials?
  [[nodiscard]] bool reads() const { return reads_; }

 private:
  void look_at(const facts::Run& run) {
    for (const parse::dockerfile::Mount& mount : run.instruction->mounts) {
      const std::string_view path = mounted_path(mount);
      if (path == ".")
        reads_ = true;
      else if (!path.empty())
        named_.emplace_back(path);
    }
    reads_ =
        reads_ || !run.understood || std::ranges::any_of(run.commands, [](const auto& command) {
          return command.name.empty() || data::reads_for_builds(command.name) ||
                 command.words.front().raw.starts_with("./") || command.name.ends_with(".sh");
        });
  }

  // Is there a name that both match?
  [[nodiscard]] bool may_meet(std::string_view glob, std::string_view name) const {
    if (context_.files == nullptr || context_.files->names.empty()) return true;
    return std::ranges::any_of(context_.files->names, [&](std::string_view known) {
      return glob_match(glob, known) && glob_match(name, known);
    });
  }

  const facts::Context& context_;
  std::vector<std::string> named_;
  bool reads_ = false;
};

// A line for one path, as it is written; empty: it would be read in another way.
std::string line_of(std::string_view path) {
  if (has_wildcard(path) || path.empty() || path.find_first_of("\r\n") != std::string_view::npos ||
      std::string_view("#! \t").find(path.front()) != std::string_view::npos || path.back() == ' ')
    return {};
  return std::string(path);
}

// Lines under their headings, in the order of the first of each.
class Lines {
 public:
  void add(std::string_view heading, std::string line) {
    auto section = std::ranges::find(sections_, heading, &Section::heading);
    if (section == sections_.end()) section = sections_.insert(section, {heading, {}});
    if (std::ranges::find(section->lines, line) != section->lines.end()) return;
    all_ += concat({line, "\n"});
    section->lines.push_back(std::move(line));
  }
  [[nodiscard]] bool covers(std::string_view path) const {
    return is_ignored(parse::ignorefile::parse_dockerignore(all_).patterns, path);
  }
  [[nodiscard]] bool empty() const { return sections_.empty(); }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const Section& section : sections_) {
      text += concat({text.empty() ? "# " : "\n# ", section.heading, "\n"});
      for (const std::string& line : section.lines) text += concat({line, "\n"});
    }
    return text;
  }

 private:
  struct Section {
    std::string_view heading;
    std::vector<std::string> lines;
  };
  std::vector<Section> sections_;
  std::string all_;
};

bool is_safe(IgnoreUse use, const Uses& uses) {
  return use == IgnoreUse::safe || (use == IgnoreUse::by_builds && !uses.reads());
}

// The line that data has for a path, which may be one of several for its name.
const IgnoreLine* known_line(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const IgnoreLine& line : data::ignore_lines())
    if ((line.pattern.starts_with(kAnyDepth) || name.size() == path.size()) &&
        glob_match(name_in(line.pattern), name))
      return &line;
  return nullptr;
}

constexpr std::string_view heading_of(const facts::Unwanted& unwanted) {
  return unwanted.secret ? "Secrets" : "Of no use in an image";
}

// True: it is kept out now, and nothing can miss it.
bool add_unwanted(const facts::Unwanted& unwanted, const Uses& uses, Lines& lines) {
  const IgnoreLine* known = known_line(unwanted.path);
  if (known != nullptr && !uses.names(std::string(known->pattern))) {
    lines.add(known->heading, std::string(known->pattern));
    return is_safe(known->use, uses);
  }
  std::string line = line_of(unwanted.path);
  if (line.empty() || uses.names(line)) return true;  // it stays
  lines.add(heading_of(unwanted), std::move(line));
  return false;
}

Safety safety_of(bool safe) {
  return safe ? Safety::safe : Safety::changes_behaviour;
}

constexpr std::size_t kMostAdded = 100;  // a file of more lines is not one that people would want

}  // namespace

std::optional<Fix> new_ignore_file(const facts::Context& context) {
  if (context.folder.empty() || context.files == nullptr || !context.files->complete) return {};
  const Uses uses(context);
  Lines lines;
  bool safe = true;
  for (const facts::CalledLine& called : context.files->called) {
    const IgnoreLine& line = *called.line;
    if (uses.names(std::string(line.pattern))) continue;
    lines.add(line.heading, std::string(line.pattern));
    safe = safe && (!called.lies_there || is_safe(line.use, uses));
  }
  std::size_t added = 0;
  for (const facts::Unwanted& unwanted : context.files->unwanted) {
    if (lines.covers(unwanted.path)) continue;
    if (++added > kMostAdded) return {};
    safe = add_unwanted(unwanted, uses, lines) && safe;
  }
  if (lines.empty()) return {};
  Fix fix{.safety = safety_of(safe), .title = "add a .dockerignore", .edits = {}};
  fix.files.push_back({.path = concat({context.folder, "/.dockerignore"}), .text = lines.text()});
  return fix;
}

std::optional<Fix> more_ignore_lines(const facts::Context& context, bool secrets) {
  if (context.ignore_source == nullptr || context.files == nullptr || !context.files->complete)
    return {};
  const Uses uses(context);
  Lines lines;
  bool safe = true;
  std::size_t added = 0;
  for (const facts::Unwanted& unwanted : context.files->unwanted) {
    std::uint64_t steps = 0;
    const bool is_let_in = std::ranges::any_of(
        context.ignore_patterns,
        [&](const DockerPattern& p) { return p.negated && p.matches(unwanted.path, steps); });
    if (unwanted.secret != secrets || is_let_in || lines.covers(unwanted.path)) continue;
    if (++added > kMostAdded) return {};
    safe = add_unwanted(unwanted, uses, lines) && safe;
  }
  if (lines.empty()) return {};
  const std::string_view bytes = context.ignore_source->bytes();
  const auto end = static_cast<std::uint32_t>(bytes.size());
  const bool has_end = bytes.empty() || bytes.ends_with('\n');
  Fix fix{.safety = safety_of(safe),
          .title = concat({"add lines to ", context.ignore_file}),
          .edits = {}};
  fix.edits.push_back({context.ignore_place({end, end}),
                       concat({has_end ? "" : "\n", bytes.empty() ? "" : "\n", lines.text()})});
  return fix;
}

}  // namespace plimsoll::rules::context
