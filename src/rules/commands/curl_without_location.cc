// curl-without-location: curl takes a redirect's page for the file that was asked for.
#include "base/concat.h"
#include "rules/commands/_curl.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::curl_without_location {

static constexpr Alias kAliases[] = {{"tally", "tally/curl-should-follow-redirects"}};

// A request that sends data or only asks for the answer's head wants this very answer; a script
// that takes an answer apart, `$(curl … | grep …)`, knows what it gets.
static bool wants_first_answer(const facts::Command& curl) {
  if (curl.depth > 0 && curl.piped_out) return true;
  constexpr std::string_view kShort = "dFITXw";
  constexpr std::string_view kLong[] = {
      "--data", "--data-binary", "--data-raw", "--form",        "--head",
      "--json", "--max-redirs",  "--request",  "--upload-file", "--write-out"};
  return std::ranges::any_of(kShort, [&](char letter) { return curl.has_short(letter); }) ||
         std::ranges::any_of(kLong, [&](std::string_view option) { return curl.has(option); });
}

static void check(const facts::Command& command, Findings& out) {
  if (command.download->follows_redirects || wants_first_answer(command)) return;
  const std::string_view from = command.download->urls.empty()
                                    ? std::string_view("the server")
                                    : host_of(command.download->urls.front());
  out.push_back(
      {.where = command.place(),
       .message = concat({"if ", from, " redirects, curl takes that answer for the file"}),
       .fix = Fix{.safety = Safety::changes_behaviour,
                  .title = "add --location",
                  .edits = {add_option(command, " --location")}}});
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN curl -fsSO https://example.com/a.tar.gz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN curl --location -fsSO https://example.com/a.tar.gz\n"},
    {.text = "FROM debian:13\nRUN curl -fsSLO https://example.com/a.tar.gz\n"},
    {.text = "FROM debian:13\nRUN curl -X POST https://example.com/hook\n"},
    {.text = "FROM debian:13\nRUN curl -fsS http://localhost:8080/health\n"},
};

extern constinit const Rule rule = described({
    .name = "curl-without-location",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "curl doesn't follow redirects",
    .why = "Servers move files and answer with a redirect; curl then writes its short page and "
           "reports success,\n"
           "even with `--fail`. The build breaks later, at a place that doesn't tell why.",
    .remedy = "Add `--location` (`-L`).",
    .source = "curl(1), \"--location\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{for_each_curl<check>},
});

}  // namespace plimsoll::rules::commands::curl_without_location
