// What the rules about platforms share: what a platform's text says, and an image's name.
// Source: containerd/platforms, Parse and normalizeArch: `linux/arm64/v8`, `linux`, `arm64`.
#pragma once
#include <algorithm>
#include <string_view>

#include "parse/imageref/imageref.h"

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

struct Owner {
  std::string_view name, architecture;
};
// Docker Hub's organisations of one architecture each.
// Source: github.com/docker-library/official-images, "Architectures other than amd64?"
inline constexpr Owner kOwners[] = {
    {"amd64", "amd64"},     {"arm32v5", "arm"}, {"arm32v6", "arm"},       {"arm32v7", "arm"},
    {"arm64v8", "arm64"},   {"i386", "386"},    {"mips64le", "mips64le"}, {"ppc64le", "ppc64le"},
    {"riscv64", "riscv64"}, {"s390x", "s390x"},
};

// As the image's owner on Docker Hub says; empty: it says none.
inline std::string_view architecture_of_owner(const parse::imageref::Reference& image) {
  const std::string_view hub = parse::imageref::docker_hub_name(image);
  const std::size_t slash = hub.find('/');
  if (slash == std::string_view::npos) return {};
  const auto* found = std::ranges::find(kOwners, hub.substr(0, slash), &Owner::name);
  return found == std::end(kOwners) ? std::string_view{} : found->architecture;
}

}  // namespace plimsoll::rules::image
