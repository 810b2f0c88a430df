// Folders are listed once each, from the project's own up to the root of its repository; of each
// tool the nearest file counts.
#include "engine/foreign/foreign.h"

#include <algorithm>
#include <array>

#include "base/concat.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::foreign {
namespace {

enum class Syntax : std::uint8_t { yaml, toml, either, lines, package };

struct Known {
  std::string_view name;
  std::string_view slot;  // of files with the same, the first that is found counts
  Syntax syntax;
  void (*read)(const Value&, const File&, Foreign&);
};

constexpr std::array<Known, 19> kKnown = {{
    {".hadolint.yaml", "hadolint", Syntax::yaml, read_hadolint},
    {".hadolint.yml", "hadolint", Syntax::yaml, read_hadolint},
    {".trivyignore.yaml", "trivy", Syntax::yaml, read_trivy},
    {".trivyignore", "trivy lines", Syntax::lines, nullptr},
    {".checkov.yaml", "checkov", Syntax::yaml, read_checkov},
    {".checkov.yml", "checkov", Syntax::yaml, read_checkov},
    {"kics.config", "kics", Syntax::either, read_kics},
    {".tally.toml", "tally", Syntax::toml, read_tally},
    {"tally.toml", "tally", Syntax::toml, read_tally},
    {".compose-lint.yml", "compose-lint", Syntax::yaml, read_compose_lint},
    {".compose-lint.yaml", "compose-lint", Syntax::yaml, read_compose_lint},
    {"package.json", "dclint", Syntax::package, read_package},
    {".dclintrc", "dclint", Syntax::yaml, read_dclint},
    {".dclintrc.json", "dclint", Syntax::yaml, read_dclint},
    {".dclintrc.yaml", "dclint", Syntax::yaml, read_dclint},
    {".dclintrc.yml", "dclint", Syntax::yaml, read_dclint},
    {".config/dclintrc", "dclint", Syntax::yaml, read_dclint},
    {".config/dclintrc.json", "dclint", Syntax::yaml, read_dclint},
    {".config/dclintrc.yaml", "dclint", Syntax::yaml, read_dclint},
}};

class Search {
 public:
  Search(const Fs& fs, Snapshot& snapshot, const Places& places, Foreign& out)
      : fs_(fs), snapshot_(snapshot), places_(places), out_(out) {}

  void run() {
    for (const std::string& folder : folders()) {
      const Snapshot::Listing& listing = snapshot_.list(shown(folder));
      if (!listing.entries) continue;
      for (const Known& known : kKnown)
        if (is_there(listing, folder, known.name)) read(known, join_path(folder, known.name));
    }
    for (const std::string& path : hadolint_elsewhere())
      if (!is_read("hadolint") && fs_.status(path)) read(kKnown[0], path);
  }

 private:
  // From the project's up to the top of its repository; outside of one, the project's alone.
  [[nodiscard]] std::vector<std::string> folders() const {
    std::vector<std::string> found;
    for (std::string at = places_.project;; at = parent_path(at)) {
      found.push_back(at);
      if (fs_.status(join_path(at, ".git"))) return found;
      if (at.empty() || at == "/" || at == ".") return {places_.project};
    }
  }

  [[nodiscard]] bool is_there(const Snapshot::Listing& listing, const std::string& folder,
                              std::string_view name) const {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return listing.has(name);
    return listing.has(name.substr(0, slash)) && fs_.status(join_path(folder, name)).has_value();
  }

  // hadolint's own search, after the project. Source: its README, "Configure".
  [[nodiscard]] std::vector<std::string> hadolint_elsewhere() const {
    std::vector<std::string> paths;
    for (const std::string_view name : {".hadolint.yaml", ".hadolint.yml"})
      if (!places_.working_directory.empty())
        paths.push_back(join_path(places_.working_directory, name));
    const std::string& home = places_.home;
    if (!places_.xdg_config_home.empty())
      paths.push_back(join_path(places_.xdg_config_home, "hadolint.yaml"));
    if (home.empty()) return paths;
    for (const std::string_view name : {".config/hadolint.yaml", ".hadolint/hadolint.yaml",
                                        "hadolint/config.yaml", ".hadolint.yaml"})
      paths.push_back(join_path(home, name));
    return paths;
  }

  // From the working directory, as the rest of the run names it.
  [[nodiscard]] std::string shown(const std::string& path) const {
    const std::string& here = places_.working_directory;
    if (path == here) return ".";
    if (here != "/" && path.starts_with(here) && path.size() > here.size() &&
        path[here.size()] == '/')
      return path.substr(here.size() + 1);
    return path;
  }

  [[nodiscard]] bool is_read(std::string_view slot) const {
    return std::ranges::find(read_, slot) != read_.end();
  }

  // A package.json is there for much else: one that can't be read is not for us to tell.
  [[nodiscard]] bool speaks_of(const std::string& path, std::string_view tool) const {
    const Result<std::string> bytes = fs_.read(path, kConfigLimit);
    if (!bytes || bytes->find(concat({"\"", tool, "\""})) == std::string::npos) return false;
    const Result<Value> value = parse_yaml(path, *bytes);
    return value && value->find(tool) != nullptr;
  }

  static bool is_toml(Syntax syntax) { return syntax == Syntax::toml || syntax == Syntax::either; }

  void read(const Known& known, const std::string& path) {
    if (is_read(known.slot)) return;
    if (known.syntax == Syntax::package && !speaks_of(path, known.slot)) return;
    read_.push_back(known.slot);
    const File file{.path = shown(path), .folder = std::string(parent_path(path))};
    const Result<std::string> bytes = fs_.read(path, kConfigLimit);
    if (!bytes) {
      out_.complaints.push_back(concat({bytes.error().message, "; it is left out"}));
      return;
    }
    if (known.syntax == Syntax::lines) return read_trivy_lines(*bytes, file, out_);
    Result<Value> value =
        is_toml(known.syntax) ? parse_toml(file.path, *bytes) : parse_yaml(file.path, *bytes);
    if (!value && known.syntax == Syntax::either) value = parse_yaml(file.path, *bytes);
    if (!value)
      out_.complaints.push_back(concat({value.error().message, "; the file is left out"}));
    else if (value->is(Value::Kind::table))
      known.read(*value, file, out_);
    else if (!value->is(Value::Kind::null))
      complain(file, *value, "this is no table of settings; the file is left out", out_);
  }

  const Fs& fs_;
  Snapshot& snapshot_;
  const Places& places_;
  Foreign& out_;
  std::vector<std::string_view> read_;  // slots
};

}  // namespace

void complain(const File& file, const Value& at, std::string_view what, Foreign& out) {
  out.complaints.push_back(concat({file.path, ":", std::to_string(at.line), ": ", what}));
}

std::vector<std::string> listed(const Value& value, std::string_view key, const File& file,
                                Foreign& out) {
  std::vector<std::string> texts;
  const auto add = [&](const Value& one) {
    for (const std::string_view text : pragmas::split_names(one.text)) texts.emplace_back(text);
  };
  const auto is_word = [](const Value& v) {
    return v.is(Value::Kind::text) || v.is(Value::Kind::number);
  };
  if (is_word(value)) {
    add(value);
  } else if (value.is(Value::Kind::list)) {
    for (const Value& item : value.items)
      is_word(item) ? add(item)
                    : complain(file, item, concat({key, " must be a list of texts"}), out);
  } else if (!value.is(Value::Kind::null)) {
    complain(file, value, concat({key, " must be a list of texts"}), out);
  }
  return texts;
}

void accept(const pragmas::Dialect& dialect, std::vector<std::string> names, const File& file,
            Foreign& out) {
  if (names.empty()) return;
  out.acceptances.push_back({.dialect = &dialect,
                             .names = std::move(names),
                             .reason = concat({"listed in ", file.path})});
}

Foreign read_all(const Fs& fs, Snapshot& snapshot, const Places& places) {
  Foreign found;
  Search(fs, snapshot, places, found).run();
  return found;
}

}  // namespace plimsoll::engine::foreign
