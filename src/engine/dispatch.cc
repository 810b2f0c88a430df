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
    if (const auto* on = std::get_if<rules::OnCommand>(&check))
      for (const std::string_view name : on->names) commands_.push_back({name, i});
    if (std::holds_alternative<rules::OnBuild>(check)) builds_.push_back(i);
    if (std::holds_alternative<rules::OnContainer>(check)) containers_.push_back(i);
    if (std::holds_alternative<rules::OnContext>(check)) contexts_.push_back(i);
    if (std::holds_alternative<rules::OnSuppression>(check)) suppressions_.push_back(i);
  }
  std::ranges::stable_sort(commands_, {}, &ByName::name);
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

void Dispatch::ask_commands(const facts::Build& build, std::vector<Raised>& out) const {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) ask_command(command, out);
}

void Dispatch::ask(const facts::Build& build, const facts::Container& container,
                   const facts::Context& context, std::vector<Raised>& out) const {
  rules::Findings findings;
  for (const std::uint32_t rule : builds_) {
    std::get<rules::OnBuild>(selection_.enabled[rule]->check).check(build, findings);
    collect(rule, findings, out);
  }
  if (build.target != nullptr) {
    for (const std::uint32_t rule : containers_) {
      std::get<rules::OnContainer>(selection_.enabled[rule]->check).check(container, findings);
      collect(rule, findings, out);
    }
  }
  if (context.known) {
    for (const std::uint32_t rule : contexts_) {
      std::get<rules::OnContext>(selection_.enabled[rule]->check).check(context, findings);
      collect(rule, findings, out);
    }
  }
  ask_commands(build, out);
}

void Dispatch::ask_suppression(const facts::Suppression& suppression,
                               std::vector<Raised>& out) const {
  rules::Findings findings;
  for (const std::uint32_t rule : suppressions_) {
    std::get<rules::OnSuppression>(selection_.enabled[rule]->check).check(suppression, findings);
    collect(rule, findings, out);
  }
}

}  // namespace plimsoll::engine
