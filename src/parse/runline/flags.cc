// The table of options, as one sorted array: whether an option takes the next word decides where
// the image stands.
// Source: docker/cli cli/command/container/{opts,run,create}.go 28f7560; podman-run(1) 5.x; nerdctl
// docs/command-reference.md 2.x. Checked on 2026-11-24.
#include "parse/runline/flags.h"

#include <algorithm>
#include <span>

namespace plimsoll::parse::runline {
namespace {

struct Engines {
  std::uint8_t bits;
};
constexpr Engines operator|(Engines a, Engines b) {
  return {static_cast<std::uint8_t>(a.bits | b.bits)};
}
constexpr Engines kDocker{1 << static_cast<int>(Engine::docker)};
constexpr Engines kPodman{1 << static_cast<int>(Engine::podman)};
constexpr Engines kNerdctl{1 << static_cast<int>(Engine::nerdctl)};
constexpr Engines kAll = kDocker | kPodman | kNerdctl;

constexpr Flag value(std::string_view name, Engines engines = kAll, char letter = 0) {
  return {.name = name, .letter = letter, .engines = engines.bits};
}
constexpr Flag value(std::string_view name, char letter) {
  return value(name, kAll, letter);
}
constexpr Flag toggle(std::string_view name, Engines engines = kAll, char letter = 0) {
  return {.name = name, .letter = letter, .is_switch = true, .engines = engines.bits};
}
constexpr Flag toggle(std::string_view name, char letter) {
  return toggle(name, kAll, letter);
}
constexpr Flag run_only(Flag flag) {
  flag.run_only = true;
  return flag;
}

constexpr Flag kFlags[] = {
    value("add-host"),
    value("annotation"),
    value("arch", kPodman),
    value("attach", 'a'),
    value("authfile", kPodman),
    value("blkio-weight"),
    value("blkio-weight-device", kDocker | kPodman),
    value("cap-add"),
    value("cap-drop"),
    value("cgroup-conf", kPodman | kNerdctl),
    value("cgroup-parent"),
    value("cgroupns"),
    value("cgroups", kPodman),
    value("chrootdirs", kPodman),
    value("cidfile"),
    value("conmon-pidfile", kPodman),
    value("cosign-key", kNerdctl),
    value("cpu-count", kDocker),
    value("cpu-percent", kDocker),
    value("cpu-period"),
    value("cpu-quota"),
    value("cpu-rt-period"),
    value("cpu-rt-runtime"),
    value("cpu-shares", 'c'),
    value("cpus"),
    value("cpuset-cpus"),
    value("cpuset-mems"),
    value("creds", kPodman),
    value("decryption-key", kPodman),
    run_only(toggle("detach", 'd')),
    run_only(value("detach-keys")),
    value("device"),
    value("device-cgroup-rule", kDocker | kPodman),
    value("device-read-bps", kDocker | kPodman),
    value("device-read-iops", kDocker | kPodman),
    value("device-write-bps", kDocker | kPodman),
    value("device-write-iops", kDocker | kPodman),
    toggle("disable-content-trust", kDocker | kPodman),
    value("dns"),
    value("dns-opt"),
    value("dns-option"),
    value("dns-search"),
    value("domainname", kDocker | kNerdctl),
    value("entrypoint"),
    value("env", 'e'),
    value("env-file"),
    toggle("env-host", kPodman),
    value("env-merge", kPodman),
    value("expose"),
    value("gidmap", kPodman),
    value("gpus"),
    value("group-add"),
    value("group-entry", kPodman),
    value("health-cmd"),
    value("health-interval"),
    value("health-log-destination", kPodman),
    value("health-max-log-count", kPodman),
    value("health-max-log-size", kPodman),
    value("health-on-failure", kPodman),
    value("health-retries"),
    value("health-start-interval", kDocker | kNerdctl),
    value("health-start-period"),
    value("health-startup-cmd", kPodman),
    value("health-startup-interval", kPodman),
    value("health-startup-retries", kPodman),
    value("health-startup-success", kPodman),
    value("health-startup-timeout", kPodman),
    value("health-timeout"),
    toggle("help"),
    value("hostname", 'h'),
    value("hosts-file", kPodman),
    value("hostuser", kPodman),
    toggle("http-proxy", kPodman),
    value("image-volume", kPodman),
    toggle("init"),
    value("init-binary", kNerdctl),
    value("init-ctr", kPodman),
    value("init-path", kPodman),
    value("intel-rdt-closid", kPodman),
    toggle("interactive", 'i'),
    value("io-maxbandwidth", kDocker),
    value("io-maxiops", kDocker),
    value("ip"),
    value("ip6"),
    value("ipc"),
    value("ipfs-address", kNerdctl),
    value("isolation", kDocker | kNerdctl),
    value("kernel-memory"),
    value("label", 'l'),
    value("label-file"),
    value("link", kDocker),
    value("link-local-ip", kDocker),
    value("log-driver"),
    value("log-opt"),
    value("mac-address"),
    value("memory", 'm'),
    value("memory-reservation"),
    value("memory-swap"),
    value("memory-swappiness"),
    value("mount"),
    value("name"),
    value("net"),
    value("net-alias", kDocker),
    value("network"),
    value("network-alias", kDocker | kPodman),
    toggle("no-healthcheck"),
    toggle("no-hostname", kPodman),
    toggle("no-hosts", kPodman),
    toggle("oom-kill-disable"),
    value("oom-score-adj"),
    value("os", kPodman),
    toggle("passwd", kPodman),
    value("passwd-entry", kPodman),
    value("personality", kPodman),
    value("pid"),
    value("pidfile", kPodman | kNerdctl),
    value("pids-limit"),
    value("platform"),
    value("pod", kPodman),
    value("pod-id-file", kPodman),
    value("preserve-fd", kPodman),
    value("preserve-fds", kPodman),
    toggle("privileged"),
    value("publish", 'p'),
    toggle("publish-all", kDocker | kPodman, 'P'),
    value("pull"),
    toggle("quiet", 'q'),
    value("rdt-class", kNerdctl),
    toggle("read-only"),
    toggle("read-only-tmpfs", kPodman),
    toggle("replace", kPodman),
    value("requires", kPodman),
    value("restart"),
    value("retry", kPodman),
    value("retry-delay", kPodman),
    toggle("rm"),
    toggle("rmi", kPodman),
    toggle("rootfs", kPodman | kNerdctl),
    value("runtime"),
    value("sdnotify", kPodman),
    value("seccomp-policy", kPodman),
    value("secret", kPodman),
    value("security-opt"),
    value("shm-size"),
    value("shm-size-systemd", kPodman),
    run_only(toggle("sig-proxy")),
    value("signature-policy", kPodman),
    value("stop-signal"),
    value("stop-timeout"),
    value("storage-opt", kDocker | kPodman),
    value("subgidname", kPodman),
    value("subuidname", kPodman),
    value("sysctl"),
    value("systemd", kPodman | kNerdctl),
    value("timeout", kPodman),
    toggle("tls-verify", kPodman),
    value("tmpfs"),
    toggle("tty", 't'),
    value("tz", kPodman),
    value("uidmap", kPodman),
    value("ulimit"),
    value("umask", kPodman | kNerdctl),
    value("unsetenv", kPodman),
    toggle("unsetenv-all", kPodman),
    toggle("use-api-socket", kDocker),
    value("user", 'u'),
    value("userns"),
    value("uts"),
    value("variant", kPodman),
    value("verify", kNerdctl),
    value("volume", 'v'),
    value("volume-driver", kDocker),
    value("volumes-from"),
    value("workdir", 'w'),
};
static_assert(std::ranges::is_sorted(kFlags, {}, &Flag::name));

constexpr Flag kGlobalFlags[] = {
    value("address", kNerdctl, 'a'),
    value("cgroup-manager", kPodman | kNerdctl),
    value("cni-netconfpath", kNerdctl),
    value("cni-path", kNerdctl),
    value("config", kDocker),
    value("conmon", kPodman),
    value("connection", kPodman),
    value("context", kDocker, 'c'),
    value("data-root", kNerdctl),
    toggle("debug", kDocker | kNerdctl, 'D'),
    toggle("debug-full", kNerdctl),
    value("events-backend", kPodman),
    toggle("experimental", kNerdctl),
    value("hooks-dir", kPodman),
    value("host", kDocker | kNerdctl, 'H'),
    value("hosts-dir", kNerdctl),
    value("identity", kPodman),
    toggle("insecure-registry", kNerdctl),
    value("log-level", kDocker | kPodman, 'l'),
    value("module", kPodman),
    value("namespace", kPodman | kNerdctl, 'n'),
    value("network-config-dir", kPodman),
    toggle("remote", kPodman, 'r'),
    value("root", kPodman),
    value("runroot", kPodman),
    value("runtime", kPodman),
    value("runtime-flag", kPodman),
    value("snapshotter", kNerdctl),
    value("ssh", kPodman),
    value("storage-driver", kPodman | kNerdctl),
    value("storage-opt", kPodman),
    toggle("syslog", kPodman),
    toggle("tls", kDocker),
    value("tlscacert", kDocker),
    value("tlscert", kDocker),
    value("tlskey", kDocker),
    toggle("tlsverify", kDocker),
    value("tmpdir", kPodman),
    toggle("transient-store", kPodman),
    value("url", kPodman),
    value("volumepath", kPodman),
};
static_assert(std::ranges::is_sorted(kGlobalFlags, {}, &Flag::name));

bool knows(const Flag& flag, Engine engine) {
  return engine == Engine::unknown || (flag.engines >> static_cast<int>(engine) & 1) != 0;
}

const Flag* find(std::span<const Flag> table, std::string_view name, Engine engine) {
  const auto found = std::ranges::lower_bound(table, name, {}, &Flag::name);
  return found != table.end() && found->name == name && knows(*found, engine) ? &*found : nullptr;
}

const Flag* find(std::span<const Flag> table, char letter, Engine engine) {
  const auto found = std::ranges::find_if(
      table, [&](const Flag& flag) { return flag.letter == letter && knows(flag, engine); });
  return found != table.end() ? &*found : nullptr;
}

const Flag* of_verb(const Flag* flag, Verb verb) {
  return flag != nullptr && flag->run_only && verb == Verb::create ? nullptr : flag;
}

}  // namespace

const Flag* find_flag(std::string_view name, Engine engine, Verb verb) {
  return of_verb(find(kFlags, name, engine), verb);
}

const Flag* find_flag(char letter, Engine engine, Verb verb) {
  return letter == 0 ? nullptr : of_verb(find(kFlags, letter, engine), verb);
}

const Flag* find_global_flag(std::string_view name, Engine engine) {
  return find(kGlobalFlags, name, engine);
}

const Flag* find_global_flag(char letter, Engine engine) {
  return letter == 0 ? nullptr : find(kGlobalFlags, letter, engine);
}

}  // namespace plimsoll::parse::runline
