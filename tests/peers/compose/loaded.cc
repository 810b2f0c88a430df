// Loads many Compose projects and prints the canonical JSON of each, for _compare_compose.py to
// hold against compose-go.
//
// usage: loaded < REQUESTS   a line of JSON for each project:
//   {"files": [...], "directory": "", "name": "", "environment": {}, "env_files": [], "profiles":
//   [],
//    "paths": true, "env": true, "consistency": true, "model": false}
// for each a line of JSON: {"ok": the project, or with "model" the raw model} or {"error": [...]},
// each problem as "file:line:column: message" ("message" alone if it has no place)
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/fs.h"
#include "parse/compose/load.h"

namespace compose = plimsoll::parse::compose;
using nlohmann::json;

namespace {

constexpr std::uint64_t kLargest = std::uint64_t{64} << 20;

// Each file is read once a project, and its source lives as long as that.
class Opened {
 public:
  compose::Files files() {
    return {.read = [this](const std::string& path) { return open(path); },
            .is_file = [](const std::string& path) { return is(path, plimsoll::FileKind::file); },
            .is_directory =
                [](const std::string& path) { return is(path, plimsoll::FileKind::directory); }};
  }

  [[nodiscard]] std::string told(const compose::Problem& problem) const {
    if (!problem.has_place || problem.where.source >= sources_.size()) return problem.message;
    const plimsoll::text::Source& source = *sources_[problem.where.source];
    const plimsoll::text::Position at = source.position(problem.where.span.begin);
    return source.path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
           problem.message;
  }

 private:
  static bool is(const std::string& path, plimsoll::FileKind kind) {
    const auto status = plimsoll::RealFs().status(path);
    return status && status->kind == kind;
  }

  plimsoll::Result<compose::Opened> open(const std::string& path) {
    if (const auto known = numbers_.find(path); known != numbers_.end())
      return compose::Opened{known->second, sources_[known->second].get()};
    auto bytes = plimsoll::RealFs().read(path, kLargest);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto number = static_cast<std::uint32_t>(sources_.size());
    sources_.push_back(std::make_unique<plimsoll::text::Source>(path, std::move(*bytes)));
    numbers_.emplace(path, number);
    return compose::Opened{number, sources_.back().get()};
  }

  std::vector<std::unique_ptr<plimsoll::text::Source>> sources_;
  std::map<std::string, std::uint32_t> numbers_;
};

compose::LoadSettings settings_of(const json& request) {
  compose::LoadSettings settings;
  settings.files = request.at("files").get<std::vector<std::string>>();
  settings.working_directory = request.value("working_directory", "/");
  settings.project_directory = request.value("directory", "");
  settings.name = request.value("name", "");
  const json environment = request.value("environment", json::object());
  for (const auto& [name, value] : environment.items())
    settings.environment.emplace_back(name, value.get<std::string>());
  settings.env_files = request.value("env_files", std::vector<std::string>());
  settings.profiles = request.value("profiles", std::vector<std::string>());
  settings.resolve_paths = request.value("paths", true);
  settings.resolve_environment = request.value("env", true);
  settings.check_consistency = request.value("consistency", true);
  settings.bind_types = !request.value("model", false);
  return settings;
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const json request = json::parse(line);
    Opened opened;
    const auto project = compose::load(settings_of(request), opened.files());
    json answer;
    if (project->problems.empty()) {
      answer["ok"] =
          json::parse(request.value("model", false) ? compose::to_raw_json(*project->model)
                                                    : compose::to_json(*project));
    } else {
      for (const compose::Problem& problem : project->problems)
        answer["error"].push_back(opened.told(problem));
    }
    if (!project->gaps.empty())
      for (const compose::Problem& gap : project->gaps) answer["gaps"].push_back(gap.message);
    std::puts(answer.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  }
}
