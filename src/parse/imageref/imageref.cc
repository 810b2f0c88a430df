// Takes image references apart by hand-written matchers, one for each production of the grammar: a
// regular expression would cost more than all of the rest of the file that the reference stands in.
#include "parse/imageref/imageref.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "base/concat.h"

namespace plimsoll::parse::imageref {
namespace {

constexpr std::size_t kLongestName = 255, kLongestTag = 128;

bool is_alnum(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c);
}
bool is_lower_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}

// path-component := [a-z0-9]+ ( ( [._] | "__" | [-]+ ) [a-z0-9]+ )*
bool is_path_component(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    const std::size_t start = at;
    while (at < text.size() && (is_lower(text[at]) || is_digit(text[at]))) ++at;
    if (at == start) return false;
    if (at == text.size()) return true;
    const char separator = text[at];
    if (separator == '-') {
      while (at < text.size() && text[at] == '-') ++at;
    } else if (separator == '_' || separator == '.') {
      at += separator == '_' && text.substr(at, 2) == "__" ? 2 : 1;
    } else {
      return false;
    }
  }
}

bool is_path(std::string_view text) {
  while (true) {
    const std::size_t slash = text.find('/');
    if (!is_path_component(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

// domain-component := [a-zA-Z0-9] ( [a-zA-Z0-9-]* [a-zA-Z0-9] )?
bool is_domain_component(std::string_view text) {
  return !text.empty() && is_alnum(text.front()) && is_alnum(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_alnum(c) || c == '-'; });
}

bool is_host(std::string_view text) {
  if (text.starts_with('[')) {  // an IPv6 address
    return text.size() > 2 && text.ends_with(']') &&
           std::ranges::all_of(text.substr(1, text.size() - 2), [](char c) {
             return is_digit(c) || c == ':' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
  }
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_domain_component(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_domain(std::string_view text) {
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos) return is_host(text);
  const std::string_view port = text.substr(colon + 1);
  return is_host(text.substr(0, colon)) && !port.empty() && std::ranges::all_of(port, is_digit);
}

// The first component is a registry if it can't be a namespace of Docker Hub.
// Source: distribution/reference normalize.go, splitDockerDomain.
std::string_view domain_of(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view first = name.substr(0, slash);
  const bool registry = first.find_first_of(".:[") != std::string_view::npos ||
                        first == "localhost" || std::ranges::any_of(first, is_upper);
  return registry ? first : std::string_view{};
}

bool is_tag(std::string_view text) {
  const auto word = [](char c) { return is_alnum(c) || c == '_'; };
  return !text.empty() && text.size() <= kLongestTag && word(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return word(c) || c == '.' || c == '-'; });
}

// Source: opencontainers/go-digest: an algorithm that it does not know makes the reference invalid.
bool is_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view algorithm = text.substr(0, colon), hex = text.substr(colon + 1);
  const std::size_t size = algorithm == "sha256"   ? 64
                           : algorithm == "sha384" ? 96
                           : algorithm == "sha512" ? 128
                                                   : 0;
  return size != 0 && hex.size() == size && std::ranges::all_of(hex, is_lower_hex);
}

}  // namespace

Reference parse(std::string_view text) {
  Reference result;
  std::string_view name = text;
  if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
    result.digest = name.substr(at + 1);
    if (!is_digest(result.digest)) return {};
    name = name.substr(0, at);
  }
  const std::size_t slash = name.rfind('/');
  const std::size_t colon = name.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon != std::string_view::npos) {
    result.tag = name.substr(colon + 1);
    if (!is_tag(result.tag)) return {};
    name = name.substr(0, colon);
  }
  result.domain = domain_of(name);
  result.repository = result.domain.empty() ? name : name.substr(result.domain.size() + 1);
  if (!result.domain.empty() && !is_domain(result.domain)) return {};
  if (name.size() > kLongestName || !is_path(result.repository)) return {};
  // An image's id in full would be taken for a name.
  if (text.size() == 64 && std::ranges::all_of(text, is_lower_hex)) return {};
  result.valid = true;
  return result;
}

std::string_view docker_hub_name(const Reference& reference) {
  if (!reference.valid) return {};
  // Source: distribution/reference normalize.go: index.docker.io is docker.io's old name.
  if (!reference.domain.empty() && reference.domain != "docker.io" &&
      reference.domain != "index.docker.io")
    return {};
  constexpr std::string_view kOfficial = "library/";
  std::string_view name = reference.repository;
  if (name.starts_with(kOfficial) && name.find('/', kOfficial.size()) == std::string_view::npos) {
    name.remove_prefix(kOfficial.size());
  }
  return name;
}

std::string known_name(const Reference& reference) {
  const std::string_view name = docker_hub_name(reference);
  return name.empty() ? concat({reference.domain, "/", reference.repository}) : std::string(name);
}

std::string_view meant_tag(const Reference& reference) {
  return reference.tag.empty() && reference.digest.empty() ? "latest" : reference.tag;
}

}  // namespace plimsoll::parse::imageref
