// curl and wget: what they fetch, and what they give away or leave unchecked.
// Sources: curl(1) 8, wget(1) 1.21.
#include <algorithm>

#include "facts/commands/kinds.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using ShellWord = parse::shell::Word;

constexpr std::string_view kCurlWords[] = {"abstract-unix-socket",
                                           "alt-svc",
                                           "aws-sigv4",
                                           "cacert",
                                           "capath",
                                           "cert",
                                           "cert-type",
                                           "ciphers",
                                           "config",
                                           "connect-timeout",
                                           "connect-to",
                                           "continue-at",
                                           "cookie",
                                           "cookie-jar",
                                           "create-file-mode",
                                           "crlfile",
                                           "curves",
                                           "data",
                                           "data-ascii",
                                           "data-binary",
                                           "data-raw",
                                           "data-urlencode",
                                           "delegation",
                                           "dns-interface",
                                           "dns-servers",
                                           "doh-url",
                                           "dump-header",
                                           "engine",
                                           "etag-compare",
                                           "etag-save",
                                           "expect100-timeout",
                                           "form",
                                           "form-string",
                                           "ftp-account",
                                           "ftp-method",
                                           "ftp-port",
                                           "header",
                                           "hostpubmd5",
                                           "hsts",
                                           "interface",
                                           "ipfs-gateway",
                                           "json",
                                           "keepalive-time",
                                           "key",
                                           "key-type",
                                           "krb",
                                           "limit-rate",
                                           "local-port",
                                           "login-options",
                                           "mail-auth",
                                           "mail-from",
                                           "mail-rcpt",
                                           "max-filesize",
                                           "max-redirs",
                                           "max-time",
                                           "netrc-file",
                                           "noproxy",
                                           "oauth2-bearer",
                                           "output",
                                           "output-dir",
                                           "parallel-max",
                                           "pass",
                                           "pinnedpubkey",
                                           "preproxy",
                                           "proto",
                                           "proto-default",
                                           "proto-redir",
                                           "proxy",
                                           "proxy-header",
                                           "proxy-user",
                                           "pubkey",
                                           "quote",
                                           "range",
                                           "rate",
                                           "referer",
                                           "request",
                                           "request-target",
                                           "resolve",
                                           "retry",
                                           "retry-delay",
                                           "retry-max-time",
                                           "sasl-authzid",
                                           "service-name",
                                           "socks4",
                                           "socks4a",
                                           "socks5",
                                           "socks5-hostname",
                                           "speed-limit",
                                           "speed-time",
                                           "stderr",
                                           "telnet-option",
                                           "time-cond",
                                           "tls-max",
                                           "tls13-ciphers",
                                           "tlspassword",
                                           "tlsuser",
                                           "trace",
                                           "trace-ascii",
                                           "unix-socket",
                                           "upload-file",
                                           "url",
                                           "url-query",
                                           "user",
                                           "user-agent",
                                           "variable",
                                           "write-out"};
constexpr std::string_view kWgetWords[] = {"accept",
                                           "accept-regex",
                                           "append-output",
                                           "base",
                                           "bind-address",
                                           "body-data",
                                           "body-file",
                                           "ca-certificate",
                                           "ca-directory",
                                           "certificate",
                                           "certificate-type",
                                           "compression",
                                           "config",
                                           "connect-timeout",
                                           "crl-file",
                                           "cut-dirs",
                                           "default-page",
                                           "directory-prefix",
                                           "dns-timeout",
                                           "domains",
                                           "exclude-directories",
                                           "exclude-domains",
                                           "execute",
                                           "follow-tags",
                                           "ftp-password",
                                           "ftp-user",
                                           "header",
                                           "hsts-file",
                                           "http-password",
                                           "http-user",
                                           "ignore-tags",
                                           "include-directories",
                                           "input-file",
                                           "level",
                                           "limit-rate",
                                           "load-cookies",
                                           "local-encoding",
                                           "max-redirect",
                                           "method",
                                           "output-document",
                                           "output-file",
                                           "password",
                                           "post-data",
                                           "post-file",
                                           "prefer-family",
                                           "private-key",
                                           "private-key-type",
                                           "progress",
                                           "proxy-password",
                                           "proxy-user",
                                           "quota",
                                           "random-file",
                                           "read-timeout",
                                           "referer",
                                           "regex-type",
                                           "reject",
                                           "reject-regex",
                                           "rejected-log",
                                           "remote-encoding",
                                           "report-speed",
                                           "restrict-file-names",
                                           "retry-on-http-error",
                                           "save-cookies",
                                           "secure-protocol",
                                           "start-pos",
                                           "timeout",
                                           "tries",
                                           "use-askpass",
                                           "user",
                                           "user-agent",
                                           "wait",
                                           "waitretry"};
static_assert(std::ranges::is_sorted(kCurlWords));
static_assert(std::ranges::is_sorted(kWgetWords));
constexpr Options kCurlOptions{.letters = "ACDEFHKPQTUXYbcdehmortuwxyz", .words = kCurlWords};
constexpr Options kWgetOptions{.letters = "oaeiBtOTwQPUlARDIX", .words = kWgetWords};

struct Reading {
  Command& command;
  Describing& to;
  Download download{};
};

// `user:password@` of a URL. A scheme must be there, so that `git@host:path` is none.
bool url_has_password(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority =
      url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return false;
  const std::size_t colon = authority.find(':');
  return colon < at && colon + 1 < at;
}

// Headers that carry a credential. Source: RFC 9110, 11.6; the documentation of GitLab, GitHub,
// JFrog.
constexpr std::string_view kSecretHeaders[] = {
    "authorization:",   "private-token:", "job-token:",           "x-api-key:",
    "x-jfrog-art-api:", "x-auth-token:",  "proxy-authorization:", "apikey:"};

bool header_has_credentials(std::string_view header) {
  return std::ranges::any_of(kSecretHeaders, [&](std::string_view name) {
    if (header.size() <= name.size() || !equal_ignoring_case(header.substr(0, name.size()), name))
      return false;
    return header.find_first_not_of(' ', name.size()) != std::string_view::npos;
  });
}

text::Span span_of(const Reading& reading, const Argument& argument) {
  const std::string_view end = argument.value_at != nullptr ? argument.value_at->raw : argument.raw;
  return {reading.command.place(argument.raw).span.begin, reading.command.place(end).span.end};
}

void give_away(Reading& reading, const Argument& argument) {
  if (reading.download.has_credentials) return;
  reading.download.has_credentials = true;
  reading.download.credentials_span = span_of(reading, argument);
}

void add_url(Reading& reading, const ShellWord& word, std::string_view url, bool known) {
  const text::Span span = reading.command.place(word.raw).span;
  if (!known) {
    reading.download.all_urls_known = false;
    return;
  }
  reading.to.scratch.texts.push_back(url);
  reading.to.scratch.spans.push_back(span);
  if (url_has_password(url) && !reading.download.has_credentials) {
    reading.download.has_credentials = true;
    reading.download.credentials_span = span;
  }
}

void distrust(Reading& reading, const Argument& argument) {
  reading.download.unverified_tls = true;
  reading.download.unverified_span = reading.command.place(argument.raw).span;
}

void read_curl_option(Reading& reading, const Argument& argument) {
  Download& download = reading.download;
  if (argument.is("k", "insecure")) distrust(reading, argument);
  if (argument.is("L", "location") || argument.is("", "location-trusted"))
    download.follows_redirects = true;
  if (argument.is("s", "silent") || argument.is("", "no-progress-meter") ||
      argument.is("#", "progress-bar"))
    download.quiet = true;
  if (!argument.has_value) return;
  if (argument.is("", "url"))
    add_url(reading, *argument.value_at, argument.value, argument.value_known);
  if (!argument.value_known || argument.value.empty()) return;
  const bool password = argument.is("u", "user") &&
                        argument.value.find(':') + 1 < argument.value.size() &&
                        argument.value.find(':') != std::string_view::npos;
  if (password || argument.is("", "oauth2-bearer")) give_away(reading, argument);
  if (argument.is("H", "header") && header_has_credentials(argument.value))
    give_away(reading, argument);
}

void read_wget_option(Reading& reading, const Argument& argument) {
  Download& download = reading.download;
  if (argument.is("", "no-check-certificate")) distrust(reading, argument);
  const bool to_file = argument.is("o", "output-file") || argument.is("a", "append-output");
  if (argument.is("q", "quiet") || argument.is("", "no-verbose") || to_file) download.quiet = true;
  if (argument.is("", "progress") && argument.value != "bar") download.quiet = true;
  // -nv and its like are written in one word: the letter behind `n` comes as an option of its own.
  if (argument.is("v", "") && argument.at->raw.find("nv") != std::string_view::npos)
    download.quiet = true;
  if (!argument.has_value || !argument.value_known || argument.value.empty()) return;
  if (argument.is("", "password") || argument.is("", "http-password") ||
      argument.is("", "ftp-password"))
    give_away(reading, argument);
  if (argument.is("", "header") && header_has_credentials(argument.value))
    give_away(reading, argument);
}

using ReadOption = void (*)(Reading&, const Argument&);

void describe_download(Reading& reading, const Options& options, ReadOption read_option) {
  Scratch& scratch = reading.to.scratch;
  scratch.texts.clear();
  scratch.spans.clear();
  Arguments arguments(reading.command.words.subspan(1), options);
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.kind == Argument::Kind::operand) {
      add_url(reading, *argument.at, argument.name, argument.at->known);
    } else {
      read_option(reading, argument);
    }
  }
  reading.download.urls = reading.to.arena.copy(scratch.texts);
  reading.download.url_spans = reading.to.arena.copy(scratch.spans);
  reading.command.download = reading.to.arena.make(reading.download);
}

}  // namespace

void describe_curl(Command& command, Describing& to) {
  Reading reading{.command = command, .to = to};
  describe_download(reading, kCurlOptions, read_curl_option);
}

void describe_wget(Command& command, Describing& to) {
  Reading reading{.command = command, .to = to};
  reading.download.follows_redirects = true;
  describe_download(reading, kWgetOptions, read_wget_option);
}

void set_piped_to(Command& command, const Command* runner, Arena& arena) {
  if (runner == nullptr) return;
  Download download = *command.download;
  download.piped_to = runner;
  command.download = arena.make(download);
}

}  // namespace plimsoll::facts
