// ARG, ENV and LABEL: what they say, and which variables the instructions behind them see.
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchArg and dispatchEnv.
#include "base/concat.h"
#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

using parse::dockerfile::Expansion;
using parse::dockerfile::Pair;
using State = parse::dockerfile::Variable::State;

const Variable* build_argument(const Lowering& in, std::string_view name) {
  const auto found = std::ranges::find(in.settings.arguments, name, &Variable::name);
  return found == in.settings.arguments.end() || !found->has_text ? nullptr : &*found;
}

std::string_view not_known(const Lowering& in, std::string_view name) {
  return in.arena.copy(concat({"variable ", name, " is not known here"}));
}

// Expands `KEY=value`. The text is there even if it is unknown only because a variable is not set.
Fact<Variable> read_pair(const Lowering& in, const Scope& scope, const Pair& pair) {
  Fact<Variable> fact{.presence = Presence::known, .where = in.build.place(pair.span)};
  fact.value.name = pair.key;
  if (pair.key.find_first_of("$\"'\\`") != std::string_view::npos) {
    const Expansion key = expand(pair.key, in.tree.escape, scope, in.arena);
    if (why_unknown(in, scope, key).empty()) fact.value.name = key.text;
  }
  fact.value.has_text = pair.has_value;
  if (!pair.has_value) return fact;
  const Expansion value = expand(pair.value, in.tree.escape, scope, in.arena);
  if (value.complete && value.error.empty()) fact.value.text = value.text;
  fact.unknown_because = why_unknown(in, scope, value);
  if (!fact.unknown_because.empty()) fact.presence = Presence::unknown;
  return fact;
}

Binding binding_of(const Fact<Variable>& fact, bool environment) {
  Binding binding{.name = fact.value.name, .text = fact.value.text, .environment = environment};
  binding.because = fact.unknown_because;
  binding.state = !fact.known()         ? State::unknown
                  : fact.value.has_text ? State::known
                                        : State::unset;
  return binding;
}

// An ARG's value: --build-arg, else its default, else (in a stage) that of the global ARG.
Fact<Variable> read_argument(const Lowering& in, const Scope& scope, const Pair& pair) {
  Fact<Variable> fact{.presence = Presence::known, .where = in.build.place(pair.span)};
  fact.value = {pair.key, {}, false};
  if (const Variable* given = build_argument(in, pair.key)) {
    fact.value.text = given->text;
    fact.value.has_text = true;
    return fact;
  }
  if (pair.has_value) return read_pair(in, scope, pair);
  if (const Binding* global = in.globals.binding(pair.key)) {
    fact.value.text = global->text;
    fact.value.has_text = true;
    fact.unknown_because = global->because;
  } else if (is_platform_argument(pair.key)) {
    fact.value.has_text = true;
    fact.unknown_because = not_known(in, pair.key);
  }
  if (!fact.unknown_because.empty()) fact.presence = Presence::unknown;
  return fact;
}

}  // namespace

std::string_view why_unknown(const Lowering& in, const Scope& scope, const Expansion& expansion) {
  if (!expansion.error.empty()) return expansion.error;
  if (!expansion.complete) {
    const Binding* binding = scope.binding(expansion.unknown);
    if (binding != nullptr && !binding->because.empty()) return binding->because;
    return not_known(in, expansion.unknown);
  }
  if (expansion.unset.empty()) return {};
  return in.arena.copy(concat({"variable ", expansion.unset, " is not set"}));
}

Fact<std::string_view> expand_fact(const Lowering& in, const Scope& scope, std::string_view word,
                                   text::Span span) {
  const Expansion expansion = expand(word, in.tree.escape, scope, in.arena);
  Fact<std::string_view> fact{.presence = Presence::known, .where = in.build.place(span)};
  fact.unknown_because = why_unknown(in, scope, expansion);
  if (fact.unknown_because.empty()) {
    fact.value = expansion.text;
  } else {
    fact.presence = Presence::unknown;
  }
  return fact;
}

void read_global_arguments(Lowering& in) {
  std::vector<Fact<Variable>>& list = in.scratch.arguments;
  list.clear();
  for (const Instruction& instruction : in.tree.instructions) {
    if (instruction.keyword == Keyword::from) break;
    if (instruction.keyword != Keyword::arg) continue;
    for (const Pair& pair : instruction.pairs) {
      list.push_back(read_argument(in, in.globals, pair));
      in.globals.bind(binding_of(list.back(), false), in.arena);
      if (pair.has_value)
        in.defaults.bind(binding_of(read_pair(in, in.defaults, pair), false), in.arena);
    }
  }
  in.build.global_arguments.items = in.arena.copy(list);
}

void bind_proxies(const Lowering& in, Scope& scope) {
  for (const Variable& given : in.settings.arguments) {
    if (given.has_text && is_proxy_argument(given.name)) {
      scope.bind({.name = given.name, .text = given.text, .state = State::known}, in.arena);
    }
  }
}

void read_arguments(StageReading& reading, const Instruction& instruction) {
  for (const Pair& pair : instruction.pairs) {
    const Fact<Variable> fact = read_argument(reading.in, reading.scope, pair);
    reading.in.scratch.arguments.push_back(fact);
    reading.scope.bind(binding_of(fact, false), reading.in.arena);
  }
}

void read_environment(StageReading& reading, const Instruction& instruction) {
  // All values see what stood before the instruction, so nothing is bound until all are read.
  std::vector<Fact<Variable>>& list = reading.in.scratch.environment;
  const std::size_t first = list.size();
  for (const Pair& pair : instruction.pairs)
    list.push_back(read_pair(reading.in, reading.scope, pair));
  for (std::size_t i = first; i < list.size(); ++i)
    reading.scope.bind(binding_of(list[i], true), reading.in.arena);
}

void read_labels(StageReading& reading, const Instruction& instruction) {
  for (const Pair& pair : instruction.pairs) {
    reading.in.scratch.labels.push_back(read_pair(reading.in, reading.scope, pair));
  }
}

}  // namespace plimsoll::facts
