// Short forms made long, with the places of their parts; types that attributes give to values.
#include <doctest/doctest.h>

#include "parse/compose/fixture.h"
#include "parse/compose/units.h"

namespace plimsoll::test::canonical_test {
namespace {

// A project of one service with these attributes.
ComposeProject service(const std::string& attributes) {
  return loaded("services:\n  a:\n    image: x\n    " + attributes + "\n");
}

TEST_CASE("compose canonical: a port's parts have their own places") {
  const ComposeProject project = service(R"(ports: ["127.0.0.1:8080:80/UDP"])");
  CHECK(project.problem().empty());
  const std::string port = "services.a.ports.0";
  CHECK(project.text(port + ".host_ip") == "127.0.0.1");
  CHECK(project.text(port + ".published") == "8080");
  CHECK(project.node(port + ".published")->is(compose::NodeKind::text));
  CHECK(project.text(port + ".target") == "80");
  CHECK(project.node(port + ".target")->is(compose::NodeKind::integer));
  CHECK(project.text(port + ".protocol") == "udp");
  CHECK(project.text(port + ".mode") == "ingress");
  CHECK_FALSE(project.node(port + ".mode")->written);
  CHECK(project.bytes(port) == "127.0.0.1:8080:80/UDP");
  CHECK(project.bytes(port + ".host_ip") == "127.0.0.1");
  CHECK(project.bytes(port + ".published") == "8080");
  CHECK(project.bytes(port + ".target") == "80");
  CHECK(project.bytes(port + ".protocol") == "UDP");
}

TEST_CASE("compose canonical: ranges of ports become one port each, sorted as texts") {
  const ComposeProject both = service(R"(ports: ["98-100:8-10"])");
  CHECK(both.text("services.a.ports.0.target") == "10");
  CHECK(both.text("services.a.ports.0.published") == "100");
  CHECK(both.text("services.a.ports.1.target") == "8");
  CHECK(both.text("services.a.ports.1.published") == "98");
  CHECK(both.text("services.a.ports.3") == "absent");
  const ComposeProject host = service(R"(ports: ["8000-8010:80"])");
  CHECK(host.text("services.a.ports.0.published") == "8000-8010");
  const ComposeProject none = service("ports: [80]");
  CHECK(none.text("services.a.ports.0.published") == "absent");
}

TEST_CASE("compose canonical: ports that Compose refuses") {
  CHECK(service(R"(ports: ["::1:80:80"])").problem() ==
        "compose.yaml:4:14 services.a.ports: invalid ip address: ::1");
  CHECK(service(R"(ports: ["80:70000"])").problem() ==
        "compose.yaml:4:14 services.a.ports: invalid containerPort: 70000");
  CHECK(service(R"(ports: ["a:80"])").problem() ==
        "compose.yaml:4:14 services.a.ports: invalid hostPort: a");
  CHECK(service(R"(ports: ["80:"])").problem() ==
        "compose.yaml:4:14 services.a.ports: no port specified: 80:<empty>");
  CHECK(service(R"(ports: ["80/foo"])").problem() ==
        "compose.yaml:4:14 services.a.ports: invalid proto: foo");
  CHECK(service(R"(ports: ["1-2:1-3"])").problem().find("invalid ranges") != std::string::npos);
}

TEST_CASE("compose canonical: a mount's parts have their own places") {
  const ComposeProject project = service(R"(volumes: ["./data:/data/:ro,z"])");
  const std::string mount = "services.a.volumes.0";
  CHECK(project.text(mount + ".type") == "bind");
  CHECK(project.text(mount + ".source") == "/p/data");
  CHECK(project.text(mount + ".target") == "/data");
  CHECK(project.text(mount + ".read_only") == "true");
  CHECK(project.text(mount + ".bind.selinux") == "z");
  CHECK(project.text(mount + ".bind.create_host_path") == "true");
  CHECK_FALSE(project.node(mount + ".bind.create_host_path")->written);
  CHECK(project.bytes(mount + ".source") == "./data");
  CHECK(project.bytes(mount + ".target") == "/data/");
  CHECK(project.bytes(mount + ".read_only") == "ro");
}

TEST_CASE("compose canonical: a part of a text with a variable has the whole text's place") {
  ComposeProject project(ComposeProject::Texts{
      {"/p/compose.yaml", "services: {a: {image: x, volumes: [\"/${D}:/x\"]}}"}});
  project.settings.environment = {{"D", "etc"}};
  project.load();
  CHECK(project.text("services.a.volumes.0.source") == "/etc");
  CHECK(project.bytes("services.a.volumes.0.source") == "/${D}:/x");
}

TEST_CASE("compose canonical: one letter before a colon is a drive") {
  const ComposeProject project = service(R"(volumes: ["v:/data", "c:\\a:/b"])");
  CHECK(project.text("services.a.volumes.0.target") == "v:/data");
  CHECK(project.text("services.a.volumes.0.source") == "absent");
  CHECK(project.text("services.a.volumes.1.type") == "bind");
  CHECK(project.text("services.a.volumes.1.source") == "c:\\a");
}

TEST_CASE("compose canonical: mounts that Compose refuses") {
  // Odd, but compose-go takes these.
  CHECK(service(R"(volumes: ["a::b"])").text("services.a.volumes.0.source") == "/p/a:");
  CHECK(service(R"(volumes: ["/a:/b:c:d"])").text("services.a.volumes.0.target") == "/b");
  CHECK(service("volumes: [{type: bind, target: /x}]").problem().find("Source must not be empty") !=
        std::string::npos);
}

TEST_CASE("compose canonical: short forms of one text, and lists that are maps") {
  const ComposeProject project = loaded(R"(
services:
  a:
    build: ./dir
    depends_on: [b]
    env_file: a.env
    dns: 1.1.1.1
    gpus: all
    devices: ["/dev/a:/dev/b"]
    secrets: [s]
    networks: [n]
    environment: [A=1, B]
    extra_hosts: ["h:[::1]", "h=10.0.0.1"]
  b: {image: y}
networks: {n: }
secrets: {s: {file: ./s}}
)");
  CHECK(project.text("services.a.build.context") == "/p/dir");
  CHECK(project.text("services.a.build.dockerfile") == "Dockerfile");
  CHECK(project.text("services.a.depends_on.b.condition") == "service_started");
  CHECK(project.text("services.a.depends_on.b.required") == "true");
  CHECK(project.bytes("services.a.depends_on.b") == "b");
  CHECK(project.text("services.a.env_file.0.path") == "/p/a.env");
  CHECK(project.text("services.a.dns") == "[1.1.1.1]");
  CHECK(project.text("services.a.gpus.0.count") == "-1");
  CHECK(project.text("services.a.devices.0.target") == "/dev/b");
  CHECK(project.text("services.a.devices.0.permissions") == "rwm");
  CHECK(project.text("services.a.secrets.0.target") == "/run/secrets/s");
  CHECK(project.node("services.a.networks.n")->is(compose::NodeKind::null));
  CHECK(project.text("services.a.environment.A") == "1");
  CHECK(project.bytes("services.a.environment.A") == "1");
  CHECK(project.node("services.a.environment.B")->is(compose::NodeKind::null));
  CHECK(project.text("services.a.extra_hosts.h") == "[::1 10.0.0.1]");
}

TEST_CASE("compose canonical: external.name is an old form of a name") {
  const ComposeProject project = loaded("volumes: {v: {external: {name: q}}}\nservices: {}\n");
  CHECK(project.problem().empty());
  CHECK(project.text("volumes.v.external") == "true");
  CHECK(project.text("volumes.v.name") == "q");
  CHECK(project.warnings().size() == 1);
  CHECK(loaded("volumes: {v: {name: a, external: {name: q}}}").problem().find("conflict") !=
        std::string::npos);
}

TEST_CASE("compose types: sizes, times and commands") {
  const ComposeProject project = loaded(R"(
services:
  a:
    image: x
    mem_limit: 1.5g
    stop_grace_period: 1d
    command: sh -c 'a && b'
    healthcheck: {test: curl x}
    privileged: "yes"
    cpus: "0.5"
)");
  CHECK(project.text("services.a.mem_limit") == "1610612736");
  CHECK(project.text("services.a.stop_grace_period") == "24h0m0s");
  CHECK(project.text("services.a.command") == "[sh -c a && b]");
  CHECK(project.text("services.a.healthcheck.test") == "[CMD-SHELL curl x]");
  CHECK(project.text("services.a.privileged") == "true");
  CHECK(project.text("services.a.cpus") == "0.5");
  CHECK(project.bytes("services.a.mem_limit") == "1.5g");
}

TEST_CASE("compose types: what has not the attribute's type is refused") {
  CHECK(service("mem_limit: 1x").problem() ==
        "compose.yaml:4:16 services.a.mem_limit: invalid size: '1x'");
  CHECK(service("stop_grace_period: \"5\"").problem().find("invalid duration \"5\"") !=
        std::string::npos);
  CHECK(service("command: \"echo 'x\"").problem().find("invalid command line string") !=
        std::string::npos);
  CHECK(service("environment: [\"A =1\"]").problem().find("trailing space") != std::string::npos);
  CHECK(service("extra_hosts: [a]").problem().find("missing IP") != std::string::npos);
}

TEST_CASE("compose units: bytes") {
  CHECK(compose::parse_bytes("512m") == 536870912);
  CHECK(compose::parse_bytes("1KiB") == 1024);
  CHECK(compose::parse_bytes("1 kb") == 1024);
  CHECK(compose::parse_bytes("-1") == -1);
  CHECK(compose::parse_bytes(".5k") == 512);
  CHECK_FALSE(compose::parse_bytes("-1m"));
  CHECK_FALSE(compose::parse_bytes("1kib2"));
  CHECK_FALSE(compose::parse_bytes("m"));
  CHECK_FALSE(compose::parse_bytes(""));
}

TEST_CASE("compose units: durations") {
  CHECK(compose::parse_duration("1m30s") == 90'000'000'000);
  CHECK(compose::parse_duration("0") == 0);
  CHECK(compose::parse_duration("-1.5h") == -5'400'000'000'000);
  CHECK_FALSE(compose::parse_duration("5"));
  CHECK_FALSE(compose::parse_duration("1y"));
  CHECK_FALSE(compose::parse_duration("99999999999h"));
  CHECK(compose::duration_text(90'000'000'000) == "1m30s");
  CHECK(compose::duration_text(1'500'000) == "1.5ms");
  CHECK(compose::duration_text(0) == "0s");
  CHECK(compose::duration_text(-7) == "-7ns");
}

TEST_CASE("compose units: command lines") {
  const auto words = [](std::string_view text) { return compose::split_words(text).words; };
  using List = std::vector<std::string>;
  CHECK(words("a 'b c' \"d\" e\\ f") == List{"a", "b c", "d", "e f"});
  CHECK(words("a && b") == List{"a"});
  CHECK(words("''") == List{""});
  CHECK(words("echo $(a b)") == List{"echo", "$(a b)"});
  CHECK_FALSE(compose::split_words("echo (x)").valid);
  CHECK_FALSE(compose::split_words("'x").valid);
}

}  // namespace
}  // namespace plimsoll::test::canonical_test
