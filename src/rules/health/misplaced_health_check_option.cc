// misplaced-health-check-option: HEALTHCHECK's options stand behind CMD, where they are the
// command.
#include <algorithm>
#include <array>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::health::misplaced_health_check_option {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

// Source: Dockerfile reference, HEALTHCHECK.
static constexpr std::array<std::string_view, 5> kOptions = {
    "--interval=", "--retries=", "--start-interval=", "--start-period=", "--timeout="};

// The option that the text begins with, up to the blank behind it; empty: none.
static std::string_view option_at(std::string_view text) {
  const bool is_option = std::ranges::any_of(
      kOptions, [&](std::string_view option) { return text.starts_with(option); });
  return is_option ? text.substr(0, text.find_first_of(" \t\r\n")) : std::string_view{};
}

// The options in front of the command; empty: there are none, or something else is in their way.
static std::string_view leading_options(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view option = option_at(text.substr(at));
    if (option.empty()) break;
    end = at + option.size();
    at = std::min(text.find_first_not_of(" \t", end), text.size());
  }
  return text.substr(0, end);
}

static std::optional<Fix> moved(const facts::Build& build, const Instruction& instruction) {
  const text::Span span = instruction.words[1].span;
  const std::string_view text = build.source->at(span);
  const std::string_view options = leading_options(text);
  const std::size_t command = text.find_first_not_of(" \t", options.size());
  if (options.empty() || options.find('\n') != std::string_view::npos ||
      command == std::string_view::npos || text[command] == build.tree->escape)
    return {};
  const std::uint32_t end = span.begin + static_cast<std::uint32_t>(command);
  return Fix{.title = "move them in front of CMD",
             .edits = {inserted(build, instruction.keyword_span.end, concat({" ", options})),
                       {build.place({span.begin, end}), ""}}};
}

static void check(const facts::Build& build, Findings& out) {
  for (const Instruction& written : build.tree->instructions) {
    const Instruction& i = written.trigger != nullptr ? *written.trigger : written;
    if (i.keyword != Keyword::healthcheck || i.words.size() < 2 || i.broken) continue;
    const std::string_view option = option_at(i.words[1].text);
    if (option.empty()) continue;
    Finding finding{.where = build.place(i.words[1].span),
                    .message = concat({option, " stands behind CMD, so it is run as a program"})};
    if (!i.exec_form) finding.fix = moved(build, i);
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM nginx:1.28\nHEALTHCHECK CMD --interval=1m --timeout=3s curl -f "
             "http://127.0.0.1/\n",
     .flagged = true,
     .fixed = "FROM nginx:1.28\nHEALTHCHECK --interval=1m --timeout=3s CMD curl -f "
              "http://127.0.0.1/\n"},
    {.text = "FROM nginx:1.28\nHEALTHCHECK CMD [\"--interval=1m\", \"curl\", \"-f\", "
             "\"http://127.0.0.1/\"]\n",
     .flagged = true},
    {.text = "FROM nginx:1.28\nHEALTHCHECK --interval=1m CMD curl -f http://127.0.0.1/\n"},
    {.text = "FROM nginx:1.28\nHEALTHCHECK CMD curl -f --retries=3 http://127.0.0.1/\n"},
};

extern constinit const Rule rule = described({
    .name = "misplaced-health-check-option",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "HEALTHCHECK's option stands behind CMD",
    .why = "All that follows `CMD` is the command: the shell looks for a program named "
           "`--interval=1m`, finds none, and the\n"
           "container is never healthy.",
    .remedy = "Write the options between `HEALTHCHECK` and `CMD`.",
    .source = "Dockerfile reference, HEALTHCHECK",
    .aliases = {},
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::health::misplaced_health_check_option
