// What a Dockerfile builds: its stages, how they depend on each other, and what each of them holds.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "facts/command.h"
#include "facts/container.h"
#include "facts/fact.h"
#include "facts/settings.h"
#include "parse/dockerfile/tree.h"
#include "parse/imageref/imageref.h"
#include "text/source.h"

namespace plimsoll::facts {

enum class ShellKind : std::uint8_t { posix, bash, other_posix, powershell, cmd, unknown };

// The program that runs shell-form instructions.
struct Shell {
  ShellKind kind = ShellKind::posix;
  std::span<const std::string_view> words{};  // ["/bin/sh", "-c"] unless SHELL says otherwise
  const parse::dockerfile::Instruction* set_by = nullptr;  // null: the default, or the base image's
  bool pipefail = false;  // -o pipefail (or -eo, -euxo … pipefail)
};

// One RUN (also as a trigger of ONBUILD), with the commands that it runs.
struct Run {
  const parse::dockerfile::Instruction* instruction = nullptr;  // of RUN itself
  const struct Stage* stage = nullptr;
  bool trigger = false;  // of ONBUILD
  Shell shell{};         // in force here; a shebang of a here-document body counts
  // Null: exec form, or a shell that is not POSIX-like. `["bash", "-c", "script"]` has the script
  // of its last word, and its own words are the shell in force.
  const parse::shell::Script* script = nullptr;
  // Simple commands with a name in source order: those in compound commands, functions, $(…) and
  // `bash -c '…'` too; behind a wrapper (`sudo …`) stands the command that it runs, as one more.
  // Assignments alone are none.
  std::span<const Command> commands{};
  bool understood = false;  // every part was read: absence of a command means something
  bool has_pipe = false;    // some pipeline has two commands or more
};

// COPY or ADD (also as a trigger of ONBUILD).
struct Copy {
  const parse::dockerfile::Instruction* instruction = nullptr;
  const struct Stage* stage = nullptr;
  bool add = false, trigger = false;
  struct Source {
    Fact<std::string_view> path{};  // after expansion; for a here-document its name
    bool heredoc = false, url = false, git = false, archive = false;  // by its form
  };
  std::span<const Source> sources{};
  Fact<std::string_view> destination{};
  Fact<std::string_view> from{};             // --from as written, after expansion
  const struct Stage* from_stage = nullptr;  // the earlier stage that it names
  Fact<std::string_view> chown{}, chmod{};
};

// What a FROM names.
struct Base {
  Fact<std::string_view>
      reference{};  // after expansion with the defaults of global ARGs and --build-arg
  parse::imageref::Reference parts{};   // of a known reference that is an image
  const struct Stage* stage = nullptr;  // an earlier stage of this file
  bool scratch = false;
  bool uses_variable = false;  // the text written has a $
  const data::BaseImage* facts =
      nullptr;  // what is known of that image; null: never seen, a stage, scratch
  const parse::dockerfile::Flag* platform = nullptr;
  text::Span span{};  // the image's word
  // Variables of the image's word and of --platform that no ARG above the first FROM declares: no
  // --build-arg sets them.
  std::span<const std::string_view> undeclared{};
  // The reference without any --build-arg; an ARG without a default is empty, as Docker has it.
  Fact<std::string_view> by_default{};
};

// A variable without a default, where neither ARG nor ENV of the stage or of those that it is built
// from stands in front. The base image may still define it. PATH and proxies always have a value.
struct UnsetUse {
  std::string_view name{};
  text::Place where{};  // `$NAME` or `${NAME…}`
  const parse::dockerfile::Instruction* instruction = nullptr;
  const parse::dockerfile::Pair* pair = nullptr;  // of ENV, LABEL, ARG: the one that holds it
};

struct Stage {
  const struct Build* build = nullptr;
  std::uint32_t index = 0;
  std::string_view name{};  // as written; empty: none
  text::Span name_span{};
  const parse::dockerfile::Instruction* from = nullptr;
  Base base{};
  const Base* root =
      nullptr;  // base of the first stage of its chain: the image that it really starts from
  bool shipped = false;  // the target, or a stage that it is built FROM
  bool is_base = false;  // another stage is built FROM it
  bool used = false;     // shipped, or the target needs it through COPY --from or a mount
  std::span<const parse::dockerfile::Instruction* const>
      instructions{};  // behind FROM, ONBUILD's triggers not unfolded
  std::span<const Run> runs{};
  std::span<const Copy> copies{};
  std::span<const UnsetUse> unset_uses{};  // in source order

  // At the end of the stage, its chain of parent stages included, base image's facts where known.
  // What only an image can say and that image was never seen is unknown; absent: nobody, the image
  // included, said anything. Variables keep their name when their value is unknown.
  Fact<std::string_view> user{}, workdir{}, stop_signal{};
  Fact<Program> entrypoint{}, command{};
  Fact<HealthCheck> health_check{};
  FactList<Variable> environment{}, arguments{}, labels{};
  FactList<Port> ports{};
  FactList<std::string_view> volumes{};
  Shell shell{};
};

// What Compose services make of a Dockerfile: a fix that concerns them is for their project to say.
struct ByServices {
  std::uint32_t count = 0;                    // services that build it
  bool in_several_ways = false;               // for different targets, arguments or contexts
  std::span<const std::string_view> given{};  // names of arguments that some of them give
};

struct Build {
  std::uint32_t source_number = 0;  // of the Dockerfile in the run
  const text::Source* source = nullptr;
  const parse::dockerfile::Tree* tree = nullptr;
  FactList<Variable> global_arguments{};  // ARGs before the first FROM
  std::span<const Stage> stages{};
  // Those with a name, by that in lower case and then by place: FROM and COPY take the last one.
  std::span<const Stage* const> named{};
  const Stage* target =
      nullptr;              // what is shipped: --target, else the last stage; null: there is none
  std::uint32_t today = 0;  // yyyymmdd, for dated facts
  const Settings* settings = &no_settings();  // never null
  ByServices by_services{};                   // none while a service is judged

  std::string_view
      unjudged{};  // why nothing is said of the file (see why_unjudged); empty: it is judged

  [[nodiscard]] text::Place place(text::Span span) const { return {source_number, span}; }
};

// All stages of that name, in any case, in the file's order.
std::span<const Stage* const> stages_named(const Build& build, std::string_view name);

}  // namespace plimsoll::facts
