// What a service runs: command, entrypoint, and the check of its health.
#include <algorithm>

#include "facts/health.h"
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

// Compose splits a command in one text as a shell would: it is always the exec form.
Fact<Program> program_fact(const ServiceReading& reading, const Node* node) {
  if (!is_stated(node)) return absent_at<Program>(reading.missing);
  return fact_of(reading.arena(), *node, program_of(reading.arena(), *node));
}

// The last `count` texts of a test, before variables were put in.
std::span<const std::string_view> written_of(Arena& arena, const Node& test, std::size_t count) {
  std::vector<std::string_view> written;
  written.reserve(count);
  const std::size_t first = test.items.size() - std::min(count, test.items.size());
  for (std::size_t i = first; i < test.items.size(); ++i) {
    const Node& item = *test.items[i];
    written.push_back(arena.copy(item.raw.empty() ? text_of(item) : std::string_view(item.raw)));
  }
  return arena.copy(written);
}

// `test`: ["CMD", word…], ["CMD-SHELL", script], ["NONE"], or a script in one text.
Fact<HealthCheck> tested(const ServiceReading& reading, const Node& test) {
  Arena& arena = reading.arena();
  std::vector<Written> words;
  words.reserve(test.items.size() + 1);
  for (const Node* item : test.items) words.push_back({arena.copy(text_of(*item)), item->where});
  if (test.is(NodeKind::text)) words.push_back({arena.copy(test.text), test.where});
  HealthTest form = HealthTest::shell;
  if (test.is(NodeKind::list) && !words.empty()) {
    const std::string_view kind = words.front().text;
    if (kind == "NONE") {
      Fact<HealthCheck> fact = fact_of(arena, test, HealthCheck{});
      fact.presence = Presence::removed;
      return fact;
    }
    if (kind == "CMD") form = HealthTest::exec;
    if (kind == "CMD" || kind == "CMD-SHELL") words.erase(words.begin());
  }
  HealthCheck check = health_check_of(form, words, arena);
  check.written = written_of(arena, test, words.size());
  return fact_of(arena, test, check);
}

Fact<HealthCheck> health_check_fact(const ServiceReading& reading, const Node* node) {
  if (!is_stated(node)) return absent_at<HealthCheck>(reading.missing);
  const Node* const disable = node->find("disable");
  if (is_stated(disable) && (disable->unknown() || boolean_of(*disable).value_or(false))) {
    Fact<HealthCheck> fact = fact_of(reading.arena(), *disable, HealthCheck{});
    if (fact.known()) fact.presence = Presence::removed;
    return fact;
  }
  // Without a test of its own it only sets the times of the image's.
  const Node* const test = node->find("test");
  const bool tests = is_stated(test) && !(test->is(NodeKind::list) && test->items.empty());
  return tests ? tested(reading, *test) : absent_at<HealthCheck>(node->where);
}

}  // namespace

void read_programs(const ServiceReading& reading) {
  Container& c = reading.container;
  c.command = program_fact(reading, reading.find("command"));
  c.entrypoint = program_fact(reading, reading.find("entrypoint"));
  c.health_check = health_check_fact(reading, reading.find("healthcheck"));

  // Source: moby daemon/commit.go, merge: an empty list for a command leaves the image's, one for
  // an entrypoint takes the image's away.
  if (c.command.known() && c.command.value.words.empty()) c.command.presence = Presence::absent;
  if (c.entrypoint.known() && c.entrypoint.value.words.empty())
    c.entrypoint.presence = Presence::removed;
}

}  // namespace plimsoll::facts
