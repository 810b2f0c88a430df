// piped-download: what a server sends is run at once, unseen.
#include "base/concat.h"
#include "facts/command.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::piped_download {

// "example.com" of https://user:token@example.com/path: credentials are not for the report.
static std::string_view host(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  return url.substr(url.rfind('@') + 1);  // npos + 1 is 0
}

static void check(const facts::Command& command, Findings& out) {
  if (command.download == nullptr || command.download->piped_to == nullptr) return;
  const std::string_view from =
      command.download->urls.empty() ? "a server" : host(command.download->urls.front());
  out.push_back({.where = command.place(),
                 .message = concat({command.download->piped_to->name, " runs whatever ", from,
                                    " sends at the time of the build"})});
}

static constexpr std::string_view kNames[] = {"curl", "wget"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN curl -fsSL https://example.com/install.sh | sh\n",
     .flagged = true},
    {.text = "FROM debian:13\nRUN bash -c \"$(curl -fsSL https://example.com/install.sh)\"\n",
     .flagged = true},
    {.text = "FROM debian:13\nRUN curl -fsSL https://example.com/a.tar.gz | tar xz\n"},
    {.text =
         "FROM debian:13\nADD "
         "--checksum=sha256:73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac \\\n"
         "  https://example.com/install.sh /tmp/\nRUN sh /tmp/install.sh\n"},
};

extern constinit const Rule rule = described({
    .name = "piped-download",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Download is run without being looked at",
    .why = "Whoever controls the server, its DNS name or its CDN for a minute controls the image. "
           "No build tells afterwards\n"
           "what it ran, and a download that breaks off half-way is run as far as it came.",
    .remedy = "Fetch with `ADD --checksum=sha256:…` (or check with `sha256sum -c`), then run the "
              "file; or use a package.",
    .source = "OWASP Docker Security Cheat Sheet, rule 13 (supply chain security); Dockerfile "
              "reference, \"ADD --checksum\"",
    .aliases = {},
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::piped_download
