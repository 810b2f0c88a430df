// Options that limit what a container may use.
// Source: docker/cli cli/command/container/opts.go; docs.docker.com, "Resource constraints".
#include "facts/runline/reading.h"

namespace plimsoll::facts {
namespace {

constexpr double kDefaultPeriod = 100'000;  // microseconds

template <auto Member>
void bytes_option(RunReading& in, const Option& option) {
  if (!option.value.known()) {
    in.container.*Member = stated(in, option, std::int64_t{0});
    return;
  }
  const std::optional<std::int64_t> bytes = read_bytes(option.value.text);
  if (!bytes) return in.refuse(option, "is no size");
  in.container.*Member = stated(in, option, *bytes);
}

template <auto Member>
void integer_option(RunReading& in, const Option& option) {
  if (!option.value.known()) {
    in.container.*Member = stated(in, option, std::int64_t{0});
    return;
  }
  const std::optional<std::int64_t> value = read_integer(option.value.text);
  if (!value) return in.refuse(option, "is no number");
  in.container.*Member = stated(in, option, *value);
}

void read_memory_swap(RunReading& in, const Option& option) {
  if (option.value.text == "-1") {
    in.container.memory_swap_bytes = stated(in, option, std::int64_t{-1});
    return;
  }
  bytes_option<&Container::memory_swap_bytes>(in, option);
}

void read_cpu_limit(RunReading& in, const Option& option) {
  if (!option.value.known()) {
    in.container.cpus = stated(in, option, 0.0);
    return;
  }
  const std::optional<double> cpus = read_cpus(option.value.text);
  if (!cpus) return in.refuse(option, "is no number of processors");
  in.container.cpus = stated(in, option, *cpus);
}

void read_ulimit_option(RunReading& in, const Option& option) {
  if (!option.value.known()) {
    in.lists.ulimits.push_back(stated(in, option, Ulimit{}));
    return;
  }
  const std::optional<Ulimit> limit = read_ulimit(option.value.text);
  if (!limit) return in.refuse(option, "is no limit of the form name=soft:hard");
  in.lists.ulimits.push_back(stated(in, option, *limit));
}

constexpr OptionReader kResourceOptions[] = {
    {"cpu-period", [](RunReading& in, const Option& o) { in.cpu_period = &o; }},
    {"cpu-quota", [](RunReading& in, const Option& o) { in.cpu_quota = &o; }},
    {"cpus", read_cpu_limit},
    {"memory", bytes_option<&Container::memory_bytes>},
    {"memory-swap", read_memory_swap},
    {"oom-score-adj", integer_option<&Container::oom_score_adjustment>},
    {"pids-limit", integer_option<&Container::pids>},
    {"ulimit", read_ulimit_option},
};

}  // namespace

// A quota is a limit like --cpus, and the engine takes only one of them.
void finish_resources(RunReading& in) {
  if (in.cpu_quota == nullptr) return;
  const Option& option = *in.cpu_quota;
  if (in.container.cpus.known() && in.container.cpus.value > 0)
    return in.refuse(option, "and --cpus exclude each other");
  if (!option.value.known() || (in.cpu_period != nullptr && !in.cpu_period->value.known())) {
    in.container.cpus = stated(in, option, 0.0, false);
    return;
  }
  const std::optional<std::int64_t> quota = read_integer(option.value.text);
  if (!quota) return in.refuse(option, "is no number");
  double period = kDefaultPeriod;
  if (in.cpu_period != nullptr) {
    const std::optional<std::int64_t> stated_period = read_integer(in.cpu_period->value.text);
    if (!stated_period) return in.refuse(*in.cpu_period, "is no number");
    if (*stated_period > 0) period = static_cast<double>(*stated_period);
  }
  if (*quota > 0)
    in.container.cpus = stated(in, option, static_cast<double>(*quota) / period, true);
}

std::span<const OptionReader> resource_options() {
  return kResourceOptions;
}

}  // namespace plimsoll::facts
