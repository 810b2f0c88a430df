// How `cd` at the beginning of RUNs becomes WORKDIR, where both say the same.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"
#include "rules/system_folders.h"

namespace plimsoll::rules::commands {

inline bool changes_folder(const facts::Command& command) {
  return command.name == "cd";
}

// The folder of a RUN that begins with `cd /folder && …` and changes it nowhere else: where WORKDIR
// says the same. Empty: it is not that simple.
inline std::string_view leading_folder(const facts::Run& run) {
  if (run.script == nullptr || !run.understood || run.trigger || run.instruction->exec_form ||
      run.instruction->broken || !run.instruction->heredocs.empty() || has_ambiguous_job(run))
    return {};
  const parse::shell::List& list = run.script->list;
  if (!run.script->problems.empty() || list.background || list.items.size() < 2 ||
      list.items[1].join != parse::shell::Join::and_ || list.items[1].pipeline.negated ||
      list.items[0].pipeline.negated || list.items[0].pipeline.commands.size() != 1)
    return {};
  const parse::shell::Command& cd = list.items[0].pipeline.commands[0];
  if (cd.words.size() != 2 || cd.words[0].raw != "cd" || !cd.assignments.empty() ||
      !cd.redirects.empty())
    return {};
  const std::string_view folder = cd.words[1].raw;
  // `cd /a && b &` is a job of its own; OLDPWD is the folder before.
  const bool simple = std::ranges::none_of(list.items,
                                           [](const parse::shell::Item& i) {
                                             return i.join == parse::shell::Join::background;
                                           }) &&
                      std::ranges::count_if(run.commands, changes_folder) == 1 &&
                      list.raw.find("OLDPWD") == std::string_view::npos;
  const bool stated = folder.starts_with('/') && is_plain_path(folder) &&
                      !is_system_folder(folder, false);  // another finding
  return simple && stated ? folder : std::string_view{};
}

// Instructions that don't ask which folder is current where they stand.
inline bool asks_folder(const parse::dockerfile::Instruction& i) {
  using parse::dockerfile::Keyword;
  constexpr Keyword kAsking[] = {Keyword::onbuild, Keyword::run, Keyword::workdir,
                                 Keyword::unknown};
  if (i.keyword == Keyword::copy || i.keyword == Keyword::add)
    return i.words.empty() || !i.words.back().text.starts_with('/');
  return std::ranges::find(kAsking, i.keyword) != std::end(kAsking);
}

// RUNs in a row that each begin with a `cd`, and the folders that have to be stated for them. What
// stands behind them begins in the folder that was current before.
class Group {
 public:
  explicit Group(const facts::Stage& stage) : build_(*stage.build) {}

  void add(const facts::Run& run, std::string_view folder, std::string_view current) {
    const parse::shell::List& list = run.script->list;
    const facts::Command& any = run.commands.front();
    const text::Span cd{any.place(list.raw).span.begin,
                        any.place(list.items[1].pipeline.commands[0].raw).span.begin};
    possible_ &= build_.source->at(cd).find('#') == std::string_view::npos;
    if (last_ == nullptr) before_ = std::string(current);
    if (folder != (last_ == nullptr ? current : folder_))
      fix_.edits.push_back(line_before(build_, *run.instruction, concat({"WORKDIR ", folder})));
    fix_.edits.push_back({build_.place(cd), ""});
    folder_ = std::string(folder);
    last_ = run.instruction;
  }
  [[nodiscard]] bool empty() const { return last_ == nullptr; }

  // `asked`: something behind it begins in the current folder.
  std::optional<Fix> close(bool asked) {
    if (asked && folder_ != before_) {
      std::optional<text::Edit> back = line_behind(build_, *last_, concat({"WORKDIR ", before_}));
      if (before_.empty() || !back) return {};
      fix_.edits.push_back(std::move(*back));
    }
    return possible_ ? std::optional(std::move(fix_)) : std::nullopt;
  }

 private:
  const facts::Build& build_;
  const parse::dockerfile::Instruction* last_ = nullptr;
  std::string folder_, before_;
  Fix fix_{.title = "write WORKDIR"};
  bool possible_ = true;
};

}  // namespace plimsoll::rules::commands
