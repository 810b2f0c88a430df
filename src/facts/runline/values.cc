// The grammars of options' values: numbers, sizes, lists. Written after what Go's libraries accept,
// which the program reads them with.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>

#include "base/ascii.h"
#include "facts/runline/reading.h"

namespace plimsoll::facts {
namespace {

constexpr std::string_view kTrue[] = {"1", "t", "T", "true", "TRUE", "True"};
constexpr std::string_view kFalse[] = {"0", "f", "F", "false", "FALSE", "False"};

std::optional<double> read_decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The power of 1024 of "k", "kb", "kib"; -1: there is no such unit. Source: docker/go-units
// size.go.
int unit_power(std::string_view unit) {
  if (unit.empty() || unit == "b") return 0;
  const std::size_t power = std::string_view("kmgtp").find(unit[0]);
  if (power == std::string_view::npos) return -1;
  const std::string_view rest = unit.substr(1);
  return rest.empty() || rest == "b" || rest == "ib" ? static_cast<int>(power) + 1 : -1;
}

bool in_hole(const Word& word, std::size_t at) {
  return std::ranges::any_of(
      word.holes, [at](parse::runline::Hole hole) { return at >= hole.begin && at < hole.end; });
}

std::size_t find_outside(const Word& word, char c, std::size_t from) {
  std::size_t at = word.text.find(c, from);
  while (at != std::string_view::npos && in_hole(word, at)) at = word.text.find(c, at + 1);
  return at;
}

}  // namespace

std::optional<bool> read_truth(std::string_view text) {
  if (std::ranges::find(kTrue, text) != std::end(kTrue)) return true;
  if (std::ranges::find(kFalse, text) != std::end(kFalse)) return false;
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> read_bytes(std::string_view text) {
  const std::size_t last = text.find_last_of("0123456789. ");
  if (last == std::string_view::npos) return std::nullopt;
  std::string_view number = text.substr(0, last + 1);
  if (text[last] == ' ') number = text.substr(0, last);
  const int power = unit_power(lower(text.substr(last + 1)));
  const std::optional<double> value = read_decimal(number);
  if (power < 0 || !value || *value < 0) return std::nullopt;
  const double bytes = *value * std::pow(1024.0, power);
  if (!(bytes < 9.2e18)) return std::nullopt;
  return static_cast<std::int64_t>(bytes);
}

// Source: docker/cli opts/opts.go, ParseCPUs: a rational number, whole in billionths.
std::optional<double> read_cpus(std::string_view text) {
  const std::size_t slash = text.find('/');
  std::optional<double> value = read_decimal(text.substr(0, slash));
  if (slash != std::string_view::npos) {
    const std::optional<double> by = read_decimal(text.substr(slash + 1));
    if (!value || !by || *by == 0) return std::nullopt;
    *value /= *by;
  }
  if (!value) return std::nullopt;
  const double nano = *value * 1e9;
  if (std::abs(nano - std::round(nano)) > 1e-3) return std::nullopt;
  return value;
}

// Source: docker/cli opts/parse.go, ParseRestartPolicy.
std::optional<Restart> read_restart(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  Restart restart;
  if (name == "always") {
    restart.policy = Restart::Policy::always;
  } else if (name == "unless-stopped") {
    restart.policy = Restart::Policy::unless_stopped;
  } else if (name == "on-failure") {
    restart.policy = Restart::Policy::on_failure;
  } else if (!name.empty() && name != "no") {
    return std::nullopt;
  }
  if (colon == std::string_view::npos) return restart;
  const std::optional<std::int64_t> attempts = read_integer(text.substr(colon + 1));
  const bool counts = restart.policy == Restart::Policy::on_failure;
  if (!attempts || name.empty() || *attempts < 0 || *attempts > 0x7FFFFFFF ||
      (!counts && *attempts > 0))
    return std::nullopt;
  restart.attempts = static_cast<std::uint32_t>(*attempts);
  return restart;
}

// Source: docker/go-units ulimit.go.
std::optional<Ulimit> read_ulimit(std::string_view text) {
  constexpr std::string_view kNames[] = {"core",    "cpu",      "data",   "fsize",      "locks",
                                         "memlock", "msgqueue", "nice",   "nofile",     "nproc",
                                         "rss",     "rtprio",   "rttime", "sigpending", "stack"};
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Ulimit limit{.name = text.substr(0, equals)};
  if (std::ranges::find(kNames, limit.name) == std::end(kNames)) return std::nullopt;
  const std::string_view rest = text.substr(equals + 1);
  const std::size_t colon = rest.find(':');
  const std::optional<std::int64_t> soft = read_integer(rest.substr(0, colon));
  std::optional<std::int64_t> hard = soft;
  if (colon != std::string_view::npos) hard = read_integer(rest.substr(colon + 1));
  if (!soft || !hard) return std::nullopt;
  if (*hard != -1 && (*soft == -1 || *soft > *hard)) return std::nullopt;
  limit.soft = *soft;
  limit.hard = *hard;
  return limit;
}

// In any case, with or without "CAP_"; but CAP_ALL is no name.
Capability read_capability(std::string_view text, Arena& arena) {
  std::string name(text);
  for (char& c : name) c = upper(c);
  if (name.starts_with("CAP_") && name != "CAP_ALL") name.erase(0, 4);
  return arena.copy(name);
}

std::vector<Word> split(const Word& word, char separator, Arena& arena) {
  std::vector<Word> parts;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = find_outside(word, separator, begin);
    if (end == std::string_view::npos) break;
    parts.push_back(part_of(word, begin, arena, end - begin));
    begin = end + 1;
  }
  parts.push_back(part_of(word, begin, arena));
  return parts;
}

std::optional<std::vector<Word>> split_csv(const Word& word, Arena& arena) {
  if (word.text.find('"') == std::string_view::npos) return split(word, ',', arena);
  std::vector<Word> fields;
  std::size_t at = 0;
  while (true) {
    std::string field;
    const bool quoted = at < word.text.size() && word.text[at] == '"';
    bool open = quoted;
    std::size_t i = at + (quoted ? 1 : 0);
    for (; i < word.text.size(); ++i) {
      const char c = word.text[i];
      if (open && c == '"' && i + 1 < word.text.size() && word.text[i + 1] == '"') {
        field += c;
        ++i;
      } else if (open && c == '"') {
        open = false;
      } else if (c == ',' && !open) {
        break;
      } else if ((c == '"' && !quoted) || (quoted && !open)) {
        return std::nullopt;
      } else {
        field += c;
      }
    }
    if (open) return std::nullopt;
    // A hole in a record with quotes is rare; its field is then unknown as a whole.
    Word part = part_of(word, at, arena, i - at);
    part.text = arena.copy(field);
    if (!part.known()) {
      const std::vector<parse::runline::Hole> whole = {
          {0, static_cast<std::uint32_t>(part.text.size())}};
      part.holes = arena.copy(whole);
    }
    fields.push_back(part);
    if (i >= word.text.size()) return fields;
    at = i + 1;
  }
}

KeyValue split_key(const Word& word, Arena& arena) {
  const std::size_t equals = find_outside(word, '=', 0);
  if (equals == std::string_view::npos) return {.key = word};
  return {.key = part_of(word, 0, arena, equals),
          .value = part_of(word, equals + 1, arena),
          .has_value = true};
}

}  // namespace plimsoll::facts
