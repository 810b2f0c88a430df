// What the steps of lowering one Dockerfile share. Private to the room.
#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "facts/build.h"
#include "facts/lower.h"
#include "facts/stages/scope.h"
#include "parse/dockerfile/tree.h"

namespace plimsoll::facts {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

// Lists that grow while something is read, then are copied to the arena; kept for the whole file so
// that their memory is asked for once.
struct Scratch {
  std::vector<Fact<Variable>> environment, arguments, labels;
  std::vector<Fact<Port>> ports;
  std::vector<Fact<std::string_view>> volumes;
  std::vector<Binding> bindings;
  std::vector<std::string_view> texts;
  std::vector<text::Span> spans;
  std::vector<text::Piece> pieces;
  std::vector<Copy::Source> sources;
  std::vector<Command> commands;
  std::vector<struct CommandContext> contexts;
  std::vector<Package> packages;
  std::vector<UnsetUse> unset_uses;

  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

struct Lowering {
  const parse::dockerfile::Tree& tree;
  const BuildSettings& settings;
  Arena& arena;
  Build& build;
  Scratch& scratch;
  Scope globals{Scope::Where::global};
  Scope defaults{Scope::Where::global};  // the same without any --build-arg
  std::span<Stage> stages{};
  std::span<const Binding*> scope_ends{};  // by stage: the newest binding at its end
};

// While one stage is read.
struct StageReading {
  Lowering& in;
  Stage& stage;
  Scope scope;
  bool command_set = false;  // a CMD of this very stage was read
  std::span<Run> runs{};     // with room for all of the stage's
  std::span<Copy> copies{};
  std::size_t run_count = 0, copy_count = 0;
};

template <class T>
std::span<T> make_array(Arena& arena, std::size_t count) {
  if (count == 0) return {};
  // T may well be a pointer. NOLINTNEXTLINE(bugprone-sizeof-expression)
  T* const first = static_cast<T*>(arena.allocate(sizeof(T) * count, alignof(T)));
  std::uninitialized_value_construct_n(first, count);
  return {first, count};
}

inline char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower_case, lower_case);
}

// "a/b/c" -> "c". With `\` too if it is a Windows path's.
inline std::string_view last_component(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

// The word as Docker would expand it here; unknown if that depends on what isn't known or not set.
Fact<std::string_view> expand_fact(const Lowering& in, const Scope& scope, std::string_view word,
                                   text::Span span);

// Why an expansion has no value; empty: it has one.
std::string_view why_unknown(const Lowering& in, const Scope& scope,
                             const parse::dockerfile::Expansion& expansion);

// stages/variables.cc
void read_global_arguments(Lowering& in);
void read_arguments(StageReading& reading, const Instruction& instruction);
void read_environment(StageReading& reading, const Instruction& instruction);
void read_labels(StageReading& reading, const Instruction& instruction);
void bind_proxies(const Lowering& in, Scope& scope);

// stages/base.cc: FROM, and what a stage starts with.
void read_name(Stage& stage);
void read_from(Lowering& in, Stage& stage);
void start_stage(Lowering& in, Stage& stage);

// stages/stage.cc: all instructions of the stage.
void read_stage(Lowering& in, Stage& stage);

// stages/settings.cc: USER, WORKDIR, CMD, ENTRYPOINT, EXPOSE, VOLUME, STOPSIGNAL.
void read_setting(StageReading& reading, const Instruction& instruction);

// stages/health_check.cc
void read_health_check(StageReading& reading, const Instruction& instruction);

// stages/shell.cc
Shell shell_of(std::span<const std::string_view> words, const Instruction* set_by);
Shell default_shell(const Base& root);

// stages/copies.cc
void read_copy(StageReading& reading, const Instruction& instruction, bool trigger);

// stages/unset.cc: before the instruction is read.
void find_unset_uses(StageReading& reading, const Instruction& instruction);

// stages/graph.cc
void sort_names(Lowering& in);  // once all stages have theirs
// The last stage before `before` of that name; null: there is none.
const Stage* find_stage_by_name(const Build& build, std::size_t before, std::string_view name);
// The same, or else the stage of that number.
const Stage* find_stage(const Build& build, std::size_t before, std::string_view name_or_number);
void mark_used(Lowering& in);

}  // namespace plimsoll::facts
