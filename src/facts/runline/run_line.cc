// The recipe: what nobody said, then option by option, then what several options decide together,
// then the image under it.
#include "facts/runline/run_line.h"

#include <algorithm>

#include "base/concat.h"
#include "facts/join.h"
#include "facts/runline/reading.h"

namespace plimsoll::facts {
namespace {

template <class Visit>
void for_each_fact(Container& c, Visit visit) {
  const auto all = [&](auto&... facts) { (visit(facts), ...); };
  all(c.user, c.workdir, c.entrypoint, c.command, c.health_check, c.stop_signal, c.privileged,
      c.read_only, c.init, c.oom_kill_disable, c.terminal, c.open_input, c.gpus, c.network_mode,
      c.pid_mode, c.ipc_mode, c.uts_mode, c.user_namespace, c.cgroup_namespace, c.cgroup_parent,
      c.runtime, c.isolation, c.platform, c.pull_policy, c.container_name, c.host_name,
      c.memory_bytes, c.memory_swap_bytes, c.pids, c.cpus, c.oom_score_adjustment, c.restart,
      c.logging, c.removed_at_end, c.engine_socket);
}

template <class Visit>
void for_each_list(Container& c, RunLists& lists, Visit visit) {
  visit(c.environment, lists.environment);
  visit(c.labels, lists.labels);
  visit(c.sysctls, lists.sysctls);
  visit(c.annotations, lists.annotations);
  visit(c.added_capabilities, lists.added);
  visit(c.dropped_capabilities, lists.dropped);
  visit(c.security_options, lists.security_options);
  visit(c.groups, lists.groups);
  visit(c.device_rules, lists.device_rules);
  visit(c.env_files, lists.env_files);
  visit(c.networks, lists.networks);
  visit(c.links, lists.links);
  visit(c.extra_hosts, lists.extra_hosts);
  visit(c.volumes_from, lists.volumes_from);
  visit(c.ports, lists.ports);
  visit(c.published_ports, lists.published);
  visit(c.mounts, lists.mounts);
  visit(c.devices, lists.devices);
  visit(c.ulimits, lists.ulimits);
}

// Options that can't be seen may state anything.
void say_nothing(RunReading& in, text::Place where) {
  const RunLine& line = in.line;
  const bool hidden = !line.complete;
  std::string_view because = "the line was not read to its end";
  if (hidden && !line.unknown.text.empty()) because = in.because(line.unknown);
  for_each_fact(in.container, [&]<class T>(Fact<T>& fact) {
    fact = {.presence = hidden ? Presence::unknown : Presence::absent, .where = where};
    fact.origin = hidden ? Origin::written : Origin::engine_default;
    if (hidden) fact.unknown_because = because;
  });
  for_each_list(in.container, in.lists, [&](auto& list, auto&) {
    list.where = where;
    list.complete = !hidden;
  });
}

void read_option(RunReading& in, const Option& option) {
  for (const std::span<const OptionReader> table :
       {process_options(), storage_options(), networking_options(), resource_options()}) {
    const auto found = std::ranges::lower_bound(table, option.name, {}, &OptionReader::name);
    if (found != table.end() && found->name == option.name) return found->read(in, option);
  }
}

void read_image(RunReading& in) {
  const RunLine& line = in.line;
  Container& c = in.container;
  if (!line.has_image) {
    c.image = {.presence = Presence::unknown, .where = {line.source, line.verb_word.where}};
    c.image.unknown_because = "the line was not read to its end";
    return;
  }
  c.image = {.presence = line.image.known() ? Presence::known : Presence::unknown,
             .value = line.image.text,
             .where = {line.source, line.image.where}};
  if (!line.image.known()) c.image.unknown_because = in.because(line.image);
  if (line.command.empty()) return;
  std::vector<std::string_view> words;
  std::vector<text::Place> places;
  words.reserve(line.command.size());
  places.reserve(line.command.size());
  for (const Word& word : line.command) {
    words.push_back(word.text);
    places.push_back({line.source, word.where});
  }
  const bool known = std::ranges::all_of(line.command, &Word::known);
  c.command = {
      .presence = known ? Presence::known : Presence::unknown,
      .value = {.exec_form = true, .words = in.arena.copy(words)},
      .where = {line.source, {line.command.front().where.begin, line.command.back().where.end}}};
  c.command.value.written = c.command.value.words;
  c.command.value.places = in.arena.copy(places);
  if (!known) c.command.unknown_because = "it holds what only a shell can fill in";
}

void check_conflicts(RunReading& in) {
  const Container& c = in.container;
  if (!c.removed_at_end.known() || !c.removed_at_end.value || !c.restart.known() ||
      c.restart.value.policy == Restart::Policy::no)
    return;
  in.problems.push_back(
      {.where = c.restart.where, .message = "--rm and --restart exclude each other"});
}

}  // namespace

void RunReading::refuse(const Option& option, std::string_view why) {
  problems.push_back(
      {.where = place(option), .message = arena.copy(concat({"--", option.name, " ", why}))});
}

std::string_view RunReading::because(const Word& word) const {
  if (word.known()) return "it can't be known here";
  const parse::runline::Hole hole = word.holes.front();
  return arena.copy(concat(
      {"what ", word.text.substr(hole.begin, hole.end - hole.begin), " holds is not known"}));
}

RunFacts lower_run_line(const RunLine& line, Arena& arena) {
  RunFacts result;
  RunReading in{.line = line, .arena = arena, .container = result.container};
  Container& c = result.container;
  c.kind = ContainerKind::run;
  c.where = {line.source, line.where};
  say_nothing(in, {line.source, line.verb_word.where});
  if (!line.problem.empty())
    in.problems.push_back({{line.source, line.problem_where}, line.problem});
  for (const Option& option : line.options) read_option(in, option);
  read_image(in);
  finish_health_check(in);
  finish_resources(in);
  finish_logging(in);
  check_conflicts(in);
  for_each_list(c, in.lists,
                [&](auto& list, const auto& items) { list.items = arena.copy(items); });
  if (!c.env_files.items.empty()) c.environment.complete = false;
  if (c.container_name.known()) c.name = c.container_name.value;
  lay_over_image(c);
  result.problems = arena.copy(in.problems);
  return result;
}

}  // namespace plimsoll::facts
