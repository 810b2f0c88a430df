// What loading one project shares from its first file to its last. Private to the room.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "parse/compose/document.h"
#include "parse/compose/loading.h"

namespace plimsoll::parse::compose {

// A variable, and the text that sets it.
struct Variable {
  std::string value;
  text::Place where{};
  bool has_place = false;  // false: it was given from outside
};
using Bindings = std::map<std::string, Variable, std::less<>>;

Environment environment_of(const Bindings& variables);

// Bounds of one project: more is nobody's.
struct Limits {
  std::size_t files = 200;
  std::size_t file_bytes = std::size_t{16} << 20U;
  std::size_t nodes = 1'000'000;  // of the model and all that it was made from
  std::size_t documents = 100;    // of one file: the model is checked after each
  std::size_t include_depth = 50;
  std::size_t extends_depth = 100;
};

// Services of a file that others extend, as they were loaded.
struct ExtendsBase {
  Node* services = nullptr;  // null: the file could not be loaded, which was told
  Resets resets{};
};

struct Run {
  const LoadSettings& settings;
  const Files& files;
  Project& project;
  WrittenFiles& texts;  // the YAML trees
  Limits limits{};
  std::size_t files_read = 0;
  std::map<std::string, std::size_t> parsed{};  // by path: where it stands in `texts`
  std::map<std::string, Node*> included{};      // by what determines the model; see include.cc
  bool is_full = false;
};

// One model that is put together: the project, an included one, or the file of an `extends`.
struct Call {
  Run& run;
  Loading in;
  const Bindings& variables;
  std::string base{};                // absolute; where paths of files start from
  std::vector<std::string> chain{};  // files that include each other, the first one first
  std::string file{};                // that is being read
  bool is_extended = false;          // only to be extended: no includes, no extends, no checks
  std::map<std::string, ExtendsBase> bases{};  // by path and directory

  [[nodiscard]] Project& project() const { return run.project; }
};

// --- load.cc -------------------------------------------------------------------------------------

// True: the path is remote or outside of the root, which was told as a gap at `by`.
bool is_out_of_reach(Run& run, const std::string& path, const Node* by);
// Reads a file once more than before, within the limits and the root. Nothing: it was told, at
// `by` if that is the value which names the file.
std::optional<Opened> open(Run& run, const std::string& path, const Node* by);
// The same for YAML, each file once.
std::optional<WrittenFiles::File> parse(Run& run, const std::string& path, const Node* by);
// True: no more may be made, which is told once.
bool is_too_large(Run& run);
// Adds a problem at a value, or without a place if there is none.
void refuse_at(Project& project, const Node* by, std::string message);
// Git repositories, OCI artifacts, URLs: nothing that is read here.
bool is_remote(std::string_view path);
// Paths as Go's filepath package joins and cleans them.
std::string join(std::string_view directory, std::string_view path);
std::string clean(std::string_view path);
// Is a clean path `root` or below it? Everything is below no root at all.
bool is_within(std::string_view root, std::string_view path);
std::string directory_of(std::string_view path);
// `path` as seen from `directory`, both absolute.
std::string relative(std::string_view directory, std::string_view path);

// Merges the documents of a file into `model`. Gives the resets of the last document.
Resets load_file(Call& call, const std::string& path, Node& model, const Node* by);
// All files of a project; never null.
Node* load_model(Call& call, const std::vector<std::string>& files, const Node* by);

// Runs a step whose complaints are only consequences if something was refused before it.
template <class Action>
void follow_up(Project& project, const Action& action) {
  const std::size_t before = project.problems.size();
  action();
  if (before > 0 && project.problems.size() > before)
    project.problems.erase(project.problems.begin() + static_cast<std::ptrdiff_t>(before),
                           project.problems.end());
}

// --- each its file -------------------------------------------------------------------------------

// interpolate.cc
void interpolate(const Call& call, Node& document);
// aliases.cc: attributes that were extensions before they were adopted.
void promote_aliases(const Call& call, Node& document);
// include.cc
void apply_include(Call& call, Node& document, const Resets& resets);
// extends.cc
void apply_extends(Call& call, Node& document, const Resets& resets);
// merge.cc: `over` over `base`, which is changed. The result may be either.
Node* merge(const Loading& in, Node* base, Node* over, Path& path);
// unicity.cc
void enforce_unicity(const Loading& in, Node& model);
// environment.cc
Bindings read_environment(Run& run, const std::string& directory);
void read_env_file(Run& run, const std::string& path, const Node* by, const Bindings& known,
                   Bindings& into);
// The key that holds what `environment:` of a secret names.
inline constexpr const char* kSecretValue = "x-#value";
void lookup_environment(Pool& pool, Node& model, const Bindings& variables);
// name.cc
std::string project_name(Call& call, const std::vector<std::string>& files,
                         const std::string& directory);
// profiles.cc
void apply_profiles(const Loading& in, Node& model, const Bindings& variables);

}  // namespace plimsoll::parse::compose
