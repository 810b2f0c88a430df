// uppercase-protocol: EXPOSE writes the protocol in capitals.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::uppercase_protocol {

static constexpr Alias kAliases[] = {{"buildkit", "ExposeProtoCasing"},
                                     {"tally", "buildkit/ExposeProtoCasing"}};

static void check_word(const facts::Build& build, const parse::dockerfile::Word& word,
                       Findings& out) {
  const std::size_t slash = word.text.rfind('/');
  if (slash == std::string_view::npos) return;
  const std::string_view written = word.text.substr(slash + 1);
  const std::string proper = lower(written);
  if (written == proper || (proper != "tcp" && proper != "udp" && proper != "sctp")) return;
  const auto size = static_cast<std::uint32_t>(written.size());
  const text::Place where = build.place({word.span.end - size, word.span.end});
  out.push_back({.where = where,
                 .message = concat({"the protocol ", written, " is commonly written ", proper}),
                 .fix = Fix{.title = concat({"write ", proper}), .edits = {{where, proper}}}});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const parse::dockerfile::Instruction* i : stage.instructions)
      if (i->keyword == parse::dockerfile::Keyword::expose)
        for (const parse::dockerfile::Word& word : i->words) check_word(build, word, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM nginx:1.28\nEXPOSE 80 443/UDP\n",
     .flagged = true,
     .fixed = "FROM nginx:1.28\nEXPOSE 80 443/udp\n"},
    {.text = "FROM nginx:1.28\nEXPOSE 80/tcp 443/udp\n"},
};

extern constinit const Rule rule = described({
    .name = "uppercase-protocol",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "EXPOSE writes the protocol in capitals",
    .why = "Docker stores the protocol in small letters, so that what is written here is not what "
           "`docker inspect` shows.",
    .remedy = "Write `/tcp`, `/udp` or `/sctp`.",
    .source = "Docker, build checks, ExposeProtoCasing",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::exposure::uppercase_protocol
