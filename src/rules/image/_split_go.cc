// Source: Docker, "Build your Go image", "Multi-stage builds".
#include <algorithm>
#include <iterator>

#include "base/concat.h"
#include "rules/edits.h"
#include "rules/image/_split.h"
#include "rules/image/_split_steps.h"

namespace plimsoll::rules::image {

using facts::Command;
using facts::Stage;
using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

static bool is_go_source(const facts::Copy::Source& source) {
  if (!source.path.known() || source.url || source.git || source.archive) return false;
  std::string_view path = source.path.value;
  if (path.starts_with("./")) path.remove_prefix(2);
  while (path.ends_with('/')) path.remove_suffix(1);
  // Folders that Go projects keep packages in, by habit.
  constexpr std::string_view kNames[] = {"cmd",      "go.*", "go.mod", "go.sum",
                                         "internal", "pkg",  "vendor"};
  return path.ends_with(".go") || std::ranges::find(kNames, path) != std::end(kNames);
}

static bool is_set_to_no_cgo(const Command& command) {
  const bool here = std::ranges::any_of(command.assignments, [](const parse::shell::Assignment& a) {
    return a.name == "CGO_ENABLED" && a.value.known && a.value.value == "0";
  });
  return here ||
         std::ranges::any_of(
             command.run->stage->environment.items, [&](const facts::Fact<facts::Variable>& v) {
               return v.value.name == "CGO_ENABLED" && v.known() && v.value.text == "0" &&
                      v.where.span.begin < command.run->instruction->span.begin;
             });
}

// Where `go build` puts its program; empty: that isn't surely one file, or not linked statically.
static std::string built_program(const Command& command, const std::optional<std::string>& folder) {
  const std::string_view output = command.option("-o", "");
  const bool several = std::ranges::any_of(command.words, [](const parse::shell::Word& word) {
    return !word.known || word.value.find("...") != std::string_view::npos;
  });
  if (several || !is_plain_path(output) || output.ends_with('/') || !is_set_to_no_cgo(command))
    return {};
  if (output.starts_with('/')) return std::string(output);
  return folder ? below(*folder, output) : std::string();
}

// Of the one `go build` among steps that do nothing that a program would need when it runs.
static std::string program_of_steps(const Stage& stage, Workdir& workdir) {
  constexpr std::string_view kPrograms[] = {"go"};
  std::string program;
  for (const Instruction* step : steps_of(stage)) {
    workdir.pass(*step);
    if (step->broken || step->trigger != nullptr) return {};
    if (step->keyword == Keyword::workdir || step->keyword == Keyword::arg) continue;
    if (step->keyword == Keyword::env &&
        std::ranges::all_of(step->pairs, [](const parse::dockerfile::Pair& pair) {
          return pair.key.starts_with("GO") || pair.key.starts_with("CGO_");
        }))
      continue;
    if (step->keyword == Keyword::copy) {
      const facts::Copy* copy = copy_of_step(stage, step);
      if (copy == nullptr || !std::ranges::all_of(copy->sources, is_go_source)) return {};
      continue;
    }
    const facts::Run* run = step->keyword == Keyword::run ? run_of_step(stage, step) : nullptr;
    if (run == nullptr || !calls_only(*run, kPrograms)) return {};
    for (const Command& command : run->commands) {
      if (command.words.size() < 2 || command.words[1].value != "build") continue;
      if (!program.empty()) return {};
      program = built_program(command, workdir.folder());
      if (program.empty()) return {};
    }
  }
  return program;
}

// `/app`, `./app`; nothing that follows may name a file.
static bool starts_program(const Ending& ending, std::string_view program,
                           const std::string& folder) {
  const Instruction& first = ending.entrypoint != nullptr ? *ending.entrypoint : *ending.command;
  const std::string_view called = first.words.front().text;
  const std::string path = called.starts_with("./") ? below(folder, called) : std::string(called);
  if (path != program) return false;
  const auto is_plain_argument = [](const parse::dockerfile::Word& word) {
    return word.text.find_first_of("/.$") == std::string_view::npos;
  };
  const bool plain = std::ranges::all_of(first.words.subspan(1), is_plain_argument);
  const bool more = ending.entrypoint != nullptr && ending.command != nullptr;
  return plain && (!more || std::ranges::all_of(ending.command->words, is_plain_argument));
}

static bool listens_low(const Stage& stage) {
  return std::ranges::any_of(stage.ports.items, [](const facts::Fact<facts::Port>& port) {
    return !port.known() || port.value.first < 1024;
  });
}

std::optional<SplitRecipe> go_recipe(const Stage& stage) {
  if (!starts_from(stage, "golang") || listens_low(stage)) return {};
  const std::optional<Ending> ending = ending_of(stage);
  if (!ending) return {};
  Workdir workdir(stage);
  const std::string program = program_of_steps(stage, workdir);
  if (program.empty() || !workdir.folder() || !starts_program(*ending, program, *workdir.folder()))
    return {};
  const std::string& folder = *workdir.folder();
  const std::string workdir_line = folder == "/" ? "" : concat({"WORKDIR ", folder, "\n"});
  return SplitRecipe{
      .image = "gcr.io/distroless/static-debian13:nonroot",
      .lines = concat({workdir_line, "COPY --from=build ", program, " ", program, "\n"})};
}

}  // namespace plimsoll::rules::image
