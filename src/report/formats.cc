// The table of all formats, and the words that reports use for what is an enum elsewhere.
#include "report/formats.h"

#include "base/concat.h"
#include "report/issue.h"

namespace plimsoll::report {
namespace {

constexpr Format kFormats[] = {
    {"checkstyle", write_issues<write_checkstyle>},
    {"codeclimate", write_issues<write_codeclimate>},
    {"concise", write_concise},
    {"github", write_github},
    {"gitlab", write_issues<write_gitlab>},
    {"json", write_json},
    {"junit", write_issues<write_junit>},
    {"markdown", write_markdown},
    {"rdjson", write_rdjson},
    {"sarif", write_sarif},
    {"sonarqube", write_issues<write_sonarqube>},
    {"text", write_text},
};

template <class Enum, std::size_t size>
constexpr std::string_view word(const std::string_view (&words)[size], Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

std::string_view name(rules::Severity severity) {
  static constexpr std::string_view kWords[] = {"info", "low", "medium", "high", "critical"};
  static_assert(std::size(kWords) == kSeverities);
  return word(kWords, severity);
}

std::string_view name(rules::Category category) {
  static constexpr std::string_view kWords[] = {"security", "reliability", "reproducibility",
                                                "size",     "style",       "syntax"};
  return word(kWords, category);
}

std::string_view name(rules::Preset preset) {
  static constexpr std::string_view kWords[] = {"recommended", "strict", "all"};
  return word(kWords, preset);
}

std::string_view name(engine::SubjectKind kind) {
  static constexpr std::string_view kWords[] = {
      "", "stage", "service", "job", "run", "image", "container", "daemon", "context", "profile"};
  return word(kWords, kind);
}

std::string_view name(engine::Suppressed::By by) {
  static constexpr std::string_view kWords[] = {"inline", "config", "baseline"};
  return word(kWords, by);
}

std::string_view name(rules::Safety safety) {
  static constexpr std::string_view kWords[] = {"safe", "unsafe"};
  return word(kWords, safety);
}

std::string documentation_url(const rules::Rule& rule) {
  return concat({kHome, "/blob/main/docs/rules/", rule.name, ".md"});
}

Counts count(const engine::Verdict& verdict) {
  Counts counts;
  std::uint32_t last_source = UINT32_MAX;
  for (const engine::Judged& judged : verdict.findings) {
    if (judged.suppressed) {
      ++counts.suppressed;
      continue;
    }
    ++counts.findings;
    ++counts.by_severity[static_cast<std::size_t>(judged.severity)];
    if (judged.finding.fix) ++counts.fixable;
    if (judged.finding.where.source != last_source) ++counts.files_with_findings;
    last_source = judged.finding.where.source;
  }
  return counts;
}

std::vector<rules::Alias> aliases_here(const engine::Judged& judged) {
  std::vector<rules::Alias> result;
  const std::span<const rules::Alias> all = judged.rule->aliases;
  for (std::size_t i = 0; i < all.size() && i < 32; ++i)
    if ((judged.finding.aliases >> i & 1U) != 0) result.push_back(all[i]);
  if (const std::string& code = judged.finding.shellcheck_code; !code.empty())
    for (const std::string_view tool : {"shellcheck", "hadolint"}) result.push_back({tool, code});
  return result;
}

}  // namespace plimsoll::report
