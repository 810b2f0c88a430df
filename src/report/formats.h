// The writers that formats.cc lists, and what the formats say alike about the program and a
// finding.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "report/report.h"

namespace plimsoll::report {

void write_concise(const engine::Verdict& verdict, const Options& options, Output& output);
void write_github(const engine::Verdict& verdict, const Options& options, Output& output);
void write_json(const engine::Verdict& verdict, const Options& options, Output& output);
void write_markdown(const engine::Verdict& verdict, const Options& options, Output& output);
void write_rdjson(const engine::Verdict& verdict, const Options& options, Output& output);
void write_sarif(const engine::Verdict& verdict, const Options& options, Output& output);
void write_text(const engine::Verdict& verdict, const Options& options, Output& output);

inline constexpr std::string_view kToolName = "plimsoll";
#ifdef PLIMSOLL_VERSION
inline constexpr std::string_view kToolVersion = PLIMSOLL_VERSION;
#else
inline constexpr std::string_view kToolVersion = "0.1.0";
#endif

// The project has no public home yet. This is the one line to change when it gets one.
inline constexpr std::string_view kHome = "https://github.com/plimsoll-dev/plimsoll";

inline constexpr std::size_t kSeverities = 5;

// The numbers of a run. Suppressed findings count as nothing but `suppressed`.
struct Counts {
  std::array<std::uint64_t, kSeverities> by_severity{};  // by the number of the severity
  std::uint64_t findings = 0, fixable = 0, suppressed = 0;
  std::uint64_t files_with_findings = 0;
};
Counts count(const engine::Verdict& verdict);

// Is the finding part of the report?
inline bool is_told(const engine::Judged& judged, const Options& options) {
  return options.show_suppressed || !judged.suppressed;
}

// The rule's names in other tools which hold at this place.
std::vector<rules::Alias> aliases_here(const engine::Judged& judged);

std::string_view name(engine::Suppressed::By by);  // "inline", "config", "baseline"
std::string_view name(rules::Safety safety);       // "safe", "unsafe"

// Collects what is appended to `text` and hands it on in blocks; call `flush` now and then, and at
// the end.
struct Buffer {
  explicit Buffer(Output& to) : output(to) {}
  void flush(std::size_t at_least = 0) {
    if (text.empty() || text.size() < at_least) return;
    output.write(text);
    text.clear();
  }
  Output& output;
  std::string text;
};
inline constexpr std::size_t kBlock = std::size_t{64} << 10;

}  // namespace plimsoll::report
