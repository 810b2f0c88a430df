// Looks variables up from the newest binding to the oldest: a stage has a dozen, so a search is
// faster than a table.
#include "facts/stages/scope.h"

#include <algorithm>

namespace plimsoll::facts {
namespace {

// Source: Dockerfile reference, "Automatic platform ARGs in the global scope".
constexpr std::string_view kPlatformArguments[] = {
    "BUILDARCH",      "BUILDOS",     "BUILDOSVERSION", "BUILDPLATFORM",
    "BUILDVARIANT",   "TARGETARCH",  "TARGETOS",       "TARGETOSVERSION",
    "TARGETPLATFORM", "TARGETSTAGE", "TARGETVARIANT",
};
// Source: Dockerfile reference, "Predefined ARGs".
constexpr std::string_view kProxyArguments[] = {
    "ALL_PROXY", "FTP_PROXY", "HTTPS_PROXY", "HTTP_PROXY",  "NO_PROXY",
    "all_proxy", "ftp_proxy", "http_proxy",  "https_proxy", "no_proxy",
};
static_assert(std::ranges::is_sorted(kPlatformArguments));

}  // namespace

using State = parse::dockerfile::Variable::State;

const Binding* Scope::binding(std::string_view name) const {
  const Binding* argument = nullptr;
  for (const Binding* at = last_; at != nullptr; at = at->earlier) {
    if (at->name != name || at->state == State::unset) continue;
    if (at->environment) return at;
    if (argument == nullptr) argument = at;
  }
  return argument;
}

parse::dockerfile::Variable Scope::find(std::string_view name) const {
  if (const Binding* found = binding(name)) return {found->state, found->text};
  if (where_ == Where::global && is_platform_argument(name)) return {State::unknown, {}};
  return {};
}

void Scope::bind(const Binding& binding, Arena& arena) {
  Binding* added = arena.make(binding);
  added->earlier = last_;
  last_ = added;
}

bool is_platform_argument(std::string_view name) {
  return std::ranges::binary_search(kPlatformArguments, name);
}

bool is_proxy_argument(std::string_view name) {
  return std::ranges::find(kProxyArguments, name) != std::end(kProxyArguments);
}

}  // namespace plimsoll::facts
