// What the rules on contexts share: the COPY that takes something, and lists of names.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/concat.h"
#include "facts/context.h"
#include "rules/rule.h"

namespace plimsoll::rules::context {

using Copies = std::vector<facts::FromContext>;

// The source by which a file gets into a stage: the first one of a stage that is shipped, else the
// first one. One that names the file itself is left to the rules on Dockerfiles. Null: none.
inline const facts::FromContext* taken(const Copies& copies, std::string_view path) {
  const facts::FromContext* found = nullptr;
  for (const facts::FromContext& source : copies) {
    if (source.path == path || !facts::takes(source, path)) continue;
    if (source.copy->stage->shipped) return &source;
    if (found == nullptr) found = &source;
  }
  return found;
}

// "a, b and c", "a, b, c and 7 more".
inline std::string listed(std::span<const std::string_view> names) {
  std::string text(names.front());
  const std::size_t shown = names.size() > 4 ? 3 : names.size();
  for (std::size_t i = 1; i < shown; ++i)
    text += concat({i + 1 == names.size() ? " and " : ", ", names[i]});
  if (names.size() > shown)
    text += concat({" and ", std::to_string(names.size() - shown), " more"});
  return text;
}

// Things of one kind that one source takes.
struct Group {
  const facts::Copy* copy = nullptr;
  const facts::Copy::Source* source = nullptr;
  std::string_view kind{};
  data::Certainty certainty = data::Certainty::maybe;  // the most certain of them
  std::vector<std::string_view> paths{};
};

// In the order of the context's files.
inline std::vector<Group> groups_of(const facts::Context& context, bool secrets) {
  std::vector<Group> groups;
  const Copies copies = facts::sources_from_context(*context.build);
  for (const facts::Unwanted& unwanted : context.files->unwanted) {
    if (unwanted.secret != secrets) continue;
    const facts::FromContext* by = taken(copies, unwanted.path);
    if (by == nullptr) continue;
    auto group = std::ranges::find_if(
        groups, [&](const Group& g) { return g.source == by->source && g.kind == unwanted.kind; });
    if (group == groups.end())
      group =
          groups.insert(groups.end(), {by->copy, by->source, unwanted.kind, unwanted.certainty});
    group->certainty = std::min(group->certainty, unwanted.certainty);
    group->paths.push_back(unwanted.path);
  }
  return groups;
}

// What the ignore file says there.
inline std::string_view written(const facts::Context& context,
                                const parse::ignorefile::DockerPattern& pattern) {
  return context.ignore_source->at(pattern.where);
}

}  // namespace plimsoll::rules::context
