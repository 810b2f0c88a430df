// copied-root-filesystem: COPY takes another image's whole file system into this one's root.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::copied_root_filesystem {

static constexpr Alias kAliases[] = {{"hadolint", "DL3067"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      const std::span<const parse::dockerfile::Word> words = copy.instruction->words;
      const parse::dockerfile::Flag* from = copy.instruction->flag("from");
      if (from == nullptr || copy.trigger || words.size() < 2 || unquoted(words.back().text) != "/")
        continue;
      for (const parse::dockerfile::Word& source : words.first(words.size() - 1)) {
        if (unquoted(source.text) != "/") continue;
        out.push_back({.where = build.place(source.span),
                       .message = concat(
                           {"the whole file system of ", from->value, " is laid over this one"})});
        break;
      }
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22 AS tools\nFROM alpine:3.22\nCOPY --from=tools / /\n",
     .flagged = true},
    {.text = "FROM alpine:3.22 AS tools\nFROM alpine:3.22\nCOPY --from=tools /usr/local/bin/ "
             "/usr/local/bin/\n"},
    {.text = "FROM alpine:3.22\nCOPY / /\n"},
};

extern constinit const Rule rule = described({
    .name = "copied-root-filesystem",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "A whole file system is copied",
    .why = "It brings the other image's accounts, package lists and libraries along, and puts them "
           "over this image's. Onto\n"
           "`scratch`, or from an image made for it, it is what is meant.",
    .remedy = "Copy the files that are needed.",
    .source = "hadolint, DL3067",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::copied_root_filesystem
