// Loads Compose projects whose files are given in the test, and asks their models by paths.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/concat.h"
#include "parse/compose/load.h"
#include "parse/compose/nodes.h"

namespace plimsoll::test {

namespace compose = parse::compose;

// Files by absolute path; "/p" is the folder of the project.
class ComposeProject {
 public:
  using Texts = std::map<std::string, std::string>;

  explicit ComposeProject(Texts files) : texts_(std::move(files)) {
    settings.files = {"/p/compose.yaml"};
    settings.working_directory = "/p";
    settings.all_services = true;
  }

  compose::LoadSettings settings{};

  ComposeProject& load() {
    project_ = compose::load(settings, files());
    return *this;
  }
  [[nodiscard]] const compose::Project& project() const { return *project_; }

  // Null: there is none. "services.web.ports.0.target"
  [[nodiscard]] const compose::Node* node(std::string_view path) const {
    const compose::Node* at = project_->model;
    while (at != nullptr && !path.empty()) {
      const std::size_t dot = path.find('.');
      const std::string_view part = path.substr(0, dot);
      path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
      if (at->is(compose::NodeKind::list)) {
        const std::size_t index = std::stoul(std::string(part));
        at = index < at->items.size() ? at->items[index] : nullptr;
      } else {
        at = at->find(part);
      }
    }
    return at;
  }
  // As Go prints it: "[a b]", "map[k:v]", "true"; "absent".
  [[nodiscard]] std::string text(std::string_view path) const {
    const compose::Node* at = node(path);
    return at == nullptr ? "absent" : compose::go_text(*at);
  }
  // "compose.yaml:3:12 extends base.yaml:2"
  [[nodiscard]] std::string origin(std::string_view path) const {
    const compose::Node* at = node(path);
    if (at == nullptr) return "absent";
    std::string text = place(at->where, true);
    for (const compose::Step& step : at->via)
      text += concat({" ", name_of(step.kind), " ", place(step.where, false)});
    return text;
  }
  // The bytes at the value's place.
  [[nodiscard]] std::string_view bytes(std::string_view path) const {
    const compose::Node* at = node(path);
    return at == nullptr ? "absent" : sources_[at->where.source].at(at->where.span);
  }
  // The first refusal, with its place; empty: there is none.
  [[nodiscard]] std::string problem() const {
    return project_->problems.empty() ? "" : told(project_->problems.front());
  }
  [[nodiscard]] std::string gap() const {
    return project_->gaps.empty() ? "" : told(project_->gaps.front());
  }
  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> texts;
    for (const compose::Problem& warning : project_->warnings) texts.push_back(told(warning));
    return texts;
  }
  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

 private:
  compose::Files files() {
    const auto read = [this](const std::string& path) -> Result<compose::Opened> {
      asked_.push_back(path);
      for (std::uint32_t i = 0; i < sources_.size(); ++i)
        if (sources_[i].path() == path) return compose::Opened{i, &sources_[i]};
      const auto at = texts_.find(path);
      if (at == texts_.end())
        return fail(ErrorKind::not_found, concat({"cannot read ", path, ": no such file"}));
      sources_.emplace_back(path, at->second);
      return compose::Opened{static_cast<std::uint32_t>(sources_.size() - 1), &sources_.back()};
    };
    const auto is_file = [this](const std::string& path) { return texts_.contains(path); };
    const auto is_directory = [this](const std::string& path) {
      const auto at = texts_.lower_bound(path + "/");
      return at != texts_.end() && at->first.starts_with(path + "/");
    };
    return {read, is_file, is_directory};
  }

  static std::string_view name_of(compose::Step::Kind kind) {
    switch (kind) {
      case compose::Step::Kind::include:
        return "include";
      case compose::Step::Kind::extends:
        return "extends";
      case compose::Step::Kind::overrides:
        return "overrides";
      case compose::Step::Kind::anchor:
        return "anchor";
      case compose::Step::Kind::merge_key:
        return "merge_key";
      case compose::Step::Kind::variable:
        return "variable";
    }
    return {};
  }

  [[nodiscard]] std::string place(const text::Place& where, bool with_column) const {
    const text::Source& source = sources_[where.source];
    const text::Position at = source.position(where.span.begin);
    const std::string_view path = source.path();
    std::string text =
        concat({path.starts_with("/p/") ? path.substr(3) : path, ":", std::to_string(at.line)});
    return with_column ? concat({text, ":", std::to_string(at.column)}) : text;
  }
  [[nodiscard]] std::string told(const compose::Problem& problem) const {
    return problem.has_place ? concat({place(problem.where, true), " ", problem.message})
                             : problem.message;
  }

  Texts texts_;
  std::deque<text::Source> sources_{};
  std::vector<std::string> asked_{};
  std::unique_ptr<compose::Project> project_{};
};

// A project of one file, loaded.
inline ComposeProject loaded(std::string text) {
  ComposeProject project(ComposeProject::Texts{{"/p/compose.yaml", std::move(text)}});
  project.load();
  return project;
}

// Two files, given as -f a -f b.
inline ComposeProject overridden(std::string base, std::string over) {
  ComposeProject project({{"/p/compose.yaml", std::move(base)}, {"/p/over.yaml", std::move(over)}});
  project.settings.files.push_back("/p/over.yaml");
  project.load();
  return project;
}

}  // namespace plimsoll::test
