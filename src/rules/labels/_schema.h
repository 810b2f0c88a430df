// What label rules share: the labels that a stage states, and what kind of value each should have.
#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::labels {

using Label = facts::Fact<facts::Variable>;

// Only those of the stage's own text: inherited ones are judged where they were written.
template <class Visit>
void for_each_label(const facts::Build& build, const Visit& visit) {
  for (const facts::Stage& stage : build.stages)
    for (const Label& label : stage.labels.items)
      if (label.where.span.begin > stage.from->span.begin) visit(stage, label);
}

// A value with a variable is filled in by whoever builds: its default says nothing.
inline bool has_own_value(const facts::Build& build, const Label& label) {
  const std::string_view written =
      build.source->bytes().substr(label.where.span.begin, label.where.span.size());
  return label.known() && written.find('$') == std::string_view::npos;
}

// What the project's settings demand of a label; nothing: they do not name it.
inline std::optional<facts::LabelKind> demanded_kind(const facts::Build& build,
                                                     std::string_view name) {
  const auto& labels = build.settings->labels;
  const auto found = std::ranges::find_if(labels, [&](const auto& l) { return l.first == name; });
  if (found == labels.end()) return std::nullopt;
  return found->second;
}

// Reports the labels of that kind whose value is `valid` for none. The kind is the settings', or
// else the one that the OCI image specification gives its own labels.
struct ValueCheck {
  facts::LabelKind kind{};
  std::span<const Alias> aliases;
  std::string_view is_not;  // "is no URL"
  bool (*valid)(std::string_view) = nullptr;
};
void check_values(const facts::Build& build, const ValueCheck& check, Findings& out);

}  // namespace plimsoll::rules::labels
