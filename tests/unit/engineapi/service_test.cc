// What an engine is asked for: the service as it was written, and nothing of the host.
#include "engineapi/service.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "parse/compose/fixture.h"

namespace service_test {

using namespace plimsoll;
using namespace plimsoll::engineapi;
using Json = nlohmann::json;

namespace {

struct Ordered {
  explicit Ordered(const std::string& service, const std::string& top = "")
      : loaded({{"/p/compose.yaml", "services:\n  web:\n    image: a:1\n" + service + top}}) {
    loaded.load();
    REQUIRE_MESSAGE(loaded.problem().empty(), loaded.problem());
    node = loaded.node("services.web");
    order = order_of("web", *node, *loaded.project().model);
  }
  Json body(Preparation with = {}) {
    with.image = "sha256:1";
    return Json::parse(create_body(order, *node, with));
  }

  test::ComposeProject loaded;
  const Node* node = nullptr;
  ServiceOrder order;
};

std::string why(const std::string& service, const std::string& top = "") {
  return Ordered(service, top).order.unsafe;
}

}  // namespace

TEST_CASE("a service's settings reach the engine") {
  Ordered web(
      "    command: sh -c 'a b'\n    entrypoint: [/e]\n    user: '10'\n    read_only: true\n"
      "    cap_drop: [ALL]\n    cap_add: [CHOWN]\n    security_opt: ['no-new-privileges:true']\n"
      "    mem_limit: 64m\n    cpus: 0.5\n    pids_limit: 9\n    init: true\n"
      "    tmpfs: [/run, '/x:size=1m']\n    environment: {A: b, C: }\n    ports: ['80:80']\n"
      "    ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}\n    restart: always\n"
      "    networks: {default: {aliases: [w]}}\n    container_name: mine\n");
  CHECK(web.order.unsafe.empty());
  const Json body = web.body({.network = "n", .label = "run"});
  CHECK(body["Image"] == "sha256:1");
  CHECK(body["Cmd"] == Json({"sh", "-c", "a b"}));
  CHECK(body["Entrypoint"] == Json({"/e"}));
  CHECK(body["User"] == "10");
  CHECK(body["Env"] == Json({"A=b"}));
  CHECK(body["Labels"]["plimsoll.prove"] == "run");
  const Json& host = body["HostConfig"];
  CHECK(host["ReadonlyRootfs"] == true);
  CHECK(host["CapDrop"] == Json({"ALL"}));
  CHECK(host["CapAdd"] == Json({"CHOWN"}));
  CHECK(host["SecurityOpt"] == Json({"no-new-privileges:true"}));
  CHECK(host["Memory"] == 64 << 20);
  CHECK(host["NanoCpus"] == 500'000'000);
  CHECK(host["PidsLimit"] == 9);
  CHECK(host["Init"] == true);
  CHECK(host["Tmpfs"] == Json({{"/run", ""}, {"/x", "size=1m"}}));
  CHECK(host["Ulimits"] == Json({{{"Name", "nofile"}, {"Soft", 10}, {"Hard", 10}},
                                 {{"Name", "nproc"}, {"Soft", 1}, {"Hard", 2}}}));
  CHECK(host["NetworkMode"] == "n");
  CHECK(body["NetworkingConfig"]["EndpointsConfig"]["n"]["Aliases"] == Json({"web", "mine", "w"}));
  // Nobody outside is served, and nothing starts again by itself.
  CHECK_FALSE(host.contains("PortBindings"));
  CHECK_FALSE(host.contains("RestartPolicy"));
  CHECK_FALSE(host.contains("Privileged"));
}

TEST_CASE("limits of deploy count") {
  const Json host =
      Ordered("    deploy: {resources: {limits: {memory: 10m, cpus: '2', pids: 3}}}\n")
          .body()["HostConfig"];
  CHECK(host["Memory"] == 10 << 20);
  CHECK(host["NanoCpus"] == 2'000'000'000);
  CHECK(host["PidsLimit"] == 3);
}

TEST_CASE("nothing that reaches the host is started") {
  CHECK(why("    privileged: true\n") == "it is privileged");
  CHECK(why("    cap_add: [cap_sys_admin]\n") == "it gets the capability cap_sys_admin");
  CHECK(why("    cap_add: [ALL]\n") == "it gets the capability ALL");
  CHECK_FALSE(why("    network_mode: host\n").empty());
  CHECK_FALSE(why("    network_mode: container:x\n").empty());
  CHECK_FALSE(why("    pid: host\n").empty());
  CHECK_FALSE(why("    ipc: host\n").empty());
  CHECK_FALSE(why("    uts: host\n").empty());
  CHECK_FALSE(why("    userns_mode: host\n").empty());
  CHECK_FALSE(why("    cgroup: host\n").empty());
  CHECK_FALSE(why("    cgroup_parent: /x\n").empty());
  CHECK_FALSE(why("    runtime: own\n").empty());
  CHECK_FALSE(why("    devices: ['/dev/null:/dev/x']\n").empty());
  CHECK_FALSE(why("    device_cgroup_rules: ['c 1:3 mr']\n").empty());
  CHECK_FALSE(why("    volumes_from: ['container:x']\n").empty());
  CHECK_FALSE(why("    security_opt: ['seccomp=unconfined']\n").empty());
  CHECK_FALSE(why("    security_opt: ['apparmor:unconfined']\n").empty());
  CHECK_FALSE(why("    volumes: ['data:/d']\n", "volumes: {data: {external: true}}\n").empty());
  CHECK_FALSE(why("    volumes: ['data:/d']\n",
                  "volumes: {data: {driver_opts: {type: none, device: /, o: bind}}}\n")
                  .empty());
  CHECK_FALSE(why("    secrets: [s]\n", "secrets: {s: {external: true}}\n").empty());
  CHECK(why("    ipc: private\n    network_mode: none\n    volumes: ['data:/d']\n",
            "volumes: {data: }\n")
            .empty());
}

TEST_CASE("a path of the host never reaches the engine, only what was prepared") {
  Ordered web("    volumes: ['/:/host', 'data:/d', '/anonymous', './f:/f:ro']\n",
              "volumes: {data: }\n");
  REQUIRE(web.order.mounts.size() == 4);
  CHECK(web.order.mounts[0].kind == MountOrder::Kind::host);
  CHECK(web.order.mounts[0].source == "/");
  CHECK(web.order.mounts[1].kind == MountOrder::Kind::named);
  CHECK(web.order.mounts[2].kind == MountOrder::Kind::anonymous);
  CHECK(web.order.mounts[3].read_only);
  CHECK(web.body()["HostConfig"]["Mounts"].empty());
  const Json mounts = web.body(
      {.mounts = {{.order = &web.order.mounts[0], .volume = "v", .fresh = true},
                  {.order = &web.order.mounts[3], .path = "/tmp/copy/1"}}})["HostConfig"]["Mounts"];
  CHECK(
      mounts ==
      Json({{{"Type", "volume"},
             {"Target", "/host"},
             {"Source", "v"},
             {"VolumeOptions", {{"NoCopy", true}}}},
            {{"Type", "bind"}, {"Target", "/f"}, {"Source", "/tmp/copy/1"}, {"ReadOnly", true}}}));
}

TEST_CASE("health checks are asked each second, with their own test or the image's") {
  Ordered own("    healthcheck: {test: [CMD, a], interval: 1m, timeout: 3s, retries: 5}\n");
  CHECK(own.order.health.set);
  const Json check = own.body({.has_health = true, .health_retries = 70})["Healthcheck"];
  CHECK(check["Test"] == Json({"CMD", "a"}));
  CHECK(check["Interval"] == 1'000'000'000);
  CHECK(check["Timeout"] == 3'000'000'000);
  CHECK(check["Retries"] == 70);
  CHECK_FALSE(Ordered("").body({.has_health = true})["Healthcheck"].contains("Test"));
  CHECK_FALSE(Ordered("").body().contains("Healthcheck"));
  CHECK(Ordered("    healthcheck: {disable: true}\n").body()["Healthcheck"]["Test"] ==
        Json({"NONE"}));
}

TEST_CASE("secrets and configs become files that only they are") {
  Ordered web("    secrets: [s, {source: t, target: /x, mode: 0400}]\n    configs: [c]\n",
              "secrets: {s: {file: ./s.txt}, t: {environment: T}}\nconfigs: {c: {content: hi}}\n");
  REQUIRE(web.order.mounts.size() == 3);
  CHECK(web.order.mounts[0].target == "/run/secrets/s");
  CHECK(web.order.mounts[0].source == "/p/s.txt");
  CHECK(web.order.mounts[0].read_only);
  CHECK(web.order.mounts[2].kind == MountOrder::Kind::text);
  CHECK(web.order.mounts[2].source == "hi");
  CHECK(web.order.mounts[2].target == "/c");
}

}  // namespace service_test
