// One pass over the commands serves all rules that look at commands.
#include "engine/dispatch.h"

#include <algorithm>
#include <variant>

namespace plimsoll::engine {
namespace {

void collect(std::uint32_t rule, rules::Findings& findings, std::vector<Raised>& out) {
  for (rules::Finding& finding : findings) out.push_back({rule, std::move(finding)});
  findings.clear();
}

}  // namespace

Dispatch::Dispatch(const Selection& selection) : selection_(selection) {
  for (std::uint32_t i = 0; i < selection.enabled.size(); ++i) {
    const rules::Check& check = selection.enabled[i]->check;
    if (selection.enabled[i]->on_running != nullptr) also_running_.push_back(i);
    if (selection.enabled[i]->on_project != nullptr) also_projects_.push_back(i);
    if (const auto* on = std::get_if<rules::OnCommand>(&check))
      for (const std::string_view name : on->names) commands_.push_back({name, i});
    if (const auto* on = std::get_if<rules::OnContainer>(&check)) {
      if (on->of != rules::Of::running) images_.push_back(i);
      if (on->of != rules::Of::images) running_.push_back(i);
      built_.push_back(i);
    }
    if (std::holds_alternative<rules::OnBuild>(check)) builds_.push_back(i);
    if (std::holds_alternative<rules::OnContext>(check)) contexts_.push_back(i);
    if (std::holds_alternative<rules::OnProject>(check)) projects_.push_back(i);
    if (std::holds_alternative<rules::OnDaemon>(check)) daemons_.push_back(i);
    if (std::holds_alternative<rules::OnSuppression>(check)) suppressions_.push_back(i);
  }
  std::ranges::stable_sort(commands_, {}, &ByName::name);
}

template <class On, class Fact>
void Dispatch::ask_all(const Rules& rules, const Fact& fact, std::vector<Raised>& out) const {
  rules::Findings findings;
  for (const std::uint32_t rule : rules) {
    std::get<On>(selection_.enabled[rule]->check).check(fact, findings);
    collect(rule, findings, out);
  }
}

void Dispatch::ask_command(const facts::Command& command, std::vector<Raised>& out) const {
  if (command.name.empty()) return;
  rules::Findings findings;
  for (const ByName& entry : std::ranges::equal_range(commands_, command.name, {}, &ByName::name)) {
    const rules::Rule& rule = *selection_.enabled[entry.rule];
    std::get<rules::OnCommand>(rule.check).check(command, findings);
    // hadolint does not look behind `sudo` and the like.
    if (!command.wrapper.empty())
      for (rules::Finding& finding : findings)
        finding.aliases &= rules::without(rule.aliases, "hadolint");
    collect(entry.rule, findings, out);
  }
}

void Dispatch::ask_build(const facts::Build& build, std::vector<Raised>& out) const {
  ask_all<rules::OnBuild>(builds_, build, out);
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) ask_command(command, out);
}

void Dispatch::ask_container(const facts::Container& container, std::vector<Raised>& out) const {
  if (container.running()) {
    rules::Findings findings;
    for (const std::uint32_t rule : also_running_) {
      selection_.enabled[rule]->on_running(container, findings);
      collect(rule, findings, out);
    }
  }
  // What is wrong with an image that is built here is wrong with all that run it.
  const Rules& rules = !container.running()         ? images_
                       : container.stage != nullptr ? built_
                                                    : running_;
  ask_all<rules::OnContainer>(rules, container, out);
}

void Dispatch::ask_context(const facts::Context& context, std::vector<Raised>& out) const {
  ask_all<rules::OnContext>(contexts_, context, out);
}

void Dispatch::ask_project(const facts::Project& project, std::vector<Raised>& out) const {
  rules::Findings findings;
  for (const std::uint32_t rule : also_projects_) {
    selection_.enabled[rule]->on_project(project, findings);
    collect(rule, findings, out);
  }
  // Of one that is not judged nothing else is said.
  if (project.unjudged.empty()) ask_all<rules::OnProject>(projects_, project, out);
}

void Dispatch::ask_daemon(const facts::Daemon& daemon, std::vector<Raised>& out) const {
  ask_all<rules::OnDaemon>(daemons_, daemon, out);
}

void Dispatch::ask_suppression(const facts::Suppression& suppression,
                               std::vector<Raised>& out) const {
  ask_all<rules::OnSuppression>(suppressions_, suppression, out);
}

}  // namespace plimsoll::engine
