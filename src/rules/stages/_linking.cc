// Reads the options of compilers: what they link to is decided by them, by variables, and by what
// the program holds, so that the answer is yes only where all of it is seen.
#include "rules/stages/_linking.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/concat.h"
#include "data/base_image.h"

namespace plimsoll::rules::stages {

using data::Libc;
using facts::Command;
using facts::Stage;

static std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

// Whether a variable is set for the command: in front of it, in its script, or by ENV or ARG. What
// is set in several ways is not known.
enum class Set : std::uint8_t { no, to_one, otherwise };

static Set meaning(bool known, std::string_view value) {
  return known && value == "1" ? Set::to_one : Set::otherwise;
}

static Set setting_of(const Command& command, std::string_view name) {
  for (const parse::shell::Assignment& a : command.assignments)
    if (a.name == name) return meaning(a.value.known, a.value.value);
  const std::string assignment = concat({name, "="});
  for (const parse::shell::Word& word : command.words)
    if (word.known && word.value.starts_with(assignment))  // export, env, go env -w
      return meaning(true, word.value.substr(assignment.size()));
  return Set::no;
}

static Set setting(const Command& command, std::string_view name) {
  if (const Set own = setting_of(command, name); own != Set::no) return own;
  Set set = Set::no;
  for (const Command& other : command.run->commands) set = std::max(set, setting_of(other, name));
  if (set != Set::no) return set;
  const Stage& stage = *command.run->stage;
  for (const auto* list : {&stage.environment, &stage.arguments})
    for (const facts::Fact<facts::Variable>& variable : list->items)
      if (variable.value.name == name)
        set = std::max(set, meaning(variable.known(), variable.value.text));
  return set;
}

static bool sets(const Command& command, std::string_view name) {
  return setting(command, name) != Set::no;
}

// The value of `-o`; empty: not said or unknown.
static std::string_view output_of(const Command& command) {
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    if (!command.words[i].known || !command.words[i].value.starts_with("-o")) continue;
    std::string_view value = command.words[i].value.substr(2);
    if (value.empty())
      return i + 1 < command.words.size() && command.words[i + 1].known ? command.words[i + 1].value
                                                                        : std::string_view{};
    if (value.starts_with('=')) value.remove_prefix(1);
    return value;
  }
  return {};
}

// No word may say otherwise, and all of them are known.
static bool has_none_of(const Command& command, std::initializer_list<std::string_view> parts) {
  return std::ranges::all_of(command.words, [&](const parse::shell::Word& word) {
    return word.known && std::ranges::none_of(parts, [&](std::string_view part) {
             return word.value.find(part) != std::string_view::npos;
           });
  });
}

static bool is_c_compiler(std::string_view name) {
  constexpr std::string_view kNames[] = {"c++", "cc", "clang", "clang++", "g++", "gcc"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

static bool installs(const Stage& stage, std::initializer_list<std::string_view> names) {
  for (const Stage* at = &stage; at != nullptr; at = at->base.stage)
    for (const facts::Run& run : at->runs)
      for (const Command& command : run.commands) {
        if (command.packages == nullptr) continue;
        for (const facts::Package& package : command.packages->packages)
          if (std::ranges::find(names, package.name) != names.end()) return true;
      }
  return false;
}

// With cgo, which is on where there is a C compiler, package net is linked to the C library; and a
// program with a port may well use it. Who switches cgo on by name has code that needs it. Source:
// pkg.go.dev/cmd/cgo; pkg.go.dev/net, "Name Resolution".
static Linking linking_of_go(const Command& command, const Stage& ships) {
  const Set cgo = setting(command, "CGO_ENABLED");
  if (cgo == Set::otherwise || sets(command, "GOFLAGS")) return Linking::unknown;
  if (!has_none_of(command, {"-static", "netgo", "-buildmode"})) return Linking::unknown;
  if (cgo == Set::to_one) return Linking::dynamic;
  const Stage& stage = *command.run->stage;
  const bool compiler = data::has_tool(*stage.root->facts, "gcc") == data::HasTool::yes ||
                        installs(stage, {"gcc", "build-base", "build-essential"});
  // For another architecture cgo is off.
  return compiler && !ships.ports.items.empty() && !sets(command, "GOARCH") ? Linking::likely
                                                                            : Linking::unknown;
}

// Rust for musl is linked statically by itself.
static bool rust_links_dynamically(const Command& command, std::string_view path) {
  return command.run->stage->root->facts->libc == Libc::glibc &&
         path.find("/target/release/") != std::string_view::npos &&
         has_none_of(command, {"--target"}) && !sets(command, "RUSTFLAGS") &&
         !sets(command, "CARGO_BUILD_TARGET") && !sets(command, "CARGO_ENCODED_RUSTFLAGS");
}

static bool c_links_dynamically(const Command& command) {
  return has_none_of(command, {"-static", "-shared", "-nostdlib"}) && !command.has("-c") &&
         !command.has("-S") && !command.has("-E") && !command.has("-r");
}

// The compiler's own default is in force: no variable of the target's platform is near.
bool builds_natively(const Command& command, std::string_view path) {
  for (const Command& other : command.run->commands)
    for (const parse::shell::Word& word : other.words)
      if (word.raw.find("TARGET") != std::string_view::npos) return false;
  const bool named = last_component(output_of(command)) == last_component(path);
  if (is_c_compiler(command.name))
    return named && has_none_of(command, {"-target", "-m32", "-shared", "--sysroot"}) &&
           !command.has("-c") && !command.has("-S") && !command.has("-E");
  if (command.words.size() < 2 || !command.words[1].known || command.words[1].value != "build")
    return false;
  if (command.name == "go") return named && !sets(command, "GOARCH") && !sets(command, "GOFLAGS");
  return command.name == "cargo" && path.find("/target/release/") != std::string_view::npos &&
         has_none_of(command, {"--target", "--config"}) && !sets(command, "CARGO_BUILD_TARGET");
}

Linking linking_of(const Command& command, std::string_view path, const Stage& ships) {
  const bool named = last_component(output_of(command)) == last_component(path);
  if (is_c_compiler(command.name))
    return named && c_links_dynamically(command) ? Linking::dynamic : Linking::unknown;
  if (command.words.size() < 2 || !command.words[1].known || command.words[1].value != "build")
    return Linking::unknown;
  if (command.name == "go" && named) return linking_of_go(command, ships);
  if (command.name == "cargo" && rust_links_dynamically(command, path)) return Linking::dynamic;
  return Linking::unknown;
}

}  // namespace plimsoll::rules::stages
