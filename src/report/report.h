// Tells a verdict in one of the formats. One file a format.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "engine/verdict.h"
#include "rules/rule.h"

namespace plimsoll::fix {
struct Outcome;
}

namespace plimsoll::report {

// Takes the bytes of a report as they are made, so that a large report is never held in memory as a
// whole.
class Output {
 public:
  virtual void write(std::string_view bytes) = 0;

 protected:
  ~Output() = default;
};

struct Options {
  std::string_view command = "check";
  bool colour = false;  // ANSI colours and hyperlinks (text)
  bool unicode =
      true;  // lines and marks of our own beyond ASCII (text); what is quoted stays as it is
  bool show_suppressed = false;  // suppressed findings are told too
  bool checklist_only = false;   // the checklist in the place of the findings (text, JSON)
  bool quiet = false;            // text: no code frames and help, findings and summary only
  std::uint32_t width = 100;     // of the terminal, in columns (text)
  // Text: what to say where nothing was found to judge, e.g. "No Dockerfile found in ."; empty: say
  // what was clean.
  std::string_view nothing_judged{};
  // JSON of `plimsoll fix`: what became of each fix, and the diff if nothing was written.
  const fix::Outcome* fixes = nullptr;
  std::string_view diff{};
};

struct Format {
  std::string_view name;  // "text", "json" …
  void (*write)(const engine::Verdict&, const Options&, Output&);
};

// Every format, sorted by name. The table stands in formats.cc; one line a format.
std::span<const Format> formats();

std::string_view name(rules::Severity);
std::string_view name(rules::Category);
std::string_view name(rules::Preset);
std::string_view name(engine::SubjectKind);

// Where a rule is documented.
std::string documentation_url(const rules::Rule& rule);

}  // namespace plimsoll::report
