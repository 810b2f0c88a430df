// The one file of this room that knows nlohmann-json: a baseline is read once a run, and only where
// one is named.
#include "engine/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/concat.h"

namespace plimsoll::engine {

static constexpr std::uint64_t kMostOfAKind = 1U << 20;

static std::string kind_of(std::string_view rule, std::string_view file, std::string_view message) {
  return concat({rule, "\n", file, "\n", message});
}

Result<Baseline> Baseline::parse(const std::string& path, std::string_view bytes) {
  const auto wrong = [&](std::string_view what) {
    return fail(
        ErrorKind::malformed,
        concat({path, ": ", what, "; make one with `plimsoll check --write-baseline FILE`"}));
  };
  const nlohmann::json report = nlohmann::json::parse(bytes, nullptr, false);
  const auto schema = report.is_object() ? report.find("schema") : report.end();
  if (!report.is_object() || schema == report.end() ||
      (*schema != "plimsoll-report/1" && *schema != "plimsoll-baseline/1"))
    return wrong("this is no plimsoll-baseline/1 and no plimsoll-report/1");
  const auto findings = report.find("findings");
  if (findings == report.end() || !findings->is_array()) return wrong("the report has no findings");
  Baseline baseline;
  for (const nlohmann::json& finding : *findings) {
    const auto text = [&](const char* key) -> const std::string* {
      const auto found = finding.is_object() ? finding.find(key) : finding.end();
      return found != finding.end() ? found->get_ptr<const std::string*>() : nullptr;
    };
    const std::string *rule = text("rule"), *file = text("file"), *message = text("message");
    if (rule == nullptr || file == nullptr || message == nullptr)
      return wrong("a finding lacks its rule, file or message");
    // A baseline says how many there are; a report has each by itself.
    const auto count = finding.find("count");
    const bool counted = count != finding.end() && count->is_number_unsigned();
    baseline.accepted_[kind_of(*rule, *file, *message)] +=
        counted ? std::min<std::uint64_t>(count->get<std::uint64_t>(), kMostOfAKind) : 1;
  }
  return baseline;
}

void Baseline::apply(Verdict& verdict) const {
  std::map<std::string, std::uint64_t> left = accepted_;
  for (Judged& judged : verdict.findings) {
    if (judged.suppressed) continue;
    const std::string& file = verdict.source(judged.finding.where.source).path();
    const auto found = left.find(kind_of(judged.rule->name, file, judged.finding.message));
    if (found == left.end() || found->second == 0) continue;
    --found->second;
    judged.suppressed = Suppressed{.by = Suppressed::By::baseline, .reason = {}};
  }
}

}  // namespace plimsoll::engine
