// Which of the fixes that rules propose are tried together.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/verdict.h"
#include "text/place.h"

namespace plimsoll::fix {

// A finding's fix. Numbers and places are those of the verdict that it comes from.
struct Proposal {
  const rules::Rule* rule = nullptr;
  rules::Severity severity{};
  rules::Safety safety{};
  std::string title;
  std::string message;  // the finding's
  text::Place where{};
  std::vector<text::Edit> edits;        // their line ends are those of the file
  std::vector<rules::NewFile> files{};  // by absolute path
};

// Absolute. `finding`: that the file is to help.
std::string path_of(const engine::Verdict& verdict, const text::Place& finding,
                    const rules::NewFile& file);

// `.dockerignore` or `<Dockerfile>.dockerignore`.
bool is_ignore_file(std::string_view path);
// One is among what it edits or makes.
bool changes_ignore_file(const engine::Verdict& verdict, const Proposal& proposal);

struct PlanSettings {
  bool unsafe = false;
  std::function<bool(const Proposal&)> wanted{};  // none: all are
};

struct Plan {
  std::vector<Proposal> chosen;    // no two of them are in each other's way
  std::vector<Proposal> deferred;  // in the way of a chosen one: for the next round
};

// Of the findings that are not accepted. Where two are in each other's way the more severe one is
// chosen, then the earlier one; edits that two have in common are no hindrance.
Plan plan(const engine::Verdict& verdict, const PlanSettings& settings);

// The edits of all proposals by source, each once.
using EditsBySource = std::map<std::uint32_t, std::vector<text::Edit>>;
EditsBySource edits_of(const std::vector<const Proposal*>& proposals);

}  // namespace plimsoll::fix
