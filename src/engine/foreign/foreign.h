// What the configuration files of other tools say: projects have them already, and should not have
// to write everything again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "engine/project.h"
#include "engine/snapshot.h"
#include "engine/value.h"
#include "facts/settings.h"

namespace plimsoll::engine::foreign {

struct Foreign {
  std::vector<Acceptance> acceptances;
  std::vector<std::pair<std::string, rules::Severity>> severity;
  std::optional<std::string> fail_on;  // a severity or "never"
  std::optional<std::vector<std::string>> trusted_registries;
  std::optional<std::vector<std::pair<std::string, facts::LabelKind>>> labels;
  std::optional<bool> strict_labels;
  bool hadolint_comments = true;
  // What could not be understood, a sentence each: the run goes on without it, as with the tool
  // itself.
  std::vector<std::string> complaints;
};

// Where to look. Folders are absolute.
struct Places {
  std::string working_directory;
  std::string project;  // where the search for plimsoll.toml begins; up to the repository's root
  std::string home, xdg_config_home;  // for hadolint's own files; empty: none
};
Foreign read_all(const Fs& fs, Snapshot& snapshot, const Places& places);

// One file that is being read.
struct File {
  std::string path;    // as messages name it
  std::string folder;  // absolute, from which its patterns count
};

// One file a tool: engine/foreign/<tool>.cc.
void read_hadolint(const Value& value, const File& file, Foreign& out);
void read_trivy(const Value& value, const File& file, Foreign& out);
void read_trivy_lines(std::string_view bytes, const File& file, Foreign& out);
void read_checkov(const Value& value, const File& file, Foreign& out);
void read_kics(const Value& value, const File& file, Foreign& out);
void read_tally(const Value& value, const File& file, Foreign& out);
void read_compose_lint(const Value& value, const File& file, Foreign& out);
void read_dclint(const Value& value, const File& file, Foreign& out);
void read_package(const Value& value, const File& file, Foreign& out);  // package.json

// Texts of a list, or of one text with commas. A wrong type is told.
std::vector<std::string> listed(const Value& value, std::string_view key, const File& file,
                                Foreign& out);
// Adds the acceptance of `names`, if there are any.
void accept(const pragmas::Dialect& dialect, std::vector<std::string> names, const File& file,
            Foreign& out);
void complain(const File& file, const Value& at, std::string_view what, Foreign& out);

}  // namespace plimsoll::engine::foreign
