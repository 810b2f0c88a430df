// Which engine is meant, in the order of Docker's command line.
#include "engineapi/address.h"

#include <doctest/doctest.h>

#include <map>

#include "base/sha256.h"

namespace address_test {

using namespace plimsoll;
using namespace plimsoll::engineapi;

namespace {

Result<Address> engine_at(const std::string& option, std::map<std::string, std::string> variables,
                          std::map<std::string, std::string> files = {}) {
  return find_address({.option = option,
                       .environment =
                           [&](const char* name) {
                             const auto found = variables.find(name);
                             return found == variables.end() ? std::string() : found->second;
                           }},
                      MemoryFs(std::move(files)));
}

}  // namespace

TEST_CASE("the option stands over DOCKER_HOST, that over the context, that over the sockets") {
  const std::string meta = "/h/.docker/contexts/meta/" + sha256("mine") + "/meta.json";
  const std::map<std::string, std::string> files{
      {"/h/.docker/config.json", R"({"currentContext":"mine"})"},
      {meta, R"({"Name":"mine","Endpoints":{"docker":{"Host":"unix:///mine.sock"}}})"},
      {"/var/run/docker.sock", ""}};
  CHECK(engine_at("unix:///a", {{"DOCKER_HOST", "unix:///b"}})->socket == "/a");
  CHECK(engine_at("", {{"DOCKER_HOST", "unix:///b"}, {"HOME", "/h"}}, files)->socket == "/b");
  CHECK(engine_at("", {{"HOME", "/h"}}, files)->socket == "/mine.sock");
  CHECK(engine_at("", {{"HOME", "/h"}, {"DOCKER_CONTEXT", "default"}}, files)->socket ==
        "/var/run/docker.sock");
  CHECK(engine_at("", {}, files)->socket == "/var/run/docker.sock");
  CHECK(engine_at("", {{"XDG_RUNTIME_DIR", "/r"}}, {{"/r/podman/podman.sock", ""}})->socket ==
        "/r/podman/podman.sock");
}

TEST_CASE("a host has a port") {
  CHECK(engine_at("tcp://127.0.0.1:1234", {})->host == "127.0.0.1:1234");
  CHECK(engine_at("tcp://build.example", {})->host == "build.example:2375");
  CHECK(engine_at("tcp://[::1]", {})->host == "[::1]:2375");
  CHECK(engine_at("tcp://[::1]:99", {})->host == "[::1]:99");
  CHECK_FALSE(engine_at("tcp://127.0.0.1:1234", {})->local());
}

TEST_CASE("what can't be used is said") {
  CHECK(engine_at("", {}).error().kind == ErrorKind::not_found);
  CHECK(engine_at("ssh://me@host", {}).error().kind == ErrorKind::unsupported);
  CHECK(engine_at("tcp://h:2376", {{"DOCKER_TLS_VERIFY", "1"}}).error().kind ==
        ErrorKind::unsupported);
  for (const char* bad : {"unix://relative", "tcp://", "tcp://a b", "tcp://h/path", "tcp://u@h"})
    CHECK_MESSAGE(engine_at(bad, {}).error().kind == ErrorKind::malformed, bad);
  CHECK(engine_at("", {{"HOME", "/h"}, {"DOCKER_CONTEXT", "gone"}}).error().kind ==
        ErrorKind::not_found);
  CHECK(engine_at("", {{"HOME", "/h"}}, {{"/h/.docker/config.json", "[[["}}).error().kind ==
        ErrorKind::not_found);
}

}  // namespace address_test
