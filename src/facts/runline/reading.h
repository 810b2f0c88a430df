// What the steps of lowering one run line share. Private to the folder.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "facts/container.h"
#include "facts/project.h"
#include "parse/runline/parse.h"

namespace plimsoll::facts {

using parse::runline::Option;
using parse::runline::RunLine;
using parse::runline::Word;

// Lists while their options come by.
struct RunLists {
  std::vector<Fact<Variable>> environment, labels, sysctls, annotations;
  std::vector<Fact<Capability>> added, dropped;
  std::vector<Fact<std::string_view>> security_options, groups, device_rules, env_files, networks,
      links, extra_hosts, volumes_from;
  std::vector<Fact<Port>> ports;
  std::vector<Fact<PublishedPort>> published;
  std::vector<Fact<Mount>> mounts;
  std::vector<Fact<Device>> devices;
  std::vector<Fact<Ulimit>> ulimits;
  std::vector<Variable> log_options;
};

struct RunReading {
  const RunLine& line;
  Arena& arena;
  Container& container;
  RunLists lists{};
  std::vector<ProjectProblem> problems{};
  // Options that others decide about.
  const Option* health_command = nullptr;
  const Option* health_detail = nullptr;  // --health-interval and its kin
  const Option* no_health_check = nullptr;
  const Option* cpu_quota = nullptr;
  const Option* cpu_period = nullptr;
  const Option* log_driver = nullptr;
  const Option* log_option = nullptr;
  bool has_network = false;

  [[nodiscard]] text::Place place(const Option& option) const {
    return {line.source, option.where};
  }
  // Why the engine or the program refuses the option: a clause behind its name.
  void refuse(const Option& option, std::string_view why);
  // "what $X holds is not known"
  std::string_view because(const Word& word) const;
};

// A value that is known, or not, in the place of its option.
template <class T>
Fact<T> stated(const RunReading& in, const Option& option, const T& value, bool known) {
  Fact<T> fact{.presence = known ? Presence::known : Presence::unknown,
               .value = value,
               .where = in.place(option)};
  if (!known) fact.unknown_because = in.because(option.value);
  return fact;
}
template <class T>
Fact<T> stated(const RunReading& in, const Option& option, const T& value) {
  return stated(in, option, value, option.value.known());
}

// values.cc: the grammars of values that are known. Nothing: they are refused.
std::optional<bool> read_truth(std::string_view text);  // Go's strconv.ParseBool
std::optional<std::int64_t> read_integer(std::string_view text);
std::optional<std::int64_t> read_bytes(std::string_view text);  // "1.5g", in bytes
std::optional<double> read_cpus(std::string_view text);         // "1.5", ".5", "1/2"
std::optional<Restart> read_restart(std::string_view text);
std::optional<Ulimit> read_ulimit(std::string_view text);
Capability read_capability(std::string_view text, Arena& arena);

// Parts of a word between separators that stand in no hole.
std::vector<Word> split(const Word& word, char separator, Arena& arena);
// A record of Go's encoding/csv. Nothing: a quote stands where none may.
std::optional<std::vector<Word>> split_csv(const Word& word, Arena& arena);
struct KeyValue {
  Word key{}, value{};
  bool has_value = false;  // "readonly" has none
};
KeyValue split_key(const Word& word, Arena& arena);

// What options may hold of a kind, each with its reading: one table a file, asked in turn.
struct OptionReader {
  std::string_view name;
  void (*read)(RunReading&, const Option&);
};
// Options whose text is the fact, and those of which there may be several.
template <auto Member>
void text_option(RunReading& in, const Option& option) {
  in.container.*Member = stated(in, option, option.value.text);
}
template <auto Member>
void list_option(RunReading& in, const Option& option) {
  (in.lists.*Member).push_back(stated(in, option, option.value.text));
}
std::span<const OptionReader> storage_options();     // mounts.cc
std::span<const OptionReader> networking_options();  // ports.cc
std::span<const OptionReader> process_options();     // process.cc
std::span<const OptionReader> resource_options();    // resources.cc

void finish_health_check(RunReading& in);
void finish_resources(RunReading& in);
void finish_logging(RunReading& in);

}  // namespace plimsoll::facts
