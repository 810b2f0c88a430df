// insecure-registry: images come from a registry without a proof of who answers.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::insecure_registry {

static constexpr Alias kAliases[] = {{"docker-bench", "2.5"}, {"cis", "2.5"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  for (const facts::DaemonSetting& setting : daemon.settings)
    if (setting.key == "insecure-registries[]" && !is_loopback(setting.value))
      out.push_back({.where = setting.where,
                     .message = concat({"images of ", setting.value,
                                        " are taken without TLS, or with any certificate"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon,
     .text = "{ \"insecure-registries\": [\"registry.example.com:5000\"] }\n",
     .flagged = true},
    {.input = Input::daemon, .text = "{ \"insecure-registries\": [\"127.0.0.0/8\"] }\n"},
    {.input = Input::daemon,
     .text = "{ \"registry-mirrors\": [\"https://mirror.example.com\"] }\n"},
};

extern constinit const Rule rule = described({
    .name = "insecure-registry",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Registry that is used without TLS",
    .why = "Whoever is on the way can hand out other images, and read the passwords of those who "
           "push. An image is\n"
           "code that runs here.",
    .remedy = "Give the registry a certificate; one of a private authority goes to "
              "`/etc/docker/certs.d/HOST/ca.crt`.",
    .source = "CIS Docker Benchmark 1.6, 2.5; Docker, dockerd reference, \"Insecure registries\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::insecure_registry
