// invalid-port: EXPOSE states what is no port of a container.
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::invalid_port {

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

// The value of a number; nothing: it is none. What is too large is 65536.
static std::optional<std::uint32_t> number(std::string_view text) {
  if (!is_digits(text)) return std::nullopt;
  std::uint32_t value = 0;
  const std::from_chars_result read =
      std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} ? std::min(value, 65536U) : 65536U;
}

static bool is_protocol(std::string_view text) {
  constexpr std::string_view kNames[] = {"tcp", "udp", "sctp"};
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::ranges::any_of(
      kNames, [&](std::string_view name) { return std::ranges::equal(text, name, {}, lower); });
}

struct Fault {
  std::string_view text;  // behind the word itself; empty: none
  std::uint32_t aliases = 0;
};

// Docker refuses what is neither a number nor a range of two; others say nothing of it.
static Fault fault_of(std::string_view word) {
  const std::size_t slash = word.find('/');
  const std::string_view port = word.substr(0, slash);
  if (port.find(':') != std::string_view::npos)
    return {" states the host's side too, which EXPOSE can't", kFormat};
  if (port.find('.') != std::string_view::npos)
    return {" is an address, and EXPOSE takes ports", kFormat};
  const std::size_t dash = port.find('-');
  const std::optional<std::uint32_t> first = number(port.substr(0, dash));
  const std::optional<std::uint32_t> last =
      dash == std::string_view::npos ? first : number(port.substr(dash + 1));
  if (!first || !last) return {" is no port"};
  if (*first > 65535 || *last > 65535) return {" is no port: the largest is 65535", kRange};
  if (*last < *first) return {" is a range that ends before it begins"};
  if (slash != std::string_view::npos && !is_protocol(word.substr(slash + 1)))
    return {" has no protocol of a port: tcp, udp or sctp"};
  return {};
}

static void check_word(const facts::Build& build, const parse::dockerfile::Word& word,
                       Findings& out) {
  std::string_view text = word.text;
  if (text.find('$') != std::string_view::npos) return;
  if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
    text = text.substr(1, text.size() - 2);
  if (text.find_first_of(" \t\"'\\`") != std::string_view::npos) return;
  if (const Fault fault = fault_of(text); !fault.text.empty())
    out.push_back({.where = build.place(word.span),
                   .message = concat({word.text, fault.text}),
                   .aliases = fault.aliases});
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

extern constinit const Rule rule = described({
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

}  // namespace plimsoll::rules::exposure::invalid_port
