// What the rules on files of secrets share: how bad one is, and whether a later RUN takes it out
// again.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// A private key is a secret by its nature, .npmrc only if a token stands in it. Layers of a stage
// that isn't shipped stay where the build's cache is.
inline Severity severity_of(data::Certainty certainty, const facts::Stage& stage) {
  using enum data::Certainty;
  if (stage.shipped)
    return certainty == sure     ? Severity::critical
           : certainty == likely ? Severity::high
                                 : Severity::medium;
  return certainty == sure     ? Severity::high
         : certainty == likely ? Severity::medium
                               : Severity::low;
}

inline std::string_view without_slashes(std::string_view path) {
  while (path.ends_with('/') || path.ends_with('*')) path.remove_suffix(1);
  return path;
}
inline std::string_view last_part(std::string_view path) {
  path = without_slashes(path);
  return path.substr(path.rfind('/') + 1);
}

// Does removing `removed` remove the file at `path`? Folders are compared by their last name only,
// as `~` and WORKDIR stand before many.
inline bool removes(const facts::Removal& removal, std::string_view removed,
                    std::string_view path) {
  const std::string_view name = last_part(removed);
  if (name.empty()) return false;
  if (name == last_part(path)) return true;
  const std::string inside = concat({"/", without_slashes(path), "/"});
  return removal.recursive && inside.find(concat({"/", name, "/"})) != std::string::npos;
}

inline const facts::Command* removal_in(const facts::Run& run, std::string_view path) {
  for (const facts::Command& command : run.commands)
    if (command.removal != nullptr &&
        std::ranges::any_of(command.removal->paths, [&](std::string_view removed) {
          return removes(*command.removal, removed, path);
        }))
      return &command;
  return nullptr;
}

// The `rm` of a later RUN of the stage; null: there is none.
inline const facts::Command* removed_later(const facts::Stage& stage, text::Span written,
                                           std::string_view path) {
  for (const facts::Run& run : stage.runs)
    if (run.instruction->span.begin > written.begin)
      if (const facts::Command* command = removal_in(run, path)) return command;
  return nullptr;
}

// "id_rsa …" gets a note of where it is removed in vain.
inline void note_removal(const facts::Stage& stage, text::Span written, std::string_view path,
                         Finding& finding) {
  if (const facts::Command* command = removed_later(stage, written, path))
    finding.related.push_back(
        {command->place(), "this removes it in a later layer only; the layer with it remains"});
}

}  // namespace plimsoll::rules::secrets
