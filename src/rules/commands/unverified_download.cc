// unverified-download: curl or wget is told not to look at the server's certificate.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/commands/_shared.h"
#include "rules/rule.h"
#include "text/source.h"

namespace plimsoll::rules::commands::unverified_download {

static constexpr Alias kAliases[] = {{"checkov", "CKV2_DOCKER_2"}, {"checkov", "CKV2_DOCKER_3"}};

// Removes the option and the blank before it; of a cluster like -fsSLk the letter.
static std::optional<Fix> removal(const facts::Command& command) {
  const text::Span span = command.download->unverified_span;
  const text::Source& source = *command.run->stage->build->source;
  const std::string_view option = source.at(span);
  const bool alone = option == "-k" || option == "--insecure" || option == "--no-check-certificate";
  const bool blank = span.begin > 0 && source.at({span.begin - 1, span.begin}) == " ";
  if (option != "k" && !(alone && blank)) return {};
  const text::Span removed{alone ? span.begin - 1 : span.begin, span.end};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"remove ", option == "k" ? "-k" : option}),
             .edits = {{command.place(removed), ""}}};
}

static void check(const facts::Command& command, Findings& out) {
  if (command.download == nullptr || !command.download->unverified_tls) return;
  const bool curl = command.name == "curl";
  out.push_back({.where = command.place(command.download->unverified_span),
                 .message = concat({command.name, " does not verify the server's certificate"}),
                 .aliases = only(kAliases, {curl ? "CKV2_DOCKER_2" : "CKV2_DOCKER_3"}),
                 .fix = removal(command)});
}

static constexpr std::string_view kNames[] = {"curl", "wget"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN curl --insecure -fsSLO https://example.com/a.tar.gz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN curl -fsSLO https://example.com/a.tar.gz\n"},
    {.text = "FROM debian:13\nRUN wget -q --no-check-certificate https://example.com/a.tar.gz\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN wget -q https://example.com/a.tar.gz\n"},
    {.text = "FROM debian:13\nRUN curl -fsSLO https://example.com/a.tar.gz\n"},
};

extern constinit const Rule rule = described({
    .name = "unverified-download",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Download does not verify the server's certificate",
    .why = "Anyone between the build and the server can answer in its place and choose what ends "
           "up in the image.",
    .remedy = "Install `ca-certificates`, and add a private authority's certificate with "
              "`update-ca-certificates` or `--cacert`.",
    .source = "curl(1), \"--insecure\"; GNU Wget manual, \"--no-check-certificate\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::unverified_download
