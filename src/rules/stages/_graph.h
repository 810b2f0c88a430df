// What the rules about the order of stages share: which stages an instruction takes files from.
#pragma once
#include <charconv>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"

namespace plimsoll::rules::stages {

using instructions::same_name;

// `COPY --from=…` or `RUN --mount=from=…` as BuildKit takes it, which looks through the whole file:
// facts::Copy::from_stage is an earlier stage only.
struct Need {
  std::string_view written{};
  text::Span span{};
  bool copy = false;
  const facts::Stage* stage = nullptr;  // null: an image, or a number that no stage has
};

// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, findStateByName: the last of that
// name.
inline const facts::Stage* last_of_name(const facts::Build& build, std::string_view name) {
  const auto all = facts::stages_named(build, name);
  return all.empty() ? nullptr : all.back();
}

inline const facts::Stage* stage_of_number(const facts::Build& build, std::string_view digits) {
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} && number < build.stages.size() ? &build.stages[number] : nullptr;
}

template <class Visit>
void for_each_need(const facts::Stage& stage, Visit visit) {
  const facts::Build& build = *stage.build;
  for (const facts::Copy& copy : stage.copies) {
    const parse::dockerfile::Flag* from = copy.instruction->flag("from");
    if (from == nullptr || from->value.empty() || copy.trigger) continue;
    visit(Need{.written = from->value,
               .span = from->value_span,
               .copy = true,
               .stage = is_digits(from->value) ? stage_of_number(build, from->value)
                                               : last_of_name(build, from->value)});
  }
  for (const facts::Run& run : stage.runs) {
    if (run.trigger) continue;
    for (const parse::dockerfile::Mount& mount : run.instruction->mounts)
      for (const parse::dockerfile::MountOption& option : mount.options)
        if (option.key == "from")
          visit(Need{.written = option.value,
                     .span = option.value_span,
                     .stage = last_of_name(build, option.value)});
  }
}

// Does `from` need `wanted`, itself or through other stages?
inline bool needs(const facts::Stage& from, const facts::Stage& wanted) {
  std::vector<bool> seen(from.build->stages.size());
  std::vector<const facts::Stage*> open{&from};
  while (!open.empty()) {
    const facts::Stage* stage = open.back();
    open.pop_back();
    if (stage == &wanted) return true;
    if (seen[stage->index]) continue;
    seen[stage->index] = true;
    if (stage->base.stage != nullptr) open.push_back(stage->base.stage);
    for_each_need(*stage, [&](const Need& need) {
      if (need.stage != nullptr) open.push_back(need.stage);
    });
  }
  return false;
}

inline std::string_view shown_name(const facts::Stage& stage) {
  return stage.name.empty() ? std::string_view("a stage without a name") : stage.name;
}

}  // namespace plimsoll::rules::stages
