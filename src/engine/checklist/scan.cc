// Looks in CI files for scanners of images: the checklist asks whether somebody looks.
#include <algorithm>
#include <array>

#include "engine/checklist/checklist.h"

namespace plimsoll::engine {
namespace {

constexpr std::array<std::string_view, 8> kScanners = {
    "trivy", "grype",         "docker scout",        "docker/scout-action",
    "snyk",  "plimsoll scan", "anchore/scan-action", "Container-Scanning.gitlab-ci.yml"};

constexpr std::array<std::string_view, 6> kScannedNames = {
    ".gitlab-ci.yml",          "Jenkinsfile", "azure-pipelines.yml",
    "bitbucket-pipelines.yml", ".drone.yml",  ".circleci/config.yml"};

bool is_ci(std::string_view path) {
  return path.find(".github/workflows/") != std::string_view::npos ||
         std::ranges::any_of(kScannedNames,
                             [&](std::string_view name) { return path.ends_with(name); });
}

bool is_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t-");
  return first != std::string_view::npos &&
         (line[first] == '#' || line.substr(first).starts_with("//"));
}

}  // namespace

std::optional<text::Span> find_scan(std::string_view path, std::string_view bytes) {
  if (!is_ci(path)) return std::nullopt;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::string_view line = bytes.substr(at, bytes.substr(at).find('\n'));
    if (!is_comment(line))
      for (const std::string_view scanner : kScanners)
        if (const std::size_t found = line.find(scanner); found != std::string_view::npos) {
          const auto begin = static_cast<std::uint32_t>(at + found);
          return text::Span{begin, begin + static_cast<std::uint32_t>(scanner.size())};
        }
    at += line.size() + 1;
  }
  return std::nullopt;
}

}  // namespace plimsoll::engine
