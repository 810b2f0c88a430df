// invalid-port: EXPOSE states what is no port of a container.
#include <algorithm>
#include <charconv>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3011"},
    {"tally", "hadolint/DL3011"},
    {"trivy", "DS-0008"},
    {"kics", "71bf8cf8-f0a1-42fa-b9d2-d10525e0a38e"},
    {"semgrep", "dockerfile.correctness.invalid-port.invalid-port"},
    {"buildkit", "ExposeInvalidFormat"},
    {"tally", "buildkit/ExposeInvalidFormat"},
};
static constexpr std::uint32_t kRange = 0b0011111, kFormat = 0b1100000;

static bool too_large(std::string_view number) {
  std::uint32_t value = 0;
  const std::from_chars_result read =
      std::from_chars(number.data(), number.data() + number.size(), value);
  const bool digits =
      !number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  return digits && (read.ec != std::errc{} || value > 65535);
}

static void check_word(const facts::Build& build, const parse::dockerfile::Word& word,
                       Findings& out) {
  const std::string_view port = word.text.substr(0, word.text.find('/'));
  if (word.text.find('$') != std::string_view::npos) return;
  if (port.find(':') != std::string_view::npos) {
    out.push_back(
        {.where = build.place(word.span),
         .message = concat({word.text, " states the host's side too, which EXPOSE can't"}),
         .aliases = kFormat});
    return;
  }
  const std::size_t dash = port.find('-');
  if (too_large(port.substr(0, dash)) ||
      (dash != std::string_view::npos && too_large(port.substr(dash + 1))))
    out.push_back({.where = build.place(word.span),
                   .message = concat({word.text, " is no port: the largest is 65535"}),
                   .aliases = kRange});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const parse::dockerfile::Instruction* i : stage.instructions)
      if (i->keyword == parse::dockerfile::Keyword::expose)
        for (const parse::dockerfile::Word& word : i->words) check_word(build, word, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM nginx:1.28\nEXPOSE 80000\n", .flagged = true},
    {.text = "FROM nginx:1.28\nEXPOSE 8080:80\n", .flagged = true},
    {.text = "FROM nginx:1.28\nEXPOSE 80 443/tcp 8000-8010/udp\n"},
    {.text = "FROM nginx:1.28\nARG PORT=80\nEXPOSE ${PORT}\n"},
};

extern constinit const Rule invalid_port = described({
    .name = "invalid-port",
    .severity = Severity::medium,
    .category = Category::syntax,
    .summary = "EXPOSE states an impossible port",
    .why = "`EXPOSE` names ports of the container, from 1 to 65535. It publishes nothing: the "
           "host's side is for\n"
           "`docker run -p` or Compose to say.",
    .remedy = "State the port that the service listens on.",
    .source = "Dockerfile reference, EXPOSE",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::exposure
