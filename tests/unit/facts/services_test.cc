// A Compose project's services as containers.
#include <doctest/doctest.h>

#include "facts/composed.h"

namespace plimsoll::facts::services_test {
namespace {

constexpr std::string_view kService = "services:\n  web:\n    image: example.com/app:1\n";

// `web` with more keys, which are indented by four spaces.
std::string with(std::string_view keys) {
  return std::string(kService) + std::string(keys);
}

// What a fact is, and the text at its place.
template <class T>
std::string said(const Composed& composed, const Fact<T>& fact) {
  static constexpr std::string_view kNames[] = {"absent", "removed", "unknown", "known"};
  return std::string(kNames[static_cast<std::size_t>(fact.presence)]) + " @ " +
         std::string(composed.at(fact.where));
}

TEST_CASE("services: who they are") {
  const Composed composed(
      "services:\n"
      "  web:\n"
      "    image: nginx:1.27\n"
      "    pre_start:\n"
      "      - image: alpine:3.22\n"
      "        command: [chown, -R, app, /data]\n"
      "  db:\n"
      "    image: postgres:17\n"
      "jobs:\n"
      "  nightly:\n"
      "    image: backup:1\n"
      "    triggers:\n"
      "      manual: true\n");
  const std::span<const Container> all = composed.project().containers;
  REQUIRE(all.size() == 4);
  CHECK(all[0].name == "web");
  CHECK(all[1].name == "web.pre_start[0]");
  CHECK(all[2].name == "db");
  CHECK(all[3].name == "nightly");
  CHECK(all[0].kind == ContainerKind::service);
  CHECK(all[1].kind == ContainerKind::service);
  CHECK(all[3].kind == ContainerKind::job);
  CHECK(all[1].service->of == "web");
  CHECK(all[0].service->of == "");
  CHECK(all[0].where.source == 7);
  CHECK(composed.at(all[0].where) == "web");
  CHECK(composed.at(all[1].where) == "image");
  CHECK(composed.at(all[3].where) == "nightly");
  CHECK(all[0].running());
  CHECK(all[0].project == &composed.project());
  CHECK(all[1].image.value == "alpine:3.22");
  // What a hook lacks is missing in the service, whose keys it inherits.
  CHECK(said(composed, all[1].read_only) == "absent @ web");
}

TEST_CASE("services: values and what is missing") {
  const Composed composed(
      with("    user: \"1000:1000\"\n"
           "    privileged: true\n"
           "    read_only: false\n"
           "    working_dir: /srv\n"
           "    stop_signal: SIGQUIT\n"
           "    network_mode: host\n"
           "    pid: host\n"
           "    ipc: shareable\n"
           "    uts: host\n"
           "    userns_mode: host\n"
           "    cgroup: host\n"
           "    cgroup_parent: m-executor\n"
           "    runtime: runsc\n"
           "    platform: linux/arm64\n"
           "    pull_policy: always\n"
           "    container_name: shop-web\n"
           "    hostname: front\n"
           "    init: true\n"
           "    tty: true\n"
           "    use_api_socket: true\n"
           "    oom_score_adj: -900\n"));
  const Container& c = composed.web();
  CHECK(c.user.value == "1000:1000");
  CHECK(said(composed, c.user) == "known @ 1000:1000");
  CHECK(c.privileged.value);
  CHECK(said(composed, c.privileged) == "known @ true");
  CHECK(said(composed, c.read_only) == "known @ false");
  CHECK_FALSE(c.read_only.value);
  CHECK(c.workdir.value == "/srv");
  CHECK(c.stop_signal.value == "SIGQUIT");
  CHECK(c.network_mode.value == "host");
  CHECK(c.pid_mode.value == "host");
  CHECK(c.ipc_mode.value == "shareable");
  CHECK(c.uts_mode.value == "host");
  CHECK(c.user_namespace.value == "host");
  CHECK(c.cgroup_namespace.value == "host");
  CHECK(c.cgroup_parent.value == "m-executor");
  CHECK(c.runtime.value == "runsc");
  CHECK(c.platform.value == "linux/arm64");
  CHECK(c.pull_policy.value == "always");
  CHECK(c.container_name.value == "shop-web");
  CHECK(c.host_name.value == "front");
  CHECK(c.init.value);
  CHECK(c.terminal.value);
  CHECK(c.engine_socket.value);
  CHECK(c.oom_score_adjustment.value == -900);
  CHECK(said(composed, c.open_input) == "absent @ web");
  CHECK(said(composed, c.memory_bytes) == "absent @ web");
  CHECK(said(composed, c.restart) == "absent @ web");
  CHECK(said(composed, c.logging) == "absent @ web");
  CHECK(composed.at(c.added_capabilities.where) == "web");
  CHECK(c.environment.items.empty());
}

TEST_CASE("services: lists keep the place of each element") {
  const Composed composed(
      with("    cap_add: [NET_ADMIN]\n"
           "    cap_drop: [ALL]\n"
           "    security_opt:\n"
           "      - no-new-privileges:true\n"
           "      - seccomp=unconfined\n"
           "    group_add: [docker]\n"
           "    device_cgroup_rules: [\"c 1:3 mr\"]\n"
           "    volumes_from: [db:ro]\n"
           "  db:\n"
           "    image: postgres:17\n"));
  const Container& c = composed.web();
  REQUIRE(c.added_capabilities.items.size() == 1);
  CHECK(c.added_capabilities.items[0].value == "NET_ADMIN");
  CHECK(composed.at(c.added_capabilities.items[0].where) == "NET_ADMIN");
  CHECK(composed.at(c.dropped_capabilities.where) == "[ALL]");
  REQUIRE(c.security_options.items.size() == 2);
  CHECK(composed.at(c.security_options.items[1].where) == "seccomp=unconfined");
  CHECK(c.groups.items[0].value == "docker");
  CHECK(c.device_rules.items[0].value == "c 1:3 mr");
  CHECK(c.volumes_from.items[0].value == "db:ro");
}

TEST_CASE("services: environment and labels") {
  const Composed composed(
      with("    environment:\n"
           "      MODE: production\n"
           "      EMPTY: \"\"\n"
           "      TOKEN:\n"
           "    labels:\n"
           "      com.example.tier: front\n"
           "    annotations:\n"
           "      a: b\n"
           "    sysctls:\n"
           "      net.core.somaxconn: \"1024\"\n"
           "    logging:\n"
           "      driver: json-file\n"
           "      options:\n"
           "        max-size: 10m\n"));
  const Container& c = composed.web();
  REQUIRE(c.environment.items.size() == 3);
  CHECK(c.environment.items[0].value.name == "MODE");
  CHECK(c.environment.items[0].value.text == "production");
  CHECK(said(composed, c.environment.items[0]) == "known @ production");
  CHECK(c.environment.items[1].value.has_text);
  CHECK(c.environment.items[1].value.text == "");
  CHECK_FALSE(c.environment.items[2].value.has_text);
  CHECK(said(composed, c.environment.items[2]) == "removed @ TOKEN");
  CHECK(c.labels.items[0].value.text == "front");
  CHECK(c.annotations.items[0].value.name == "a");
  CHECK(c.sysctls.items[0].value.text == "1024");
  CHECK(c.logging.value.driver == "json-file");
  REQUIRE(c.logging.value.options.size() == 1);
  CHECK(c.logging.value.options[0].text == "10m");
}

TEST_CASE("services: a file of variables that was not read may hold any") {
  const Composed composed(
      with("    env_file:\n"
           "      - path: app.env\n"
           "      - path: more.env\n"
           "        required: false\n"));
  REQUIRE(composed.web().env_files.items.size() == 2);
  CHECK(composed.web().env_files.items[0].value.ends_with("app.env"));
  CHECK_FALSE(composed.web().environment.complete);
}

TEST_CASE("services: programs") {
  const Composed composed(
      "services:\n"
      "  web:\n"
      "    image: example.com/app:1\n"
      "    command: [serve, --port, \"80\"]\n"
      "    entrypoint: [/entry]\n"
      "  cleared:\n"
      "    image: example.com/app:1\n"
      "    entrypoint: []\n"
      "    command: []\n"
      "  own:\n"
      "    image: example.com/app:1\n"
      "    entrypoint: [/entry]\n");
  const Container& c = composed.web();
  REQUIRE(c.command.value.words.size() == 3);
  CHECK(c.command.value.exec_form);
  CHECK(c.command.value.words[2] == "80");
  CHECK(composed.at(c.command.where) == "[serve, --port, \"80\"]");
  CHECK(c.entrypoint.value.words[0] == "/entry");
  // The engine takes the image's entrypoint away, and keeps the image's command.
  CHECK(composed.container("cleared").entrypoint.presence == Presence::removed);
  CHECK(composed.container("cleared").command.unknown());
  CHECK(composed.container("own").command.presence == Presence::removed);
}

TEST_CASE("services: health checks") {
  const struct {
    const char *keys, *said, *tool, *tool_at;
  } table[] = {
      {"", "unknown @ example.com/app:1", "", ""},
      {"test: [CMD, curl, -f, \"http://localhost\"]",
       "known @ [CMD, curl, -f, \"http://localhost\"]", "curl", "curl"},
      // Where an escape moves the text, the whole of it.
      {"test: [CMD-SHELL, \"curl \\\"x\\\"\"]", "known @ [CMD-SHELL, \"curl \\\"x\\\"\"]", "curl",
       "curl \\\"x\\\""},
      {"test: [CMD, /usr/bin/wget, -q, x]", "known @ [CMD, /usr/bin/wget, -q, x]", "wget",
       "/usr/bin/wget"},
      {"test: [CMD-SHELL, curl -f http://localhost || exit 1]",
       "known @ [CMD-SHELL, curl -f http://localhost || exit 1]", "curl", "curl"},
      {"test: [CMD, sh, -c, nc -z localhost 80]", "known @ [CMD, sh, -c, nc -z localhost 80]", "nc",
       "nc"},
      {"test: [CMD-SHELL, test -f /ok]", "known @ [CMD-SHELL, test -f /ok]", "", ""},
      {"test: [NONE]", "removed @ [NONE]", "", ""},
      {"disable: true", "removed @ true", "", ""},
      // Only the times of the image's check.
      {"interval: 30s", "unknown @ example.com/app:1", "", ""},
  };
  for (const auto& row : table) {
    CAPTURE(row.keys);
    const std::string keys =
        *row.keys == '\0' ? "" : "    healthcheck:\n      " + std::string(row.keys) + "\n";
    const Composed composed(with(keys));
    const Fact<HealthCheck>& check = composed.web().health_check;
    CHECK(said(composed, check) == row.said);
    CHECK(check.value.tool == row.tool);
    if (*row.tool != '\0') CHECK(composed.at(check.value.tool_where) == row.tool_at);
  }
}

TEST_CASE("services: limits") {
  const struct {
    const char* keys;
    std::int64_t memory, pids;
    double cpus;
    bool in_deploy;
  } table[] = {
      {"", -7, -7, -7, false},
      {"    mem_limit: \"536870912\"\n    cpus: 0.5\n    pids_limit: 100\n", 536870912, 100, 0.5,
       false},
      {"    mem_limit: 512m\n", 536870912, -7, -7, false},
      {"    mem_limit: 1gb\n", 1073741824, -7, -7, false},
      {"    mem_limit: 1.5GiB\n", 1610612736, -7, -7, false},
      {"    cpu_quota: 50000\n", -7, -7, 0.5, false},
      {"    cpu_quota: 5000\n    cpu_period: 10000\n", -7, -7, 0.5, false},
      {"    deploy:\n      resources:\n        limits:\n          cpus: \"1.5\"\n"
       "          memory: \"1048576\"\n          pids: 20\n",
       1048576, 20, 1.5, true},
      {"    deploy:\n      resources:\n        reservations:\n          memory: \"1048576\"\n", -7,
       -7, -7, false},
  };
  for (const auto& row : table) {
    CAPTURE(row.keys);
    const Composed composed(with(row.keys));
    const Container& c = composed.web();
    CHECK((c.memory_bytes.known() ? c.memory_bytes.value : -7) == row.memory);
    CHECK((c.pids.known() ? c.pids.value : -7) == row.pids);
    CHECK((c.cpus.known() ? c.cpus.value : -7) == row.cpus);
    CHECK(c.service->limits_in_deploy == row.in_deploy);
  }
}

TEST_CASE("services: restarts") {
  using enum Restart::Policy;
  const struct {
    const char* keys;
    Presence presence;
    Restart::Policy policy;
    std::uint32_t attempts;
  } table[] = {
      {"    restart: always\n", Presence::known, always, 0},
      {"    restart: unless-stopped\n", Presence::known, unless_stopped, 0},
      {"    restart: \"no\"\n", Presence::known, no, 0},
      {"    restart: on-failure:5\n", Presence::known, on_failure, 5},
      {"    restart: on-failure\n", Presence::known, on_failure, 0},
      {"    restart: always\n    deploy:\n      restart_policy:\n        condition: on-failure\n"
       "        max_attempts: 3\n",
       Presence::known, on_failure, 3},
      {"    deploy:\n      restart_policy:\n        condition: none\n", Presence::known, no, 0},
      {"    deploy:\n      restart_policy:\n        condition: any\n", Presence::known, always, 0},
  };
  for (const auto& row : table) {
    CAPTURE(row.keys);
    const Composed composed(with(row.keys));
    const Fact<Restart>& restart = composed.web().restart;
    CHECK(restart.presence == row.presence);
    CHECK(restart.value.policy == row.policy);
    CHECK(restart.value.attempts == row.attempts);
  }
}

TEST_CASE("services: ulimits, devices, gpus") {
  const Composed composed(
      with("    ulimits:\n"
           "      nproc: 65535\n"
           "      nofile:\n"
           "        soft: 20000\n"
           "        hard: -1\n"
           "    devices:\n"
           "      - source: /dev/ttyUSB0\n"
           "        target: /dev/tty0\n"
           "        permissions: r\n"
           "    gpus:\n"
           "      - count: -1\n"));
  const Container& c = composed.web();
  REQUIRE(c.ulimits.items.size() == 2);
  CHECK(c.ulimits.items[0].value.name == "nproc");
  CHECK(c.ulimits.items[0].value.soft == 65535);
  CHECK(c.ulimits.items[0].value.hard == 65535);
  CHECK(c.ulimits.items[1].value.soft == 20000);
  CHECK(c.ulimits.items[1].value.hard == -1);
  REQUIRE(c.devices.items.size() == 1);
  CHECK(c.devices.items[0].value.source == "/dev/ttyUSB0");
  CHECK(c.devices.items[0].value.target == "/dev/tty0");
  CHECK(c.devices.items[0].value.permissions == "r");
  CHECK(c.gpus.value == "all");
}

TEST_CASE("services: gpus of deploy") {
  const Composed composed(
      with("    deploy:\n      resources:\n        reservations:\n          devices:\n"
           "            - capabilities: [gpu]\n              driver: nvidia\n"
           "              device_ids: [\"0\", \"3\"]\n"));
  CHECK(composed.web().gpus.value == "0,3");
}

TEST_CASE("services: published ports") {
  const Composed composed(
      with("    ports:\n"
           "      - mode: ingress\n"
           "        target: 80\n"
           "        published: \"8080\"\n"
           "        protocol: tcp\n"
           "      - mode: ingress\n"
           "        host_ip: 127.0.0.1\n"
           "        target: 53\n"
           "        published: 5300-5310\n"
           "        protocol: udp\n"
           "      - target: 443\n"
           "    expose: [\"9000\", 8000-8005/udp]\n"));
  const Container& c = composed.web();
  REQUIRE(c.published_ports.items.size() == 3);
  const PublishedPort& first = c.published_ports.items[0].value;
  CHECK(first.host_ip == "");
  CHECK(first.first == 8080);
  CHECK(first.last == 8080);
  CHECK(first.target_first == 80);
  const PublishedPort& second = c.published_ports.items[1].value;
  CHECK(second.host_ip == "127.0.0.1");
  CHECK(second.first == 5300);
  CHECK(second.last == 5310);
  CHECK(second.protocol == Protocol::udp);
  CHECK(c.published_ports.items[2].value.first == 0);
  REQUIRE(c.ports.items.size() == 2);
  CHECK(c.ports.items[0].value.first == 9000);
  CHECK(c.ports.items[1].value.last == 8005);
}

TEST_CASE("services: mounts") {
  const Composed composed(
      with("    volumes:\n"
           "      - type: bind\n"
           "        source: /var/run/docker.sock\n"
           "        target: /var/run/docker.sock\n"
           "        read_only: true\n"
           "        bind:\n"
           "          propagation: rshared\n"
           "      - type: bind\n"
           "        source: /etc\n"
           "        target: /etc2\n"
           "        bind:\n"
           "          create_host_path: false\n"
           "      - type: volume\n"
           "        source: data\n"
           "        target: /data\n"
           "      - type: tmpfs\n"
           "        target: /cache\n"
           "        tmpfs:\n"
           "          size: \"1048576\"\n"
           "    tmpfs:\n"
           "      - /run:size=64m,exec\n"
           "volumes:\n"
           "  data:\n"
           "    driver: local\n"
           "    driver_opts:\n"
           "      device: /srv/data\n"));
  const std::span<const Fact<Mount>> mounts = composed.web().mounts.items;
  REQUIRE(mounts.size() == 5);
  CHECK(mounts[0].value.kind == MountKind::bind);
  CHECK(mounts[0].value.source == "/var/run/docker.sock");
  CHECK(mounts[0].value.read_only);
  CHECK(mounts[0].value.propagation == "rshared");
  CHECK(mounts[0].value.create_host_path);
  CHECK_FALSE(mounts[0].value.short_form);
  CHECK_FALSE(mounts[1].value.create_host_path);
  CHECK(mounts[2].value.kind == MountKind::volume);
  CHECK_FALSE(mounts[2].value.create_host_path);
  CHECK(mounts[3].value.options == "size=1048576");
  CHECK(mounts[4].value.kind == MountKind::tmpfs);
  CHECK(mounts[4].value.target == "/run");
  CHECK(mounts[4].value.options == "size=64m,exec");
  CHECK(composed.at(mounts[4].where) == "/run:size=64m,exec");
  REQUIRE(composed.project().volumes.size() == 1);
  CHECK(composed.project().volumes[0].driver.value == "local");
  CHECK(composed.project().volumes[0].options.items[0].value.text == "/srv/data");
}

TEST_CASE("services: secrets and configs") {
  const Composed composed(
      with("    secrets:\n"
           "      - source: key\n"
           "      - source: token\n"
           "        target: /etc/token\n"
           "        mode: \"0400\"\n"
           "      - source: swarm\n"
           "    configs:\n"
           "      - source: site\n"
           "secrets:\n"
           "  key:\n"
           "    file: ./key.pem\n"
           "  token:\n"
           "    environment: TOKEN\n"
           "  swarm:\n"
           "    external: true\n"
           "configs:\n"
           "  site:\n"
           "    content: hello\n"));
  const std::span<const Fact<SecretUse>> uses = composed.web().secrets.items;
  REQUIRE(uses.size() == 4);
  CHECK(uses[0].value.from == SecretUse::From::file);
  CHECK(uses[0].value.target == "/run/secrets/key");
  CHECK(uses[0].value.file.ends_with("key.pem"));
  CHECK(uses[1].value.from == SecretUse::From::environment);
  CHECK(uses[1].value.target == "/etc/token");
  CHECK(uses[1].value.mode == "0400");
  CHECK(uses[2].value.from == SecretUse::From::external);
  CHECK(uses[3].value.from == SecretUse::From::content);
  CHECK(uses[3].value.config);
  CHECK(uses[3].value.target == "/site");
  REQUIRE(composed.project().secrets.size() == 4);
  CHECK(composed.project().secrets[0].path == "/p/key.pem");
  CHECK(composed.project().secrets[1].environment.value == "TOKEN");
}

TEST_CASE("services: what only Compose says") {
  const Composed composed(
      "services:\n"
      "  web:\n"
      "    build:\n"
      "      context: ./app\n"
      "      dockerfile: docker/Dockerfile\n"
      "      target: prod\n"
      "      network: host\n"
      "      privileged: true\n"
      "      args:\n"
      "        VERSION: \"1\"\n"
      "      entitlements: [security.insecure]\n"
      "    profiles: [dev]\n"
      "    depends_on:\n"
      "      db:\n"
      "        condition: service_healthy\n"
      "        required: true\n"
      "    post_start:\n"
      "      - command: [chown, app]\n"
      "        user: root\n"
      "        privileged: true\n"
      "    deploy:\n"
      "      replicas: 2\n"
      "      placement:\n"
      "        constraints: [node.role == manager]\n"
      "      update_config:\n"
      "        parallelism: 2\n"
      "  db:\n"
      "    image: postgres:17\n"
      "  remote:\n"
      "    build:\n"
      "      context: https://github.com/a/b.git\n"
      "  plain:\n"
      "    build:\n"
      "      context: .\n"
      "  model:\n"
      "    provider:\n"
      "      type: awesome\n"
      "networks:\n"
      "  back:\n"
      "    internal: true\n");
  const Service& web = *composed.web().service;
  REQUIRE(web.build != nullptr);
  CHECK(web.build->directory == "/p/app");
  CHECK(web.build->file == "/p/app/docker/Dockerfile");
  CHECK(web.build->target.value == "prod");
  CHECK(web.build->network.value == "host");
  CHECK(web.build->privileged.value);
  CHECK(web.build->arguments.items[0].value.name == "VERSION");
  CHECK(web.build->entitlements.items[0].value == "security.insecure");
  REQUIRE(web.profiles.size() == 1);
  CHECK(web.profiles[0].value == "dev");
  REQUIRE(web.depends_on.items.size() == 1);
  CHECK(web.depends_on.items[0].value.condition == "service_healthy");
  CHECK(composed.at(web.depends_on.items[0].where) == "db");
  REQUIRE(web.hooks.size() == 1);
  CHECK(web.hooks[0].user.value == "root");
  CHECK(web.hooks[0].privileged.value);
  CHECK(web.hooks[0].command.words.size() == 2);
  CHECK(web.replicas.value == 2);
  REQUIRE(web.swarm_only.items.size() == 2);
  CHECK(web.swarm_only.items[0].value == "placement");
  CHECK(web.swarm_only.items[1].value == "update_config");
  CHECK(composed.at(web.key) == "web");
  CHECK(composed.at(web.body).starts_with("build:"));
  // Until it is joined with its stage nothing is known of the image.
  CHECK(composed.web().user.unknown());
  CHECK(composed.web().image.unknown());

  CHECK(composed.container("remote").service->build->remote_context);
  CHECK(composed.container("remote").service->build->file == "");
  CHECK(composed.container("plain").service->build->file == "/p/Dockerfile");
  CHECK(composed.container("model").service->provider.value == "awesome");
  REQUIRE(composed.project().networks.size() == 1);
  CHECK(composed.project().networks[0].internal);
}

TEST_CASE("services: images that are known") {
  const Composed composed(
      "services:\n"
      "  web:\n"
      "    image: nginx:1.27\n"
      "  strange:\n"
      "    image: example.com/app:1\n"
      "  own:\n"
      "    image: nginx:1.27\n"
      "    user: \"101\"\n");
  const Container& web = composed.web();
  REQUIRE(web.base != nullptr);
  // Its image says nothing of a user: root, and `user:` would stand in the service.
  CHECK(said(composed, web.user) == "absent @ web");
  CHECK(web.user.origin == Origin::base_image);
  CHECK(said(composed, web.health_check) == "absent @ web");
  CHECK(said(composed, web.entrypoint) == "unknown @ nginx:1.27");
  CHECK_FALSE(web.environment.complete);
  CHECK(composed.container("strange").base == nullptr);
  CHECK(said(composed, composed.container("strange").user) == "unknown @ example.com/app:1");
  CHECK(said(composed, composed.container("own").user) == "known @ 101");
}

TEST_CASE("services: hostile models") {
  for (const char* text : {
           "",
           "services:\n",
           "services: []\n",
           "services:\n  web:\n",
           "services:\n  web: []\n",
           "services:\n  web:\n    volumes: {a: b}\n    ports: x\n    build: 7\n    deploy: x\n",
           "services:\n  web:\n    healthcheck: x\n    ulimits: [a]\n    environment: x\n",
           "services:\n  web:\n    healthcheck: {test: [CMD]}\n    pre_start: x\n",
           "services:\n  web:\n    healthcheck: {test: [[a], {b: c}]}\n    gpus: [x]\n",
           "services:\n  web:\n    mem_limit: 1e400\n    cpus: nan\n    restart: on-failure:x\n",
           "services:\n  web:\n    cpu_quota: 1\n    cpu_period: 0\n    secrets: [{target: x}]\n",
       }) {
    CAPTURE(text);
    const Composed composed(text);
    CHECK(composed.project().containers.size() <= 1);
  }
}

}  // namespace
}  // namespace plimsoll::facts::services_test
