// Takes an image reference apart.
// Source: distribution/reference grammar (github.com/distribution/reference, reference.go).
#pragma once
#include <string>
#include <string_view>

namespace plimsoll::parse::imageref {

// Views of the text given. "alpine" has the domain "" and the repository "alpine"; see `familiar`.
struct Reference {
  bool valid = false;
  std::string_view domain;      // registry with port; empty: docker.io is meant
  std::string_view repository;  // path without domain: "library/alpine", "alpine", "a/b/c"
  std::string_view tag;         // empty: none
  std::string_view digest;      // "sha256:…"; empty: none
};

Reference parse(std::string_view text);

// The repository's shortest name on Docker Hub: "alpine" for alpine, library/alpine,
// docker.io/library/alpine; "bitnami/redis" for docker.io/bitnami/redis; empty for images of other
// registries.
std::string_view docker_hub_name(const Reference& reference);

// The same, and of other registries with the registry: "gcr.io/distroless/static". `reference` is
// valid.
std::string known_name(const Reference& reference);
// The tag that is meant; empty: a digest alone.
std::string_view meant_tag(const Reference& reference);

}  // namespace plimsoll::parse::imageref
