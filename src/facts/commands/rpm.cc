// Splits a package's name as dnf, yum and zypper take it; hyphens stand in names and versions
// alike.
#include "facts/rpm.h"

#include <algorithm>

#include "base/ascii.h"

namespace plimsoll::facts {
namespace {

constexpr std::string_view kArchitectures[] = {".x86_64", ".aarch64", ".noarch",
                                               ".i686",   ".ppc64le", ".s390x"};

// Of the hyphen before the version: a version starts with a digit, a release has one in it.
std::size_t version_hyphen(std::string_view text) {
  const std::size_t last = text.rfind('-');
  if (last == std::string_view::npos || last == 0) return std::string_view::npos;
  const std::string_view tail = text.substr(last + 1);
  const std::size_t before = text.rfind('-', last - 1);
  const std::string_view middle = before == std::string_view::npos
                                      ? std::string_view{}
                                      : text.substr(before + 1, last - before - 1);
  const bool tail_has_digit = tail == "*" || std::ranges::any_of(tail, is_digit);
  if (before != std::string_view::npos && !middle.empty() && is_digit(middle[0]) && tail_has_digit)
    return before;
  return !tail.empty() && is_digit(tail[0]) ? last : std::string_view::npos;
}

}  // namespace

RpmName split_rpm_name(std::string_view text) {
  constexpr std::string_view kOperators = "=<> ";
  if (const std::size_t at = text.find_first_of("=<>"); at != std::string_view::npos) {
    const std::size_t version = text.find_first_not_of(kOperators, at);
    return {text.substr(0, text.find_first_of(kOperators)),
            version == std::string_view::npos ? std::string_view{} : text.substr(version)};
  }
  for (std::string_view architecture : kArchitectures)
    if (text.ends_with(architecture)) text.remove_suffix(architecture.size());
  std::size_t hyphen = version_hyphen(text);
  if (hyphen == std::string_view::npos) {
    hyphen = text.find("-$");
    if (hyphen == 0) hyphen = std::string_view::npos;
  }
  if (hyphen == std::string_view::npos) return {text, {}};
  return {text.substr(0, hyphen), text.substr(hyphen + 1)};
}

}  // namespace plimsoll::facts
