// Finds what is known of a base image: its repository by binary search, then the first row whose
// tag glob fits.
#include "data/base_image.h"

#include <algorithm>

#include "base/glob.h"
#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {

std::string_view plain_repository(std::string_view repository) {
  static constexpr std::string_view kHosts[] = {"docker.io/",
                                                "index.docker.io/",
                                                "registry-1.docker.io/",
                                                "registry.hub.docker.com/",
                                                "public.ecr.aws/docker/",
                                                "mirror.gcr.io/"};
  for (std::string_view host : kHosts)
    if (repository.starts_with(host)) {
      repository.remove_prefix(host.size());
      break;
    }
  if (repository.starts_with("library/")) repository.remove_prefix(8);
  return repository;
}

const BaseImage* find_base_image(std::string_view repository, std::string_view tag) {
  const auto rows = std::ranges::equal_range(kBaseImages, plain_repository(repository), {},
                                             &BaseImage::repository);
  // A digest without a tag may be any flavour: what is said of "*" is what is left after the other
  // rows.
  if (tag.empty() && rows.size() != 1) return nullptr;
  const auto found = std::ranges::find_if(
      rows, [&](const BaseImage& row) { return glob_match(row.tag_glob, tag); });
  return found == rows.end() ? nullptr : &*found;
}

HasTool has_tool(const BaseImage& image, std::string_view program) {
  if (contains(image.maybe, program)) return HasTool::unknown;
  if (contains(image.tools, program)) return HasTool::yes;
  if (contains(image.lacks, program)) return HasTool::no;
  return image.tools_complete && contains(kWatchedTools, program) ? HasTool::no : HasTool::unknown;
}

bool is_plain(const BaseImage& image) {
  return contains(kPlainImages, image.repository);
}

std::span<const std::string_view> watched_tools() {
  return kWatchedTools;
}

bool is_essential(std::string_view program) {
  return contains(kEssentialPrograms, program);
}

std::string_view name(Family family) {
  using enum Family;
  switch (family) {
    case none:
      return "none";
    case alpine:
      return "alpine";
    case debian:
      return "debian";
    case ubuntu:
      return "ubuntu";
    case fedora:
      return "fedora";
    case rhel:
      return "rhel";
    case suse:
      return "suse";
    case arch:
      return "arch";
    case amazon:
      return "amazon";
    case wolfi:
      return "wolfi";
    case photon:
      return "photon";
    case windows:
      return "windows";
    case busybox:
      return "busybox";
    case unknown:
      break;
  }
  return "unknown";
}

std::string_view name(Libc libc) {
  switch (libc) {
    case Libc::none:
      return "none";
    case Libc::musl:
      return "musl";
    case Libc::glibc:
      return "glibc";
    case Libc::unknown:
      break;
  }
  return "unknown";
}

const Withdrawn* find_withdrawn(std::string_view repository) {
  repository = plain_repository(repository);
  if (const Withdrawn* exact = find_row(kWithdrawn, repository, &Withdrawn::repository))
    return exact;
  const auto family = std::ranges::find_if(kWithdrawn, [&](const Withdrawn& row) {
    return row.repository.ends_with("/*") &&
           repository.starts_with(row.repository.substr(0, row.repository.size() - 1));
  });
  return family == kWithdrawn.end() ? nullptr : &*family;
}

}  // namespace plimsoll::data
