// Folders are listed as the engine lists them for its rules, but whole and with sizes.
#include "fix/contexts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/context_files.h"
#include "engine/snapshot.h"
#include "parse/ignorefile/dockerignore.h"

namespace plimsoll::fix {
namespace {

struct Sent {
  std::uint64_t files = 0, bytes = 0;
};

// None: there is more in the folder than is counted.
std::optional<Sent> sent(const std::string& folder, std::string_view lines, const Fs& fs) {
  engine::Snapshot snapshot(fs);
  const auto patterns = parse::ignorefile::parse_dockerignore(lines).patterns;
  const auto listing =
      engine::list_context(folder, patterns, {.sizes = true, .whole = true}, fs, snapshot);
  if (!listing->files.complete) return {};
  return Sent{listing->files.files.size(), listing->files.bytes};
}

}  // namespace

// An ignore file that is named after a Dockerfile does not say which folder it is for.
std::vector<ContextEffect> measure_contexts(const Outcome& outcome, const Fs& before,
                                            const Fs& after) {
  std::vector<ContextEffect> effects;
  for (const ChangedFile& file : outcome.files) {
    if (file_name(file.path) != ".dockerignore") continue;
    const std::string folder(parent_path(file.path));
    const std::string_view old_lines =
        file.created ? std::string_view{} : outcome.before.source(file.before).bytes();
    const std::string_view new_lines =
        file.created ? file.created->text : outcome.after.source(file.after).bytes();
    const std::optional<Sent> was = sent(folder, old_lines, before),
                              is = sent(folder, new_lines, after);
    if (!was || !is) continue;
    effects.push_back({.ignore_file = file.path,
                       .files_before = was->files,
                       .bytes_before = was->bytes,
                       .files_after = is->files,
                       .bytes_after = is->bytes});
  }
  return effects;
}

}  // namespace plimsoll::fix
