// Reads any bytes as each kind of file that may hold run lines, and lowers what is found: each
// place must lie in the source, each hole in its word.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "facts/runline/run_line.h"
#include "parse/runline/extract/extract.h"

namespace runline = plimsoll::parse::runline;

namespace {

void require(bool condition) {
  if (!condition) __builtin_trap();
}

void check(plimsoll::text::Span span, const plimsoll::text::Source& source) {
  require(span.begin <= span.end && span.end <= source.bytes().size());
}

void check(const runline::Word& word, const plimsoll::text::Source& source) {
  check(word.where, source);
  std::uint32_t behind = 0;
  for (const runline::Hole hole : word.holes) {
    require(hole.begin >= behind && hole.begin < hole.end && hole.end <= word.text.size());
    behind = hole.end;
  }
}

void check(const runline::RunLine& line, const plimsoll::text::Source& source) {
  check(line.where, source);
  check(line.problem_where, source);
  check(line.program, source);
  check(line.verb_word, source);
  check(line.unknown, source);
  check(line.image, source);
  for (const runline::Option& option : line.options) {
    check(option.where, source);
    check(option.value, source);
  }
  for (const runline::Word& word : line.command) check(word, source);
}

}  // namespace

// The first byte chooses the kind of file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static plimsoll::Arena arena;
  arena.clear();
  const auto carrier = static_cast<runline::Carrier>(1 + data[0] % 10);
  const plimsoll::text::Source source(
      "fuzz", std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  const runline::Extraction found = runline::extract(source, 0, carrier, arena);
  for (const runline::RunLine& line : found.lines) {
    check(line, source);
    const plimsoll::facts::RunFacts facts = plimsoll::facts::lower_run_line(line, arena);
    for (const auto& problem : facts.problems) check(problem.where.span, source);
    check(facts.container.image.where.span, source);
    for (const auto& mount : facts.container.mounts.items) check(mount.where.span, source);
    check(facts.container.health_check.value.tool_where.span, source);
  }
  return 0;
}
