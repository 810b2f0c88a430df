// Puts any bytes through the whole of `plimsoll check` in memory and says which promise was broken.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/arena.h"
#include "base/concat.h"
#include "base/fs.h"
#include "base/utf8.h"
#include "engine/check.h"
#include "engine/selection.h"
#include "parse/dockerfile/parse.h"
#include "report/report.h"
#include "text/edits.h"

namespace plimsoll::robustness {

// Keeps a report, to look at it as a whole.
class Kept final : public report::Output {
 public:
  void write(std::string_view bytes) override { text.append(bytes); }
  std::string text;
};

// Every rule is asked. One of these serves one thread.
class Pipeline {
 public:
  explicit Pipeline(std::span<const std::string_view> formats) : formats_(formats) {
    auto selected = engine::select_rules({.preset = rules::Preset::all});
    if (selected) selection_ = std::move(*selected);
  }

  // Judges the bytes as a Dockerfile. Empty: all promises were kept; else the one that was not.
  std::string judge(std::string_view bytes) {
    if (selection_.enabled.empty()) return "no rules were selected";
    if (!prints_as_written(bytes)) return "the tree printed again is not the source";
    const MemoryFs fs({{"Dockerfile", std::string(bytes)}});
    const engine::Verdict verdict =
        engine::check({.paths = {"Dockerfile"}, .today = kToday, .jobs = 1}, selection_, fs);
    // A NUL byte makes a file no text; any other must be judged.
    const bool is_text = bytes.find('\0') == std::string_view::npos;
    if (verdict.files != (is_text ? 1U : 0U)) return "the file was not judged";
    findings += verdict.findings.size();
    for (const engine::Judged& judged : verdict.findings)
      if (const std::string_view broken = broken_in(judged, verdict); !broken.empty())
        return concat({judged.rule->name, ": ", broken});
    for (const report::Format& format : report::formats())
      for (const std::string_view wanted : formats_)
        if (format.name == wanted)
          if (const std::string_view broken = broken_report(format, verdict); !broken.empty())
            return concat({"format ", format.name, ": ", broken});
    return {};
  }

  std::uint64_t findings = 0, report_bytes = 0;  // of all that was judged

 private:
  static constexpr std::uint32_t kToday = 20261124;

  // The spans of the nodes, one behind the other, are the bytes.
  bool prints_as_written(std::string_view bytes) {
    const text::Source source("Dockerfile", std::string(bytes));
    arena_.clear();
    const parse::dockerfile::Tree tree = parse::dockerfile::parse(source, arena_);
    std::string printed;
    for (const parse::dockerfile::Node& node : tree.nodes) {
      if (!lies_in(node.span, source) || node.span.size() == 0) return false;
      printed.append(source.at(node.span));
    }
    return printed == bytes;
  }

  static bool lies_in(text::Span span, const text::Source& source) {
    return span.begin <= span.end && span.end <= source.bytes().size();
  }

  static bool lies_in(const text::Place& place, const engine::Verdict& verdict) {
    return place.source < verdict.sources.size() && verdict.sources[place.source] != nullptr &&
           lies_in(place.span, verdict.source(place.source));
  }

  static std::string_view broken_in(const engine::Judged& judged, const engine::Verdict& verdict) {
    const rules::Finding& finding = judged.finding;
    if (!lies_in(finding.where, verdict)) return "a place outside of the source";
    const text::Source& source = verdict.source(finding.where.source);
    if (finding.message.empty()) return "no message";
    if (judged.instruction_line > source.line_count()) return "a line behind the last";
    for (const rules::Related& related : finding.related)
      if (!lies_in(related.where, verdict)) return "a related place outside of the source";
    for (const text::Span secret : finding.secrets)
      if (!lies_in(secret, source)) return "a secret outside of the source";
    if (!finding.fix) return {};
    for (const text::Edit& edit : finding.fix->edits)
      if (!lies_in(edit.where, verdict)) return "an edit outside of the source";
    if (!text::apply_edits(source.bytes(), finding.fix->edits)) return "edits that don't apply";
    return {};
  }

  std::string_view broken_report(const report::Format& format, const engine::Verdict& verdict) {
    Kept kept;
    format.write(verdict, {.width = 60}, kept);
    report_bytes += kept.text.size();
    const bool for_people = format.name == "text" || format.name == "concise" ||
                            format.name == "github" || format.name == "markdown";
    for (std::string_view rest = kept.text; !rest.empty();) {
      if (!for_people) rest.remove_prefix(plain_prefix(rest));  // most of SARIF is our own ASCII
      if (rest.empty()) break;
      const Utf8Character c = first_character(rest);
      if (!c.valid) return "not UTF-8";
      const bool control = (c.code < 0x20 && c.code != '\n') || (c.code >= 0x7F && c.code < 0xA0);
      if (control && for_people) return "a control character";
      rest.remove_prefix(c.size_bytes);
    }
    if (!for_people) return {};
    // The same with all that can be switched on; its escapes are our own.
    Kept full;
    format.write(verdict, {.colour = true, .unicode = false, .show_suppressed = true, .width = 20},
                 full);
    report_bytes += full.text.size();
    return {};
  }

  std::span<const std::string_view> formats_;
  engine::Selection selection_;
  Arena arena_;
};

}  // namespace plimsoll::robustness
