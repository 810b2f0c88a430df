// daemon.json, seccomp and AppArmor profiles as facts.
#include "facts/daemon.h"

#include <doctest/doctest.h>

#include <string>

#include "../shared_data.h"
#include "base/arena.h"

namespace daemon_test {

using namespace plimsoll;
using namespace plimsoll::facts;

namespace {

struct Lowered {
  explicit Lowered(std::string text, DaemonKind kind = DaemonKind::engine)
      : source("daemon.json", std::move(text)), daemon(lower_daemon(source, 7, kind, arena)) {}
  [[nodiscard]] std::string_view at(text::Place place) const { return source.at(place.span); }
  Arena arena;
  text::Source source;
  const Daemon& daemon;
};

}  // namespace

TEST_CASE("settings of the engine, nested ones and lists") {
  const Lowered l(
      "{ \"debug\": true, \"hosts\": [\"fd://\", \"tcp://0.0.0.0:2375\"],\n"
      "  \"log-opts\": { \"max-size\": \"10m\" }, \"mtu\": 1450, \"icc\": false, \"dns\": null "
      "}\n");
  CHECK(l.daemon.problems.empty());
  CHECK(l.daemon.is_true("debug"));
  CHECK_FALSE(l.daemon.is_false("debug"));
  CHECK(l.daemon.is_false("icc"));
  REQUIRE(l.daemon.find("log-opts.max-size") != nullptr);
  CHECK(l.daemon.find("log-opts.max-size")->value == "10m");
  CHECK(l.at(l.daemon.find("log-opts.max-size")->key_where) == "\"max-size\"");
  CHECK(l.daemon.find("hosts")->type == DaemonSetting::Type::list);
  CHECK(l.daemon.find("hosts[]")->value == "tcp://0.0.0.0:2375");  // the last one
  CHECK(l.at(l.daemon.find("hosts[]")->where) == "\"tcp://0.0.0.0:2375\"");
  CHECK(l.daemon.find("mtu")->type == DaemonSetting::Type::number);
  CHECK(l.daemon.find("dns")->type == DaemonSetting::Type::null);
  CHECK(l.daemon.find("tls") == nullptr);
  CHECK(l.daemon.find("debug")->where.source == 7);
}

TEST_CASE("text that is YAML and not JSON") {
  for (const char* text : {"{ \"a\": 1, }", "{ a: 1 }", "debug: true\n", "[]", "", "{ \"a\": 1",
                           "{ \"a\": 01 }", "{ /* x */ }", "{} {}"}) {
    CAPTURE(text);
    CHECK_FALSE(Lowered(text).daemon.problems.empty());
  }
  CHECK(Lowered("{}").daemon.problems.empty());
  CHECK(Lowered("\n{\t\"a\" : [ ] }\n").daemon.problems.empty());
}

TEST_CASE("a seccomp profile") {
  const Lowered l(
      "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"archMap\":[{\"architecture\":\"SCMP_ARCH_X86_64\","
      "\"subArchitectures\":[\"SCMP_ARCH_X86\"]}],\"syscalls\":[{\"names\":[\"read\",\"write\"],"
      "\"action\":\"SCMP_ACT_ALLOW\",\"args\":[]},{\"name\":\"bpf\",\"action\":\"SCMP_ACT_ALLOW\","
      "\"includes\":{\"caps\":[\"CAP_BPF\"]}}]}",
      DaemonKind::seccomp);
  REQUIRE(l.daemon.seccomp != nullptr);
  CHECK(l.daemon.seccomp->default_action.value == "SCMP_ACT_ERRNO");
  CHECK(l.daemon.seccomp->architectures.items.size() == 2);
  REQUIRE(l.daemon.seccomp->rules.size() == 2);
  CHECK(l.daemon.seccomp->rules[0].names.size() == 2);
  CHECK_FALSE(l.daemon.seccomp->rules[0].has_conditions);
  CHECK(l.daemon.seccomp->rules[1].names[0].value == "bpf");
  CHECK(l.daemon.seccomp->rules[1].has_conditions);
}

TEST_CASE("an AppArmor profile") {
  const Lowered l(
      "profile a flags=(complain) {\n  audit deny capability sys_admin,\n  owner /tmp/** rw,\n"
      "  umount,\n  profile b {\n    file,\n  }\n}\n",
      DaemonKind::apparmor);
  REQUIRE(l.daemon.apparmor.size() == 2);
  const AppArmorProfile& a = l.daemon.apparmor[0];
  CHECK(a.flags.items[0].value == "complain");
  REQUIRE(a.rules.size() == 3);
  CHECK(a.rules[0].kind == AppArmorRule::Kind::capability);
  CHECK(a.rules[0].text == "capability sys_admin");
  CHECK(a.rules[0].deny);
  CHECK(a.rules[0].audit);
  CHECK(a.rules[1].kind == AppArmorRule::Kind::file);
  CHECK(a.rules[1].text == "/tmp/** rw");
  CHECK(a.rules[2].kind == AppArmorRule::Kind::mount);
  CHECK(l.daemon.apparmor[1].name == "a//b");
}

TEST_CASE("the profiles that Docker and Podman come with") {
  REQUIRE_SHARED_DATA(data)
  for (const char* name : {"docker-default-seccomp.json", "podman-default-seccomp.json"}) {
    CAPTURE(name);
    const Lowered l(test::read_file(data + "/profile/" + name), DaemonKind::seccomp);
    CHECK(l.daemon.problems.empty());
    REQUIRE(l.daemon.seccomp != nullptr);
    CHECK(l.daemon.seccomp->default_action.value == "SCMP_ACT_ERRNO");
    CHECK(l.daemon.seccomp->rules.size() > 20);
    CHECK(l.daemon.seccomp->architectures.items.size() > 5);
  }
}

}  // namespace daemon_test
