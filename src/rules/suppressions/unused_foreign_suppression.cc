// unused-foreign-suppression: a comment in another tool's words that accepts nothing of ours.
#include "base/concat.h"
#include "facts/suppression.h"
#include "rules/rule.h"
#include "rules/suppressions/_shared.h"

namespace plimsoll::rules::suppressions::unused_foreign_suppression {

static void check(const facts::Suppression& s, Findings& out) {
  if (s.tool == "plimsoll" || s.expired != 0 || s.idle.empty()) return;
  out.push_back({.where = s.where,
                 .message = concat({"accepts nothing: no finding that ", s.tool, " calls ",
                                    listed(s.idle), " is here"})});
}

static constexpr Example kExamples[] = {
    {.text = "# hadolint ignore=DL3006\nFROM alpine:3.22\n", .flagged = true},
    {.text = "FROM alpine:3.22\n# checkov:skip=CKV_DOCKER_1:ssh is meant\nUSER 1000\n",
     .flagged = true},
    {.text = "# hadolint ignore=DL3006\nFROM alpine\n"},
};

extern constinit const Rule rule = described({
    .name = "unused-foreign-suppression",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Comment for another tool accepts a finding that is not there",
    .why = "What it accepted has been mended since, or it stands where it does not hold: hadolint, "
           "for one, wants its comment\n"
           "on the line directly above. The other tool may still need the comment where it judges "
           "otherwise than Plimsoll,\n"
           "so look before you remove it.",
    .remedy = "Remove the comment, if the other tool is content without it.",
    .source = "Plimsoll, docs/suppressions.md",
    .examples = kExamples,
    .check = OnSuppression{check},
});

}  // namespace plimsoll::rules::suppressions::unused_foreign_suppression
