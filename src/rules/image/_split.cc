// Two stages in the place of one. What the container has is another thing afterwards, so this is
// never safe, and nothing is proposed where a step is one that the recipe doesn't have.
// Sources: Docker, "Build your Go image", "Multi-stage builds"; Docker, "Containerize a React.js
// application".
#include "rules/image/_split.h"

#include <algorithm>
#include <string_view>

#include "base/concat.h"
#include "data/base_image.h"
#include "rules/edits.h"
#include "rules/image/_base.h"

namespace plimsoll::rules::image {

using facts::Command;
using facts::Stage;
using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

namespace {

using Steps = std::span<const Instruction* const>;

// What stands behind the steps: how the container runs.
struct Ending {
  const Instruction* command = nullptr;     // CMD
  const Instruction* entrypoint = nullptr;  // ENTRYPOINT
};

}  // namespace

static Steps steps_of(const Stage& stage) {
  return stage.instructions.first(end_of_steps(stage));
}

// None: something there counts on what the image has, or runs a shell.
static std::optional<Ending> ending_of(const Stage& stage) {
  Ending ending;
  for (const Instruction* i : stage.instructions.subspan(end_of_steps(stage))) {
    if (i->keyword == Keyword::expose || i->keyword == Keyword::label) continue;
    const Instruction*& place = i->keyword == Keyword::cmd ? ending.command : ending.entrypoint;
    const bool runs = i->keyword == Keyword::cmd || i->keyword == Keyword::entrypoint;
    if (!runs || place != nullptr || !i->exec_form || i->words.empty() || i->broken) return {};
    place = i;
  }
  if (ending.command == nullptr && ending.entrypoint == nullptr) return {};
  return ending;
}

static const facts::Run* run_of_step(const Stage& stage, const Instruction* step) {
  const auto found = std::ranges::find(stage.runs, step, &facts::Run::instruction);
  return found == stage.runs.end() || !is_plain_list(*found) ? nullptr : &*found;
}

static bool calls_only(const facts::Run& run, std::span<const std::string_view> programs) {
  return std::ranges::all_of(run.commands, [&](const Command& c) {
    return c.wrapper.empty() && c.words.front().value == c.name &&
           std::ranges::find(programs, c.name) != programs.end();
  });
}

static const facts::Copy* copy_of_step(const Stage& stage, const Instruction* step) {
  const auto found = std::ranges::find(stage.copies, step, &facts::Copy::instruction);
  const bool plain = found != stage.copies.end() && !found->from.known() && found->from.absent() &&
                     !found->trigger && !found->sources.empty() && step->heredocs.empty();
  return plain ? &*found : nullptr;
}

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

static bool starts_from(const Stage& stage, std::string_view image) {
  using enum data::Family;
  constexpr std::size_t kSteps = 64;  // for each of which all RUNs are looked at
  const facts::Base& root = *stage.root;
  return stage.instructions.size() <= kSteps && stage.base.stage == nullptr && names_image(root) &&
         repository(root) == image && root.facts != nullptr &&
         (root.facts->family == debian || root.facts->family == alpine);
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

namespace {

// `serve -s build -l 8080`
struct Serving {
  std::string folder;
  std::string_view port = "3000";
  bool single = false;  // every path that is no file is the page's own
};

}  // namespace

static bool is_port(std::string_view text) {
  return text.size() == 4 && text.front() != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Source: serve 14, `serve --help`.
static std::optional<Serving> serving(const Instruction& command, const std::string& workdir) {
  std::span<const parse::dockerfile::Word> words = command.words;
  if (words.front().text == "npx") words = words.subspan(1);
  if (words.empty() || words.front().text != "serve") return {};
  Serving result;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (word == "-s" || word == "--single") {
      result.single = true;
    } else if ((word == "-l" || word == "--listen" || word == "-p") && i + 1 < words.size()) {
      result.port = words[++i].text;
    } else if (result.folder.empty() && is_plain_path(word) && !word.starts_with('-')) {
      result.folder = word.starts_with('/') ? std::string(word) : below(workdir, word);
    } else {
      return {};
    }
  }
  if (result.folder.empty() || !is_port(result.port)) return {};
  return result;
}

// Steps that put something together for the site's folder, and `serve` itself beside.
static bool builds_site(const Stage& stage, Workdir& workdir) {
  constexpr std::string_view kPrograms[] = {"npm", "npx", "yarn", "pnpm"};
  bool builds = false;
  for (const Instruction* step : steps_of(stage)) {
    workdir.pass(*step);
    const Keyword keyword = step->keyword;
    if (step->broken || step->trigger != nullptr) return false;
    if (keyword == Keyword::workdir || keyword == Keyword::arg || keyword == Keyword::env) continue;
    if (keyword == Keyword::copy) {
      if (copy_of_step(stage, step) == nullptr) return false;
      continue;
    }
    const facts::Run* run = keyword == Keyword::run ? run_of_step(stage, step) : nullptr;
    if (run == nullptr || !calls_only(*run, kPrograms)) return false;
    builds |= std::ranges::any_of(run->commands, [](const Command& c) { return c.has("build"); });
  }
  return builds;
}

static bool exposes_only(const Stage& stage, std::string_view port) {
  return std::ranges::all_of(stage.ports.items, [&](const facts::Fact<facts::Port>& exposed) {
    return exposed.known() && exposed.value.first == exposed.value.last &&
           std::to_string(exposed.value.first) == port;
  });
}

std::optional<SplitRecipe> static_site_recipe(const Stage& stage) {
  if (!starts_from(stage, "node")) return {};
  const std::optional<Ending> ending = ending_of(stage);
  if (!ending || ending->entrypoint != nullptr) return {};
  Workdir workdir(stage);
  if (!builds_site(stage, workdir) || !workdir.folder()) return {};
  const std::optional<Serving> served = serving(*ending->command, *workdir.folder());
  if (!served || !exposes_only(stage, served->port)) return {};
  const std::string_view otherwise =
      served->single ? "/index.html" : "$uri.html $uri/index.html =404";
  return SplitRecipe{
      .image = "nginxinc/nginx-unprivileged:stable-alpine",
      .lines = concat({"COPY --from=build ", served->folder, " /usr/share/nginx/html\n",
                       "COPY <<'EOF' /etc/nginx/conf.d/default.conf\n"
                       "server {\n"
                       "    listen ",
                       served->port,
                       ";\n"
                       "    root /usr/share/nginx/html;\n"
                       "    location / {\n"
                       "        try_files $uri ",
                       otherwise,
                       ";\n"
                       "    }\n"
                       "}\n"
                       "EOF\n"}),
      .drops_command = true};
}

// One edit from FROM to the last step: what was said of the stage is then said of the two.
static std::optional<Fix> written(const Stage& stage, const SplitRecipe& recipe) {
  const facts::Build& build = *stage.build;
  const Instruction& from = *stage.from;
  const std::string_view line = build.source->at(from.span);
  if (line.find('\n') != std::string_view::npos) return {};
  const std::size_t end_of_line = line.find_last_not_of(" \t") + 1;
  const std::size_t at = end_of_steps(stage);
  const std::uint32_t end = begin_with_comments(*stage.instructions[at]);
  const std::string_view steps = build.source->at({from.span.end, end});
  Fix fix{.safety = Safety::changes_behaviour,
          .title = "build in a stage of its own",
          .edits = {{build.place({from.span.begin, end}),
                     concat({line.substr(0, end_of_line), " AS build", steps, "FROM ", recipe.image,
                             "\n", recipe.lines})}}};
  if (!recipe.drops_command) return fix;
  const auto command = std::ranges::find(stage.instructions, Keyword::cmd,
                                         [](const Instruction* i) { return i->keyword; });
  std::optional<text::Edit> dropped = without_instruction(build, **command);
  if (!dropped) return {};
  fix.edits.push_back(std::move(*dropped));
  return fix;
}

std::optional<Fix> split(const facts::Build& build) {
  // Where lines end with "\r\n" a here-document's lines would, too.
  if (build.stages.size() != 1 || build.target != build.stages.data() ||
      newline_of(*build.source) != "\n" || !build.tree->problems.empty())
    return {};
  const Stage& stage = build.stages.front();
  if (!stage.name.empty() || !stage.from->flags.empty() || stage.from->broken) return {};
  std::optional<SplitRecipe> recipe = go_recipe(stage);
  if (!recipe) recipe = static_site_recipe(stage);
  if (!recipe) return {};
  return written(stage, *recipe);
}

}  // namespace plimsoll::rules::image
