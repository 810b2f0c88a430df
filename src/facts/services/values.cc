// Turns nodes of the model into values and facts: whatever form they came in, and whether anybody
// knows them.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

Step::Kind kind_of(parse::compose::Step::Kind kind) {
  using From = parse::compose::Step::Kind;
  switch (kind) {
    case From::include:
      return Step::Kind::include;
    case From::extends:
      return Step::Kind::extends;
    case From::overrides:
      return Step::Kind::overrides;
    case From::anchor:
      return Step::Kind::anchor;
    case From::merge_key:
      return Step::Kind::merge_key;
    case From::variable:
      return Step::Kind::variable;
  }
  return Step::Kind::include;
}

// A port or mount has two levels, deploy.resources four; nothing that is one fact has more.
constexpr int kDeepestPart = 4;

const Node* unknown_part(const Node& node, int depth) {
  if (node.unknown()) return &node;
  if (depth == 0) return nullptr;
  for (const Node* item : node.items)
    if (const Node* part = unknown_part(*item, depth - 1)) return part;
  for (const parse::compose::Member& member : node.members)
    if (const Node* part = unknown_part(*member.value, depth - 1)) return part;
  return nullptr;
}

template <class T>
Fact<T> stated_or_absent(const ServiceReading& reading, const Node* node,
                         std::optional<T> (*read)(const Node&)) {
  if (!is_stated(node)) return absent_at<T>(reading.missing);
  return fact_of<T>(reading.arena(), *node, read(*node));
}

}  // namespace

bool is_stated(const Node* node) {
  return node != nullptr && node->written && !node->is(NodeKind::null);
}

const Node* find_path(const Node& node, std::initializer_list<std::string_view> keys) {
  const Node* at = &node;
  for (const std::string_view key : keys) {
    at = at->find(key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

const Node* unknown_part(const Node& node) {
  return unknown_part(node, kDeepestPart);
}

std::span<const Step> steps_of(Arena& arena, const Node& node) {
  std::vector<Step> steps;
  steps.reserve(node.via.size());
  for (const parse::compose::Step& step : node.via)
    steps.push_back({kind_of(step.kind), step.where});
  return arena.copy(steps);
}

std::string_view text_of(const Node& node) {
  const bool scalar =
      !node.is(NodeKind::null) && !node.is(NodeKind::list) && !node.is(NodeKind::map);
  return scalar ? std::string_view(node.text) : std::string_view{};
}

std::string_view text_of(const Node* node) {
  return node != nullptr ? text_of(*node) : std::string_view{};
}

std::optional<bool> boolean_of(const Node& node) {
  if (node.is(NodeKind::boolean)) return node.boolean;
  if (!node.is(NodeKind::text)) return std::nullopt;
  const std::string text = lower(node.text);
  for (const std::string_view yes : {"true", "yes", "y", "on"})
    if (text == yes) return true;
  for (const std::string_view no : {"false", "no", "n", "off"})
    if (text == no) return false;
  return std::nullopt;
}

std::optional<double> number_of(const Node& node) {
  if (node.is(NodeKind::integer)) return static_cast<double>(node.integer);
  if (node.is(NodeKind::real)) return node.real;
  if (!node.is(NodeKind::text) || node.text.empty()) return std::nullopt;
  double value = 0;
  const char* const end = node.text.data() + node.text.size();
  const std::from_chars_result read = std::from_chars(node.text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> integer_of(const Node& node) {
  if (node.is(NodeKind::integer)) return node.integer;
  const std::optional<double> number = number_of(node);
  if (!number || std::abs(*number) >= 9e18) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::optional<std::int64_t> bytes_of(const Node& node) {
  if (const std::optional<std::int64_t> plain = integer_of(node)) return plain;
  if (!node.is(NodeKind::text)) return std::nullopt;
  double value = 0;
  const char* const end = node.text.data() + node.text.size();
  const std::from_chars_result read = std::from_chars(node.text.data(), end, value);
  if (read.ec != std::errc{} || !std::isfinite(value)) return std::nullopt;
  const std::string unit = lower(std::string_view(read.ptr, end));
  const std::size_t start = std::min(unit.find_first_not_of(' '), unit.size());
  const std::string_view rest = std::string_view(unit).substr(start);
  if (rest == "b") return static_cast<std::int64_t>(value);
  constexpr std::string_view kLetters = "kmgtp";
  const std::size_t power = rest.empty() ? std::string_view::npos : kLetters.find(rest[0]);
  if (power == std::string_view::npos) return std::nullopt;
  const std::string_view tail = rest.substr(1);
  if (!tail.empty() && tail != "b" && tail != "ib") return std::nullopt;
  value = std::ldexp(value, static_cast<int>(power + 1) * 10);
  if (std::abs(value) >= 9e18) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::string_view absolute_path(Arena& arena, std::string_view base, std::string_view path) {
  if (!path.starts_with('/') && !base.starts_with('/')) return {};
  std::string result;
  for (std::string_view rest : {path.starts_with('/') ? std::string_view{} : base, path}) {
    while (!rest.empty()) {
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      const std::string_view part = rest.substr(0, slash);
      rest.remove_prefix(std::min(slash + 1, rest.size()));
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        result.resize(result.empty() ? 0 : result.rfind('/'));
      } else {
        result += concat({"/", part});
      }
    }
  }
  return result.empty() ? "/" : arena.copy(result);
}

Fact<std::string_view> text_fact(const ServiceReading& reading, const Node* node) {
  if (!is_stated(node)) return absent_at<std::string_view>(reading.missing);
  Fact<std::string_view> fact =
      fact_of<std::string_view>(reading.arena(), *node, reading.arena().copy(text_of(*node)));
  // An empty text says nothing to the engine, the image's own holds; but here it could stand.
  if (fact.known() && fact.value.empty()) fact.presence = Presence::absent;
  return fact;
}

Fact<bool> boolean_fact(const ServiceReading& reading, const Node* node) {
  return stated_or_absent<bool>(reading, node, boolean_of);
}

Fact<std::int64_t> integer_fact(const ServiceReading& reading, const Node* node) {
  return stated_or_absent<std::int64_t>(reading, node, integer_of);
}

Fact<std::int64_t> bytes_fact(const ServiceReading& reading, const Node* node) {
  return stated_or_absent<std::int64_t>(reading, node, bytes_of);
}

}  // namespace plimsoll::facts
