// What the rules about `FROM --platform` share: what a platform's text says.
// Source: containerd/platforms, Parse and normalizeArch: `linux/arm64/v8`, `linux`, `arm64`.
#pragma once
#include <algorithm>
#include <string_view>

namespace plimsoll::rules::image {

struct Platform {
  std::string_view system{}, architecture{};  // empty: not said
};

struct KnownArchitecture {
  std::string_view written, means;
};
inline constexpr KnownArchitecture kArchitectures[] = {
    {"386", "386"},           {"aarch64", "arm64"},   {"amd64", "amd64"},
    {"arm", "arm"},           {"arm64", "arm64"},     {"armel", "arm"},
    {"armhf", "arm"},         {"i386", "386"},        {"loong64", "loong64"},
    {"mips64le", "mips64le"}, {"ppc64le", "ppc64le"}, {"riscv64", "riscv64"},
    {"s390x", "s390x"},       {"x86-64", "amd64"},    {"x86_64", "amd64"},
};
static_assert(std::ranges::is_sorted(kArchitectures, {}, &KnownArchitecture::written));

// As Docker names it; empty: no architecture.
inline std::string_view architecture_of(std::string_view word) {
  const auto* found =
      std::ranges::lower_bound(kArchitectures, word, {}, &KnownArchitecture::written);
  return found != std::end(kArchitectures) && found->written == word ? found->means
                                                                     : std::string_view{};
}

inline Platform read_platform(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view first = text.substr(0, slash);
  if (slash == std::string_view::npos) {
    if (const std::string_view known = architecture_of(first); !known.empty()) return {{}, known};
    return {first, {}};
  }
  std::string_view second = text.substr(slash + 1);
  second = second.substr(0, second.find('/'));
  const std::string_view known = architecture_of(second);
  return {first, known.empty() ? second : known};
}

}  // namespace plimsoll::rules::image
