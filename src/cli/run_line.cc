// A run line written anew: hardened, or as a Compose file.
#include "cli/run_line.h"

#include <unistd.h>

#include <string>

#include "base/arena.h"
#include "base/concat.h"
#include "cli/terminal.h"
#include "facts/runline/as_compose.h"
#include "facts/runline/hardened.h"
#include "facts/runline/run_line.h"
#include "parse/runline/extract/extract.h"

namespace plimsoll::cli {
namespace {

std::string hardened(const text::Source& source, const parse::runline::RunLine& line,
                     const facts::Container& container, Arena& arena) {
  const std::vector<facts::Hardening> missing =
      facts::missing_hardening(line, container, {}, arena);
  std::string out = facts::hardened_line(line, source, missing) + "\n";
  for (const facts::Hardening& one : missing) {
    if (one.note.empty()) continue;
    const bool named = !one.text.empty() && one.option != "env";
    out += concat({"# ", named ? one.text : "", named ? ": " : "", one.note, "\n"});
  }
  return out;
}

// Writes what `make` makes of each run line of the text.
template <class Make>
int print(std::string_view text, Make make) {
  const text::Source source("--run", std::string(text));
  Arena arena;
  const auto found =
      parse::runline::extract(source, 0, parse::runline::Carrier::command_line, arena);
  if (found.lines.empty()) {
    complain("--run: this is no docker run, podman run or nerdctl run");
    return usage;
  }
  DescriptorOutput out(STDOUT_FILENO);
  for (const parse::runline::RunLine& line : found.lines) {
    const facts::RunFacts facts = facts::lower_run_line(line, arena);
    for (const facts::ProjectProblem& problem : facts.problems)
      complain(concat({"--run: ", problem.message}));
    if (!facts.problems.empty()) return usage;
    out.write(make(source, line, facts.container, arena));
  }
  return ok;
}

}  // namespace

int print_hardened(std::string_view line) {
  return print(line, hardened);
}

int print_as_compose(std::string_view line) {
  return print(line, [](const text::Source&, const parse::runline::RunLine& read,
                        const facts::Container& container,
                        Arena&) { return facts::as_compose(read, container); });
}

}  // namespace plimsoll::cli
