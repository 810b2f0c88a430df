// Finds the run lines of a text for a test, and prints one so that a test can state it in a line.
#pragma once
#include <string>
#include <string_view>

#include "base/arena.h"
#include "parse/runline/extract/extract.h"

namespace plimsoll::test {

namespace runline = parse::runline;

class RunLines {
 public:
  explicit RunLines(std::string_view text,
                    runline::Carrier carrier = runline::Carrier::command_line)
      : source("line", std::string(text)) {
    lines = runline::extract(source, 7, carrier, arena).lines;
  }
  RunLines(const RunLines&) = delete;
  RunLines& operator=(const RunLines&) = delete;

  std::string_view at(text::Span span) const { return source.at(span); }

  // "run [memory=1g privileged=true] image [words]", with "…" where something can't be known and
  // "! why" behind a line that is refused.
  static std::string print(const runline::RunLine& line) {
    std::string out = line.verb == runline::Verb::run ? "run [" : "create [";
    for (const runline::Option& option : line.options) {
      if (out.back() != '[') out += ' ';
      out += std::string(option.name) + "=" + std::string(option.value.text);
    }
    out += "]";
    if (!line.complete) out += " …";
    if (line.has_image) out += " " + std::string(line.image.text) + " [";
    for (const runline::Word& word : line.command) {
      if (out.back() != '[') out += ' ';
      out += word.text;
    }
    if (line.has_image) out += "]";
    if (!line.problem.empty()) out += " ! " + std::string(line.problem);
    return out;
  }

  std::string print() const {
    std::string out;
    for (const runline::RunLine& line : lines) out += (out.empty() ? "" : "\n") + print(line);
    return out;
  }

  text::Source source;
  Arena arena;
  std::span<const runline::RunLine> lines;
};

inline std::string print_run_lines(std::string_view text,
                                   runline::Carrier carrier = runline::Carrier::command_line) {
  return RunLines(text, carrier).print();
}

}  // namespace plimsoll::test
