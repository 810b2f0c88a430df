// Finds credentials that are written out in a text: known forms, passwords in URLs, values of
// secret names.
#include "rules/secrets/_literals.h"

#include <algorithm>
#include <cstdint>

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
    if (colon == std::string_view::npos) continue;
    const std::string_view password = user_info.substr(colon + 1);
    if (is_literal(password == "x-oauth-basic" ? user_info.substr(0, colon) : password))
      return true;
  }
  return false;
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
    return c == '_' || c == '-' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
  });
  if (!is_name || data::secret_name(name) == data::SecretName::no || !is_literal(value)) return {};
  return concat({"the value of ", name});
}

bool hadolint_speaks(std::string_view name) {
  if (data::secret_name(name) == data::SecretName::well_known) return true;
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  constexpr std::string_view kParts[] = {"api_key", "client_key", "password", "private",
                                         "secret",  "token",      "username"};
  return std::ranges::any_of(
      kParts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
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
