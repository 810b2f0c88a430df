// What is said of the base images that people use.
#include "data/base_image.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "data/tables.h"

namespace base_image_test {

using namespace plimsoll::data;

static const BaseImage& image(std::string_view repository, std::string_view tag) {
  const BaseImage* found = find_base_image(repository, tag);
  INFO(repository, ":", tag);
  REQUIRE(found != nullptr);
  return *found;
}

TEST_CASE("the flavour of a tag decides") {
  CHECK(image("node", "20-alpine3.19").family == Family::alpine);
  CHECK(image("node", "20-alpine").libc == Libc::musl);
  CHECK(image("node", "22-bookworm-slim").tag_glob == "*slim*");
  CHECK(image("node", "22").full_size);
  CHECK(image("node", "22").smaller == "-slim");
  CHECK_FALSE(image("node", "22-slim").full_size);
  CHECK(image("docker.io/library/python", "3.12").family == Family::debian);
  CHECK(image("registry.access.redhat.com/ubi9/ubi-minimal", "9.4").package_manager == "microdnf");
  CHECK(image("centos", "7").package_manager == "yum");
  CHECK(image("amazonlinux", "2").package_manager == "yum");
  CHECK(image("amazonlinux", "2023").package_manager == "dnf");
  CHECK(image("openjdk", "17-slim").family == Family::debian);
  CHECK(image("openjdk", "17").family == Family::rhel);
  CHECK(image("golang", "1.22-nanoserver-ltsc2022").family == Family::windows);
  CHECK(image("busybox", "1.36-musl").libc == Libc::musl);
}

TEST_CASE("tools that a health check or a RUN needs") {
  CHECK(has_tool(image("node", "20-alpine"), "wget") == HasTool::yes);
  CHECK(has_tool(image("node", "20-alpine"), "curl") == HasTool::no);
  CHECK(has_tool(image("node", "20-alpine"), "bash") == HasTool::no);
  CHECK(has_tool(image("node", "20-alpine"), "adduser") == HasTool::yes);
  CHECK(has_tool(image("node", "20-alpine"), "useradd") == HasTool::no);
  CHECK(has_tool(image("node", "20-slim"), "curl") == HasTool::no);
  CHECK(has_tool(image("node", "20"), "curl") == HasTool::yes);
  CHECK(has_tool(image("python", "3.12-slim"), "curl") == HasTool::no);
  CHECK(has_tool(image("python", "3.12-slim"), "python3") == HasTool::yes);
  CHECK(has_tool(image("python", "3.12-slim"), "useradd") == HasTool::yes);
  CHECK(has_tool(image("nginx", "alpine"), "curl") == HasTool::yes);
  CHECK(has_tool(image("nginx", "1.27-alpine-slim"), "curl") == HasTool::no);
  CHECK(has_tool(image("nginx", "1.27"), "wget") == HasTool::no);
  CHECK(has_tool(image("postgres", "16"), "pg_isready") == HasTool::yes);
  CHECK(has_tool(image("redis", "7"), "redis-cli") == HasTool::yes);
  CHECK(has_tool(image("php", "8.3-fpm"), "curl") == HasTool::yes);
  CHECK(has_tool(image("amazonlinux", "2"), "useradd") == HasTool::no);
  CHECK(has_tool(image("fedora", "40"), "sudo") == HasTool::unknown);
  CHECK(has_tool(image("mongo", "7"), "mongo") == HasTool::no);
  CHECK(has_tool(image("gcr.io/distroless/nodejs20-debian12", "nonroot"), "curl") == HasTool::no);
}

TEST_CASE("adduser went with trixie: doubtful where the release is not named") {
  CHECK(has_tool(image("debian", "bookworm-slim"), "adduser") == HasTool::yes);
  CHECK(has_tool(image("debian", "trixie-slim"), "adduser") == HasTool::no);
  CHECK(has_tool(image("debian", "stable-slim"), "adduser") == HasTool::unknown);
  CHECK(has_tool(image("ubuntu", "22.04"), "adduser") == HasTool::yes);
  CHECK(has_tool(image("ubuntu", "24.04"), "adduser") == HasTool::no);
  const BaseImage& slim = image("python", "3.12-slim");
  CHECK(has_tool(slim, "adduser") == HasTool::unknown);
  CHECK(std::ranges::binary_search(
      slim.tools, std::string_view("adduser")));  // never "missing" for who reads `tools` alone
}

TEST_CASE("users") {
  CHECK(image("node", "20-alpine").users[0] == "node");
  CHECK(image("node", "20").user_known);
  CHECK(image("node", "20").user.empty());
  CHECK(image("nginxinc/nginx-unprivileged", "1.27-alpine").user == "101");
  CHECK(image("gcr.io/distroless/static-debian12", "nonroot").user == "65532");
  CHECK(image("gcr.io/distroless/static-debian12", "latest").user_known);
  CHECK(image("gcr.io/distroless/static-debian12", "latest").user.empty());
  CHECK(image("haproxy", "2.2").user.empty());
  CHECK(image("haproxy", "2.8-alpine").user == "haproxy");
  CHECK(image("mcr.microsoft.com/dotnet/aspnet", "8.0-jammy-chiseled").user == "1654");
  CHECK(image("mcr.microsoft.com/dotnet/aspnet", "8.0-jammy-chiseled").shell.empty());
  CHECK(image("bitnami/redis", "7.2").user == "1001");
  CHECK_FALSE(image("bitnami/node", "20").user_known);
  CHECK_FALSE(image("cgr.dev/chainguard/wolfi-base", "latest").user_known);
  CHECK(image("gcr.io/distroless/base", "debug").shell == "/busybox/sh");
}

TEST_CASE("what is not known") {
  CHECK(find_base_image("example/app", "1") == nullptr);
  CHECK(find_base_image("registry.example.com/node", "20") == nullptr);
  CHECK(find_base_image("nodes", "20") == nullptr);
  CHECK(find_base_image("node", "") == nullptr);  // by digest alone: any flavour
  CHECK(find_base_image("alpine", "") != nullptr);
}

TEST_CASE("withdrawn images name what to take in their place") {
  REQUIRE(find_withdrawn("openjdk") != nullptr);
  CHECK(find_withdrawn("openjdk")->replacement.starts_with("eclipse-temurin"));
  CHECK(find_withdrawn("docker.io/library/centos") != nullptr);
  CHECK(find_withdrawn("vault")->replacement == "hashicorp/vault");
  CHECK(find_withdrawn("circleci/node") != nullptr);
  CHECK(find_withdrawn("bitnamilegacy/redis") != nullptr);
  CHECK(find_withdrawn("quay.io/centos/centos") == nullptr);
  CHECK(find_withdrawn("registry.example.com/openjdk") == nullptr);
  CHECK(find_withdrawn("eclipse-temurin") == nullptr);
}

TEST_CASE("the tables are sorted, complete and sourced") {
  CHECK(std::ranges::is_sorted(kBaseImages, {}, &BaseImage::repository));
  CHECK(std::ranges::is_sorted(kProducts, {}, &Product::key));
  CHECK(std::ranges::is_sorted(kCodenames, {}, &Codename::name));
  CHECK(std::ranges::is_sorted(kImageProducts, {}, &ImageProduct::repository));
  CHECK(std::ranges::is_sorted(kTagWords, {}, &TagWord::word));
  CHECK(std::ranges::is_sorted(kWithdrawn, {}, &Withdrawn::repository));
  CHECK(std::ranges::is_sorted(kSecretShapes, {}, &SecretShape::prefix));
  CHECK(std::ranges::is_sorted(kWellKnownSecrets));
  CHECK(std::ranges::is_sorted(watched_tools()));
  for (const BaseImage& row : kBaseImages) {
    INFO(std::string(row.repository));
    CHECK(std::ranges::is_sorted(row.tools));
    CHECK(std::ranges::includes(row.tools, row.maybe));
    CHECK_FALSE(row.source.empty());
    CHECK(row.checked.size() == 10);
  }
}

}  // namespace base_image_test
