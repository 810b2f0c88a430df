// unprotected-engine-api: the engine listens on a TCP port without asking for certificates.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::unprotected_engine_api {

static constexpr Alias kAliases[] = {{"docker-bench", "2.7"}, {"cis", "2.7"}};

// Over a unix socket or systemd's the file's mode decides who may speak; `ssh://` is for clients.
static bool is_tcp(std::string_view host) {
  return host.starts_with("tcp://") ||
         (!host.empty() && host.find("://") == std::string_view::npos &&
          host.find(':') != std::string_view::npos);
}

static bool is_local(std::string_view host) {
  if (host.starts_with("tcp://")) host.remove_prefix(6);
  return is_loopback(host);
}

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon) || daemon.is_true("tlsverify")) return;
  for (const facts::DaemonSetting& setting : daemon.settings) {
    if ((setting.key != "hosts[]" && setting.key != "hosts") || !is_tcp(setting.value)) continue;
    out.push_back(
        {.where = setting.where,
         .message = concat({"whoever reaches ", setting.value, " is root on this host: ",
                            daemon.is_true("tls") ? "TLS without tlsverify asks for no certificate"
                                                  : "nothing asks for a certificate"}),
         .severity = is_local(setting.value) ? Severity::high : Severity::critical});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon,
     .text = "{ \"hosts\": [\"unix:///var/run/docker.sock\", \"tcp://0.0.0.0:2375\"] }\n",
     .flagged = true},
    {.input = Input::daemon,
     .text = "{ \"hosts\": [\"tcp://10.0.0.1:2376\"], \"tls\": true }\n",
     .flagged = true},
    {.input = Input::daemon, .text = "{ \"hosts\": [\"fd://\"] }\n"},
    {.input = Input::daemon,
     .text = "{ \"hosts\": [\"tcp://10.0.0.1:2376\"], \"tlsverify\": true, \"tlscacert\": "
             "\"/etc/docker/ca.pem\",\n  \"tlscert\": \"/etc/docker/cert.pem\", \"tlskey\": "
             "\"/etc/docker/key.pem\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "unprotected-engine-api",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "Engine listens on TCP without client certificates",
    .why = "Speaking to the engine is being root on its host: a container with `/` mounted is one "
           "request away. Ports\n"
           "2375 and 2376 are scanned for all the time; programs in any container can reach a port "
           "of the host, and\n"
           "web pages one of localhost.",
    .remedy = "Remove the address and use `ssh://` (`docker -H ssh://host`), or set `tlsverify` "
              "with `tlscacert`, `tlscert` and `tlskey`.",
    .source = "CIS Docker Benchmark 1.6, 2.7; Docker, Protect the Docker daemon socket",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::unprotected_engine_api
