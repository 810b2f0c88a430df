// mismatched-platform: the image's own name says that it is for another architecture than
// --platform asks for.
#include "base/concat.h"
#include "rules/image/_base.h"
#include "rules/image/_platform.h"
#include "rules/rule.h"

namespace plimsoll::rules::image {

static constexpr Alias kAliases[] = {
    {"buildkit", "InvalidBaseImagePlatform"},
    {"tally", "buildkit/InvalidBaseImagePlatform"},
    {"tally", "tally/platform-mismatch"},
};

struct Owner {
  std::string_view name, architecture;
};
// Docker Hub's organisations of one architecture each.
// Source: github.com/docker-library/official-images, "Architectures other than amd64?"
static constexpr Owner kOwners[] = {
    {"amd64", "amd64"},     {"arm32v5", "arm"}, {"arm32v6", "arm"},       {"arm32v7", "arm"},
    {"arm64v8", "arm64"},   {"i386", "386"},    {"mips64le", "mips64le"}, {"ppc64le", "ppc64le"},
    {"riscv64", "riscv64"}, {"s390x", "s390x"},
};

// Empty: the name says none.
static std::string_view architecture_of_owner(const facts::Base& base) {
  const std::string_view hub = parse::imageref::docker_hub_name(base.parts);
  const std::size_t slash = hub.find('/');
  if (slash == std::string_view::npos) return {};
  const auto* found = std::ranges::find(kOwners, hub.substr(0, slash), &Owner::name);
  return found == std::end(kOwners) ? std::string_view{} : found->architecture;
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    const parse::dockerfile::Flag* flag = stage.base.platform;
    if (flag == nullptr || flag->value.empty() || !names_image(stage.base)) continue;
    if (flag->value.find('$') != std::string_view::npos) continue;
    const std::string_view asked = read_platform(flag->value).architecture;
    const std::string_view has = architecture_of_owner(stage.base);
    if (asked.empty() || has.empty() || asked == has) continue;
    out.push_back({.where = build.place(flag->value_span),
                   .message = concat({stage.base.reference.value, " is for ", has,
                                      " only, and --platform asks for ", asked})});
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM --platform=linux/amd64 arm64v8/alpine:3.22\n", .flagged = true},
    {.text = "FROM --platform=linux/arm64 arm64v8/alpine:3.22\n"},
    {.text = "FROM --platform=linux/arm64 alpine:3.22\n"},
};

extern constinit const Rule mismatched_platform = described({
    .name = "mismatched-platform",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Image is for another platform than --platform says",
    .why = "There is no such image: depending on its version, the engine fails, or takes the "
           "image of the other architecture\n"
           "with no more than a warning, and its programs do not start.",
    .remedy = "Take the image without an architecture in its name, and let the platform choose.",
    .source = "BuildKit, build checks, InvalidBaseImagePlatform",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image
