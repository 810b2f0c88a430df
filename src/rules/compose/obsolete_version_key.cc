// obsolete-version-key: the key `version` says nothing any more.
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::obsolete_version_key {

static constexpr Alias kAliases[] = {
    {"dclint", "no-version-field"},
};

static void check(const facts::Project& project, Findings& out) {
  if (!project.version.absent())
    out.push_back({.where = project.version.where,
                   .message = "Compose does not read `version`, and warns of it at each start"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "version: \"3.8\"\nservices:\n  web:\n    image: nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.28\n"},
};

extern constinit const Rule rule = described({
    .name = "obsolete-version-key",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "Key version is obsolete",
    .why = "Compose V2 judges every file by one schema. The key only makes readers believe that it "
           "chooses features.",
    .remedy = "Delete the line.",
    .source = "Compose specification, \"Version and name top-level elements\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::compose::obsolete_version_key
