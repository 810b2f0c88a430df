// Tags as people write them, and the software and distribution they name.
#include <doctest/doctest.h>

#include <string>

#include "data/base_image.h"

namespace end_of_life_test {

using namespace plimsoll::data;

// "Python 3.8 20241007; Debian 10 (buster) 20220910+20240630"
static std::string lives(std::string_view repository, std::string_view tag) {
  std::string result;
  const EndOfLives all = end_of_life(repository, tag);
  for (std::uint8_t i = 0; i < all.count; ++i) {
    const EndOfLife& life = all.items[i];
    if (i > 0) result += "; ";
    result +=
        std::string(life.product) + " " + std::string(life.cycle) + " " + std::to_string(life.date);
    if (life.extended != 0) result += "+" + std::to_string(life.extended);
  }
  return result;
}

TEST_CASE("software and distribution in one tag") {
  CHECK(lives("python", "3.8-slim-buster") ==
        "Python 3.8 20241007; Debian 10 (buster) 20220910+20240630");
  CHECK(lives("node", "20-alpine3.16") == "Node.js 20 20260430; Alpine 3.16 20240523");
  CHECK(lives("node", "14.21.3-bullseye") ==
        "Node.js 14 20230430; Debian 11 (bullseye) 20240814+20260831");
  CHECK(lives("node", "gallium-alpine") == "Node.js 16 20230911");
  CHECK(lives("node", "lts-gallium") == "Node.js 16 20230911");
  CHECK(lives("golang", "1.19-buster") == "Go 1.19 20230906; Debian 10 (buster) 20220910+20240630");
  CHECK(lives("mcr.microsoft.com/dotnet/sdk", "6.0-alpine3.18") ==
        ".NET 6 20241112; Alpine 3.18 20250509");
  CHECK(lives("mcr.microsoft.com/dotnet/core/sdk", "3.1-bionic") ==
        ".NET 3.1 20221213; Ubuntu 18.04 (bionic) 20230531");
  CHECK(lives("php", "7.4.33-fpm-alpine3.16") == "PHP 7.4 20221128; Alpine 3.16 20240523");
  CHECK(lives("bitnami/postgresql", "11.9.0-debian-10-r48")
            .starts_with("PostgreSQL 11 20231109; Debian 10"));
  CHECK(lives("eclipse-temurin", "17.0.9_9-jre-focal") ==
        "Eclipse Temurin 17 20271031; Ubuntu 20.04 (focal) 20250531");
  CHECK(lives("eclipse-temurin", "8u392-b08-jdk") == "Eclipse Temurin 8 20301231");
  CHECK(lives("openjdk", "16-jdk-oraclelinux8") == "Oracle Linux 8 20290731");
  CHECK(lives("traefik", "v2.10") == "Traefik 2.10 20240212");
  CHECK(lives("docker.io/library/redis", "6.0.9-buster")
            .starts_with("Redis 6.0 20220531; Debian 10"));
  CHECK(lives("mysql", "5.7.44") == "MySQL 5.7 20231031");
  CHECK(lives("elasticsearch", "7.17.9") == "Elasticsearch 7 20260115");
}

TEST_CASE("distributions") {
  CHECK(lives("debian", "stretch-slim") == "Debian 9 (stretch) 20200718+20220701");
  CHECK(lives("debian", "11.6") == "Debian 11 (bullseye) 20240814+20260831");
  CHECK(lives("debian", "12-slim") == "Debian 12 (bookworm) 20260711+20280630");
  CHECK(lives("ubuntu", "18.04") == "Ubuntu 18.04 (bionic) 20230531");
  CHECK(lives("ubuntu", "bionic") == "Ubuntu 18.04 (bionic) 20230531");
  CHECK(lives("ubuntu", "24") == "");
  CHECK(lives("gcr.io/oss-fuzz-base/base-builder", "ubuntu-24-04") == "");
  CHECK(lives("ubuntu", "jammy-20240808") == "Ubuntu 22.04 (jammy) 20270401");
  CHECK(lives("alpine", "3.16.2") == "Alpine 3.16 20240523");
  CHECK(lives("centos", "centos7.9.2009") == "CentOS 7 20240630");
  CHECK(lives("centos", "7") == "CentOS 7 20240630");
  CHECK(lives("quay.io/centos/centos", "stream8") == "CentOS Stream 8 20240531");
  CHECK(lives("amazonlinux", "1") == "Amazon Linux 2018.03 20231231");
  CHECK(lives("amazonlinux", "2.0.20230101.0") == "Amazon Linux 2 20260630");
  CHECK(lives("opensuse/leap", "15.4") == "openSUSE Leap 15.4 20231207");
  CHECK(lives("registry.access.redhat.com/ubi8/ubi-minimal", "8.5-204") ==
        "Red Hat Enterprise Linux 8 20290531");
  CHECK(lives("gcr.io/distroless/nodejs16-debian11", "latest")
            .starts_with("Node.js 16 20230911; Debian 11 (bullseye)"));
  CHECK(lives("nvidia/cuda", "11.2.0-base-ubuntu18.04") == "Ubuntu 18.04 (bionic) 20230531");
  CHECK(lives("public.ecr.aws/lambda/python", "3.7") == "Python 3.7 20230627");
  CHECK(lives("buildpack-deps", "stretch-scm") == "Debian 9 (stretch) 20200718+20220701");
}

TEST_CASE("what names only part says nothing, unless the series is closed") {
  CHECK(lives("python", "3") == "");
  CHECK(lives("python", "latest") == "");
  CHECK(lives("python", "3-slim") == "");
  CHECK(lives("python", "2") == "Python 2.7 20200101");
  CHECK(lives("php", "7-apache") == "PHP 7.4 20221128");
  CHECK(lives("golang", "1") == "");
  CHECK(lives("alpine", "3") == "");
  CHECK(lives("alpine", "edge") == "");
  CHECK(lives("alpine", "latest") == "");
  CHECK(lives("debian", "stable-slim") == "");
  CHECK(lives("node", "lts-alpine") == "");
  CHECK(lives("node", "current") == "");
  CHECK(lives("node", "") == "");
  CHECK(lives("example/app", "3.8") == "");
  CHECK(lives("example/app", "1.0-iron") == "");
  CHECK(lives("golang", "1.27") == "");  // no date yet
}

TEST_CASE("a successor is a supported and newer cycle") {
  CHECK(end_of_life("node", "16").items[0].successor == "26");
  CHECK(end_of_life("debian", "buster").items[0].successor == "13");
  CHECK(end_of_life("ubuntu", "18.04").items[0].successor == "26.04");
  CHECK(end_of_life("alpine", "3.24").items[0].successor == "");
  CHECK(end_of_life("centos", "7").items[0].successor == "");
  CHECK(end_of_life("python", "3.8").items[0].source == "https://endoflife.date/python");
}

}  // namespace end_of_life_test
