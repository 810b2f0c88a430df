// Image references: the distribution grammar, and Docker Hub's short names.
#include "parse/imageref/imageref.h"

#include <doctest/doctest.h>

#include <string>

namespace imageref_test {

using plimsoll::parse::imageref::docker_hub_name;
using plimsoll::parse::imageref::parse;
using plimsoll::parse::imageref::Reference;

namespace {
const std::string kDigest = "sha256:" + std::string(64, 'a');
}

TEST_CASE("parts of a reference") {
  Reference r = parse("alpine");
  CHECK(r.valid);
  CHECK(r.domain.empty());
  CHECK(r.repository == "alpine");
  CHECK(r.tag.empty());

  r = parse("localhost:5000/a/b:1.2-rc_3");
  CHECK(r.domain == "localhost:5000");
  CHECK(r.repository == "a/b");
  CHECK(r.tag == "1.2-rc_3");

  const std::string pinned = "ghcr.io/owner/name:v1@" + kDigest;
  r = parse(pinned);
  CHECK(r.valid);
  CHECK(r.domain == "ghcr.io");
  CHECK(r.tag == "v1");
  CHECK(r.digest == kDigest);

  r = parse("[::1]:5000/x");
  CHECK(r.valid);
  CHECK(r.domain == "[::1]:5000");

  CHECK(parse("foo.bar").repository == "foo.bar");  // one component is never a registry
  CHECK(parse("localhost/x").domain == "localhost");
  CHECK(parse("bitnami/redis").domain.empty());
  CHECK(parse("a__b/c---d/e.f").valid);
}

TEST_CASE("what the grammar refuses") {
  for (const char* text : {"",
                           ":",
                           "alpine:",
                           "Alpine",
                           "a//b",
                           "/a",
                           "a/",
                           "a b",
                           "alpine:-x",
                           "alpine@sha256:abc",
                           "a___b",
                           "a..b",
                           "-a",
                           "a-",
                           "alpine@md5:0123",
                           "host:port/x",
                           "-x.io/y",
                           "a:1:2",
                           "$IMAGE",
                           "a@",
                           "[x]/y"}) {
    CAPTURE(text);
    CHECK_FALSE(parse(text).valid);
  }
  CHECK_FALSE(parse(std::string(64, 'a')).valid);
  CHECK_FALSE(parse(std::string(256, 'a')).valid);
  CHECK_FALSE(parse("a:" + std::string(129, 't')).valid);
  CHECK(parse("a:" + std::string(128, 't')).valid);
}

TEST_CASE("names on Docker Hub") {
  CHECK(docker_hub_name(parse("alpine")) == "alpine");
  CHECK(docker_hub_name(parse("library/alpine:3")) == "alpine");
  CHECK(docker_hub_name(parse("docker.io/library/alpine")) == "alpine");
  CHECK(docker_hub_name(parse("index.docker.io/alpine")) == "alpine");
  CHECK(docker_hub_name(parse("docker.io/bitnami/redis")) == "bitnami/redis");
  CHECK(docker_hub_name(parse("quay.io/alpine")).empty());
  CHECK(docker_hub_name(parse("Not Valid")).empty());
}

}  // namespace imageref_test
