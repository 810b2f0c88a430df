// expired-suppression: a comment whose day has passed accepts nothing any more.
#include "base/concat.h"
#include "facts/suppression.h"
#include "rules/rule.h"
#include "rules/suppressions/_shared.h"

namespace plimsoll::rules::suppressions::expired_suppression {

static std::string date(std::uint32_t yyyymmdd) {
  std::string digits = std::to_string(yyyymmdd);
  digits.insert(digits.size() - 2, "-");
  digits.insert(digits.size() - 5, "-");
  return digits;
}

static void check(const facts::Suppression& s, Findings& out) {
  if (s.expired == 0) return;
  out.push_back({.where = s.where,
                 .message = concat({"has accepted ", listed(s.names), " until ", date(s.expired),
                                    ", which has passed"})});
}

static constexpr Example kExamples[] = {
    {.text = "# plimsoll: ignore=untagged-image until=2020-12-31\nFROM alpine\n", .flagged = true},
    {.text = "# trivy:ignore:DS-0001:exp:2020-12-31\nFROM alpine\n", .flagged = true},
    {.text = "# plimsoll: ignore=untagged-image until=2999-12-31\nFROM alpine\n"},
};

extern constinit const Rule rule = described({
    .name = "expired-suppression",
    .severity = Severity::low,
    .category = Category::style,
    .summary = "Comment accepted a finding until a day that has passed",
    .why = "Someone said until when a finding is acceptable, and that day is over. The finding, if "
           "it is still there, counts again.",
    .remedy = "Mend what it accepted and remove the comment, or name a new day.",
    .source = "Plimsoll, docs/suppressions.md",
    .examples = kExamples,
    .check = OnSuppression{check},
});

}  // namespace plimsoll::rules::suppressions::expired_suppression
