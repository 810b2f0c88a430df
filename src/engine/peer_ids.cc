// Spellings are compared, not rewritten: most ids are asked about once.
#include "engine/peer_ids.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "base/glob.h"

namespace plimsoll::engine {
namespace {

// Slugs by which trivy knows some of its checks. Source: trivy-checks, `short_code`.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTrivySlugs = {
    {{"DS-0001", "use-specific-tags"},
     {"DS-0002", "least-privilege-user"},
     {"DS-0026", "no-healthcheck"}}};

bool trivy_is_called(std::string_view id, std::string_view name) {
  if (name.starts_with("AVD-")) name.remove_prefix(4);
  if (glob_match(name, id)) return true;
  // DS-0002 was DS002.
  if (id.starts_with("DS-0") && name.starts_with("DS0") && glob_match(name.substr(2), id.substr(4)))
    return true;
  constexpr std::string_view kPrefix = "dockerfile-general-";
  if (name.starts_with(kPrefix)) name.remove_prefix(kPrefix.size());
  return std::ranges::any_of(
      kTrivySlugs, [&](const auto& slug) { return slug.first == id && slug.second == name; });
}

bool equal_in_any_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool all_of(std::string_view text, int (*test)(int)) {
  return std::ranges::all_of(text, [&](unsigned char c) { return test(c) != 0; });
}

}  // namespace

bool is_called(const rules::Alias& alias, std::string_view name) {
  if (glob_match(name, alias.id)) return true;
  if (alias.tool == "trivy") return trivy_is_called(alias.id, name);
  if (alias.tool == "kics") return equal_in_any_case(name, alias.id);
  if (alias.tool == "semgrep") return glob_match(name, alias.id.substr(alias.id.rfind('.') + 1));
  if (alias.tool == "tally" && name.find('/') == std::string_view::npos)
    return glob_match(name, alias.id.substr(alias.id.rfind('/') + 1));
  return false;
}

bool is_peer_id(std::string_view name) {
  for (const std::string_view prefix : {"DL", "SC"})
    if (name.size() == 6 && name.starts_with(prefix) && all_of(name.substr(2), std::isdigit))
      return true;
  for (const std::string_view prefix :
       {"CKV_", "CKV2_", "AVD-", "DS-", "DS0", "CIS-DI-", "DKL-", "CL-"})
    if (name.starts_with(prefix)) return true;
  return name.size() == 36 && name[8] == '-' && name[13] == '-';  // KICS: a UUID
}

bool is_retired(std::string_view hadolint_code) {
  constexpr std::array<std::string_view, 4> kRetired = {"DL3005", "DL3017", "DL3031", "DL3039"};
  return std::ranges::find(kRetired, hadolint_code) != kRetired.end();
}

}  // namespace plimsoll::engine
