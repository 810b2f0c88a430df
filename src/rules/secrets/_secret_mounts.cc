// Secrets that a build is given by ARG or ENV, handed by a mount to the RUNs that read them.
// Source: Docker, "Build secrets"; Dockerfile reference, "RUN --mount=type=secret".
#include "rules/secrets/_secret_mounts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "rules/edits.h"

namespace plimsoll::rules::secrets {

using facts::Stage;
using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
using parse::dockerfile::Pair;

std::size_t uses(std::string_view text, std::string_view name) {
  std::size_t count = 0;
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const std::size_t end = at + name.size();
    const char next = end < text.size() ? text[end] : ' ';
    if (!is_word_char(next) && (before.ends_with('$') || before.ends_with("${"))) ++count;
  }
  return count;
}

namespace {

struct Setting {
  const Instruction* instruction;
  const Pair* pair;
};

// Who sets a variable in one stage, and who reads it.
class Flow {
 public:
  Flow(const facts::Build& build, const Stage& stage, std::string_view name)
      : build_(build), stage_(stage), name_(name) {}

  // False: something but a RUN of the stage reads it, or its value is put together of others.
  bool follow() {
    for (const Stage& stage : build_.stages)
      for (const Instruction* i : stage.instructions)
        if (!visit(stage, *i)) return false;
    constexpr std::size_t kReaders = 8;
    return !settings_.empty() && !readers_.empty() && readers_.size() <= kReaders;
  }

  [[nodiscard]] std::optional<std::vector<text::Edit>> edits() const {
    std::vector<text::Edit> result;
    for (const Setting& setting : settings_) {
      std::optional<text::Edit> edit = without_pair(build_, *setting.instruction, *setting.pair);
      if (!edit) return {};
      result.push_back(std::move(*edit));
    }
    for (const facts::Run* run : readers_)
      result.push_back(inserted(build_, run->instruction->keyword_span.end,
                                concat({" --mount=type=secret,id=", name_, ",env=", name_})));
    return result;
  }

 private:
  bool visit(const Stage& stage, const Instruction& i) {
    // Here-documents stand in the file alone.
    std::size_t count = uses(build_.source->at(i.span), name_);
    const bool sets = i.keyword == Keyword::arg || i.keyword == Keyword::env;
    if (sets && &stage == &stage_)
      for (const Pair& pair : i.pairs) {
        if (pair.key != name_) continue;
        const std::size_t own = uses(pair.value, name_);
        if (own != 0 && pair.value != concat({"$", name_}) &&
            pair.value != concat({"${", name_, "}"}))
          return false;
        if (own == 0 && pair.value.find('$') != std::string_view::npos) return false;
        if (!readers_.empty() || i.broken) return false;  // read before, so set elsewhere too
        count -= std::min(own, count);
        settings_.push_back({&i, &pair});
      }
    if (count == 0) return true;
    const auto run = std::ranges::find(stage.runs, &i, &facts::Run::instruction);
    if (&stage != &stage_ || settings_.empty() || run == stage.runs.end() ||
        run->script == nullptr || !i.heredocs.empty() || i.broken)
      return false;
    readers_.push_back(&*run);
    return true;
  }

  const facts::Build& build_;
  const Stage& stage_;
  std::string_view name_;
  std::vector<Setting> settings_;
  std::vector<const facts::Run*> readers_;
};

}  // namespace

std::optional<Fix> mounted(const facts::Build& build, const Instruction& instruction,
                           const Pair& pair) {
  constexpr unsigned kMinor = 10;  // 1.10 has env=
  // The services that give it would have to hand over a secret in its place: see
  // _build_secrets.cc.
  const auto& given = build.by_services.given;
  if (std::ranges::find(given, pair.key) != given.end()) return {};
  if (!frontend_has(build, kMinor) || pair.key.empty() || !is_plain_path(pair.key)) return {};
  for (const Stage& stage : build.stages) {
    if (instruction_at(stage, instruction.span.begin) != &instruction) continue;
    Flow flow(build, stage, pair.key);
    if (!flow.follow()) return {};
    std::optional<std::vector<text::Edit>> edits = flow.edits();
    if (!edits) return {};
    return Fix{.safety = Safety::changes_behaviour,
               .title = concat({"mount the secret ", pair.key, " for the RUN that reads it"}),
               .edits = std::move(*edits)};
  }
  return {};
}

std::optional<Fix> mounted(const facts::Build& build, text::Place where) {
  for (const Stage& stage : build.stages) {
    const Instruction* instruction = instruction_at(stage, where.span.begin);
    if (instruction == nullptr) continue;
    for (const Pair& pair : instruction->pairs)
      if (pair.span.begin <= where.span.begin && where.span.begin < pair.span.end)
        return mounted(build, *instruction, pair);
  }
  return {};
}

}  // namespace plimsoll::rules::secrets
