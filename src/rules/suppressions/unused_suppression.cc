// unused-suppression: a comment of ours that accepts nothing, or can't.
#include <algorithm>

#include "base/concat.h"
#include "facts/suppression.h"
#include "rules/rule.h"
#include "rules/suppressions/_shared.h"

namespace plimsoll::rules::suppressions::unused_suppression {

static std::string what_is_wrong(const facts::Suppression& s) {
  if (!s.wrong.empty()) return concat({"accepts nothing: ", s.wrong});
  if (!s.unknown.empty())
    return concat({"there is no rule ", listed(s.unknown),
                   s.nearest.empty() ? "" : concat({"; did you mean ", s.nearest, "?"})});
  if (!s.idle.empty())
    return concat({"accepts nothing: no finding of ", listed(s.idle),
                   s.in_config ? " is in its files" : " is here"});
  return {};
}

static void check(const facts::Suppression& s, Findings& out) {
  if (s.tool != "plimsoll" || s.expired != 0) return;
  std::string message = what_is_wrong(s);
  if (message.empty()) return;
  Finding finding{.where = s.where, .message = std::move(message)};
  if (!s.in_config && s.wrong.empty() && s.unknown.empty() && s.idle.size() == s.names.size())
    finding.fix = Fix{.title = "remove the comment", .edits = {{{s.where.source, s.line}, ""}}};
  out.push_back(std::move(finding));
}

static constexpr Example kExamples[] = {
    {.text = "# plimsoll: ignore=untagged-image\nFROM alpine:3.22\nUSER 1000\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nUSER 1000\n"},
    {.text = "# plimsoll: ignore=untaged-image\nFROM alpine\nUSER 1000\n", .flagged = true},
    {.text = "# plimsoll: ignore=untagged-image until=next-year\nFROM alpine\n", .flagged = true},
    {.text = "# plimsoll: ignore=untagged-image reason=a mirror without tags\nFROM alpine\n"},
};

extern constinit const Rule rule = described({
    .name = "unused-suppression",
    .severity = Severity::info,
    .category = Category::style,
    .summary = "Comment accepts a finding that is not there",
    .why = "What it accepted has been mended since, or its name is misspelt, or it stands where it "
           "does not hold. Left in\n"
           "place, it will accept the next mistake of the kind unseen. So will an entry "
           "`[[suppress]]` of "
           "plimsoll.toml, of which\n"
           "a run over the whole project tells.\n\n"
           "Nothing is said of rules that are not asked in this run, nor of other tools' checks "
           "that Plimsoll has not.",
    .remedy = "Remove the comment or entry, or mend its name or place; docs/suppressions.md has "
              "the forms.",
    .source = "Plimsoll, docs/suppressions.md",
    .examples = kExamples,
    .check = OnSuppression{check},
});

}  // namespace plimsoll::rules::suppressions::unused_suppression
