// Finds credentials that are written out in a text: known forms, passwords in URLs, values of
// secret names.
#include "rules/secrets/_literals.h"

#include <algorithm>
#include <cstdint>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/names.h"

namespace plimsoll::rules::secrets {

static std::string_view unquoted(std::string_view text) {
  while (text.size() >= 2 && text.front() == text.back() &&
         (text.front() == '"' || text.front() == '\''))
    text = text.substr(1, text.size() - 2);
  return text;
}

bool is_literal(std::string_view value) {
  value = unquoted(value);
  return !value.empty() && value.find_first_of("$`{<%") == std::string_view::npos &&
         !data::harmless_value(value) && value.find_first_not_of("*.xX") != std::string_view::npos;
}

bool is_stand_in(std::string_view value) {
  constexpr std::string_view kWords[] = {"build", "dummy",       "example",   "fake", "none",
                                         "not-",  "placeholder", "temporary", "test"};
  value = unquoted(value);
  return std::ranges::any_of(kWords,
                             [&](std::string_view word) { return value.starts_with(word); });
}

// A name of that length with digits in it is no one's: `https://TOKEN@github.com`. 32 hexadecimal
// digits are the public half of a Sentry DSN. Source: Sentry, "DSN explained".
static bool looks_random(std::string_view name) {
  constexpr std::size_t kShortest = 20, kDsn = 32;
  const bool hexadecimal = name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return name.size() >= kShortest && !(hexadecimal && name.size() == kDsn) && is_literal(name) &&
         name.find_first_of("0123456789") != std::string_view::npos &&
         name.find_first_of(".@") == std::string_view::npos;
}

// `https://user:password@host`: RFC 3986, 3.2.1.
static bool url_holds_password(std::string_view text) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos;
       at = text.find("://", at + 3)) {
    std::string_view authority = text.substr(at + 3);
    authority = authority.substr(0, authority.find_first_of("/ \t\"'?#,"));
    const std::size_t end = authority.rfind('@');
    if (end == std::string_view::npos) continue;
    const std::string_view user_info = authority.substr(0, end);
    const std::size_t colon = user_info.find(':');
    if (colon == std::string_view::npos && looks_random(user_info)) return true;
    if (colon == std::string_view::npos) continue;
    const std::string_view password = user_info.substr(colon + 1);
    if (is_literal(password == "x-oauth-basic" ? user_info.substr(0, colon) : password))
      return true;
  }
  return false;
}

// `?access_token=…`, `&api_key=…` of a URL's query. Source: RFC 3986, 3.4; short values are mostly
// words.
static bool query_holds_secret(std::string_view text) {
  constexpr std::size_t kShortest = 8;
  std::size_t at = text.find("://");
  if (at == std::string_view::npos) return false;
  for (at = text.find('?', at); at < text.size(); at = text.find_first_of("?&", at + 1)) {
    std::string_view pair = text.substr(at + 1);
    pair = pair.substr(0, pair.find_first_of("&# \t\"'"));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view value = pair.substr(equals + 1);
    if (value.size() >= kShortest &&
        data::secret_name(pair.substr(0, equals)) != data::SecretName::no && is_literal(value))
      return true;
  }
  return false;
}

// The place behind the first `words`, whatever their case; npos: they aren't there.
static std::size_t behind(std::string_view text, std::string_view words) {
  const auto same = [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && static_cast<char>(a - 'A' + 'a') == b);
  };
  const auto found = std::ranges::search(text, words, same);
  return found.empty() ? std::string_view::npos
                       : static_cast<std::size_t>(found.end() - text.begin());
}

// The word at the place, without what may stand around it in quotes.
static std::string_view word_at(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find_first_not_of(' ', at);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  return text.substr(0, text.find_first_of(" \t\n\"'\\"));
}

// `Authorization: Bearer TOKEN` and GitLab's headers. Source: RFC 9110, 11.6.2.
static bool header_holds_secret(std::string_view text) {
  constexpr std::string_view kHeaders[] = {"authorization: basic", "authorization: bearer",
                                           "authorization: token", "job-token:", "private-token:"};
  if (text.find(':') == std::string_view::npos) return false;  // as in almost every word
  return std::ranges::any_of(kHeaders, [&](std::string_view header) {
    const std::size_t at = behind(text, header);
    if (at == std::string_view::npos) return false;
    // Source: RFC 6750, 2.1, b64token. What has other characters is a pattern or a variable.
    const std::string_view token = word_at(text, at);
    constexpr std::string_view kOthers = "-._~+/=:";
    return token.size() >= 6 && is_literal(token) && std::ranges::all_of(token, [&](char c) {
             return is_alnum(c) || kOthers.find(c) != std::string_view::npos;
           });
  });
}

// `machine example.com login ci password SECRET`, perhaps with `\n` for newlines. Source: netrc(5).
static bool netrc_holds_password(std::string_view text) {
  if (text.find(' ') == std::string_view::npos) return false;  // as in almost every word
  const std::size_t machine = behind(text, "machine ");
  if (machine == std::string_view::npos) return false;
  text.remove_prefix(machine + word_at(text, machine).size());
  const std::size_t next = text.find_first_not_of(" \t\n\\");
  if (next == std::string_view::npos) return false;
  const std::string_view key = text.substr(next);  // an `n` may be left of `\n`
  if (key.find("login ") > 1 && key.find("password ") > 1) return false;
  const std::size_t at = behind(text, "password ");
  return at != std::string_view::npos && is_literal(word_at(text, at));
}

// 32 hexadecimal digits and the data centre, `-us12`: nothing else is at its beginning to look for.
// Source: Mailchimp, "About API keys".
static bool is_mailchimp_key(std::string_view text) {
  constexpr std::size_t kDigits = 32;
  text = unquoted(text);
  const std::size_t dash = text.find("-us");
  return dash == kDigits && std::ranges::all_of(text.substr(0, dash), is_lower_hex) &&
         text.size() > dash + 3 && text.size() <= dash + 5 &&
         text.find_first_not_of("0123456789", dash + 3) == std::string_view::npos;
}

// "an npm token" of "npm token".
static std::string with_article(std::string_view kind) {
  const bool vowel = kind.starts_with("npm") || kind.find_first_of("AEIOaeio") == 0;
  return concat({vowel ? "an " : "a ", kind});
}

Found credential_in(std::string_view text) {
  if (const std::string_view shape = data::secret_shape(text); !shape.empty())
    return with_article(shape);
  if (url_holds_password(text)) return "a password in a URL";
  if (query_holds_secret(text)) return "a credential in a URL";
  if (header_holds_secret(text)) return "a credential in a header";
  if (netrc_holds_password(text)) return "a password for a remote host";
  if (is_mailchimp_key(text)) return "a Mailchimp key";
  constexpr std::string_view kAuthToken = "_authToken=";
  if (const std::size_t at = text.find(kAuthToken); at != std::string_view::npos)
    if (is_literal(unquoted(text.substr(at + kAuthToken.size())))) return "an npm token";
  return {};
}

Found assigned_in(std::string_view text) {
  text = unquoted(text);
  if (text.starts_with("export ")) text.remove_prefix(7);
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view name = text.substr(0, equals), value = text.substr(equals + 1);
  const bool is_name = !name.empty() && std::ranges::all_of(name, [](char c) {
    return c == '_' || c == '-' || c == '.' || is_alnum(c);
  });
  if (!is_name || data::secret_name(name) == data::SecretName::no || !is_literal(value)) return {};
  return concat({"the value of ", name});
}

bool hadolint_speaks(std::string_view name) {
  if (data::secret_name(name) == data::SecretName::well_known) return true;
  const std::string lowered = lower(name);
  constexpr std::string_view kParts[] = {"api_key", "client_key", "password", "private",
                                         "secret",  "token",      "username"};
  return std::ranges::any_of(
      kParts, [&](std::string_view part) { return lowered.find(part) != std::string::npos; });
}

text::Place at_name(const text::Source& source, text::Place where, std::string_view name) {
  if (source.at(where.span).starts_with(name))
    where.span.end = where.span.begin + static_cast<std::uint32_t>(name.size());
  return where;
}

text::Span value_span(const text::Source& source, text::Span where, std::string_view name) {
  if (!source.at(where).starts_with(name)) return {};
  const auto begin = static_cast<std::uint32_t>(where.begin + name.size() + 1);
  return begin < where.end ? text::Span{begin, where.end} : text::Span{};
}

}  // namespace plimsoll::rules::secrets
