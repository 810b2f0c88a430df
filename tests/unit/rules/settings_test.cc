// What the project's settings change: rules that are silent without them.
#include "judge_text.h"

namespace settings_test {

using namespace plimsoll;

// The lines (1-based) at which untrusted-registry reports.
static std::vector<unsigned> untrusted(const std::string& text,
                                       std::vector<std::string> registries) {
  const engine::Verdict verdict = test::judge({{"Dockerfile", text}}, {"untrusted-registry"},
                                              {.trusted_registries = std::move(registries)});
  std::vector<unsigned> lines;
  for (const engine::Judged* judged : test::findings_of(verdict, "untrusted-registry"))
    lines.push_back(judged->instruction_line);
  return lines;
}

using Lines = std::vector<unsigned>;

TEST_CASE("images, copies and mounts come from the registries of the list") {
  const std::string text =
      "FROM registry.example.com/base:1 AS base\n"
      "FROM quay.io/team/app:1\n"
      "COPY --from=base /x /x\n"
      "COPY --from=0 /x /x\n"
      "COPY --from=nginx:1.28 /x /x\n"
      "RUN --mount=type=bind,from=ghcr.io/team/tool:1,target=/t ls /t\n"
      "FROM scratch\n"
      "COPY --from=base /x /x\n";
  CHECK(untrusted(text, {}) == Lines{});
  CHECK(untrusted(text, {"registry.example.com"}) == Lines{2, 5, 6});
  CHECK(untrusted(text, {"*.example.com", "quay.io", "ghcr.io"}) == Lines{5});
  CHECK(untrusted(text, {"registry.*", "quay*", "ghcr.io", "docker.io"}) == Lines{});
}

TEST_CASE("an image without a registry is Docker Hub's, under both of its names") {
  CHECK(untrusted("FROM alpine:3.22\n", {"docker.io"}) == Lines{});
  CHECK(untrusted("FROM alpine:3.22\n", {"hub.docker.com"}) == Lines{});
  CHECK(untrusted("FROM team/app:1\n", {"hub.docker.com"}) == Lines{});
  CHECK(untrusted("FROM team/app:1\n", {"team"}) == Lines{1});
  CHECK(untrusted("FROM docker.io/team/app:1\n", {"quay.io"}) == Lines{1});
  CHECK(untrusted("FROM localhost/app:1\n", {"docker.io"}) == Lines{1});
  CHECK(untrusted("FROM registry:5000/app:1\n", {"registry:5000"}) == Lines{});
}

TEST_CASE("a registry behind a variable is not known, a tag behind one does not matter") {
  CHECK(untrusted("FROM $IMAGE\n", {"quay.io"}) == Lines{});
  CHECK(untrusted("FROM ${REGISTRY}/app:1\n", {"quay.io"}) == Lines{});
  CHECK(untrusted("FROM registry${N}.example.com/app:1\n", {"quay.io"}) == Lines{});
  CHECK(untrusted("FROM alpine:${TAG}\n", {"quay.io"}) == Lines{1});
  CHECK(untrusted("FROM ghcr.io/app:${TAG}\n", {"quay.io"}) == Lines{1});
  CHECK(untrusted("ARG REGISTRY=ghcr.io\nFROM ${REGISTRY}/app:1\n", {"quay.io"}) == Lines{2});
}

}  // namespace settings_test
