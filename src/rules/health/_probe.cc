// Health checks that an image can run with what it has.
#include "rules/health/_probe.h"

#include <algorithm>
#include <string>

#include "base/concat.h"
#include "data/base_image.h"
#include "rules/compose_edits.h"
#include "rules/edits.h"
#include "rules/needs.h"

namespace plimsoll::rules::health {

// Where servers of the web listen by habit; what else listens may speak another protocol.
static constexpr std::uint16_t kWeb[] = {80, 3000, 5000, 8000, 8080, 8081};

static std::optional<std::uint16_t> only_port(const facts::Container& c) {
  std::optional<std::uint16_t> result;
  for (const facts::Fact<facts::Port>& port : c.ports.items) {
    const bool plain = port.known() && port.value.protocol == facts::Protocol::tcp &&
                       port.value.first == port.value.last && port.value.first != 0;
    if (!plain || (result && *result != port.value.first)) return {};
    result = port.value.first;
  }
  return result;
}

// A program that the Dockerfile installs under its own name and doesn't take away again.
static bool installs(const facts::Stage& stage, std::string_view program) {
  bool found = false;
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    for (const facts::Run& run : s->runs)
      for (const facts::Command& command : run.commands) {
        const facts::PackageCall* call = command.packages;
        if (call == nullptr || run.trigger) continue;
        const bool system =
            call->manager == facts::Manager::apt || call->manager == facts::Manager::apk ||
            call->manager == facts::Manager::dnf || call->manager == facts::Manager::yum;
        if (!system || !command.has(program)) continue;
        if (call->action == facts::PackageAction::remove) return false;
        found |= call->action == facts::PackageAction::install;
      }
  return found;
}

static bool has(const facts::Container& c, std::string_view program) {
  return (c.base != nullptr && data::has_tool(*c.base, program) == data::HasTool::yes) ||
         installs(*c.stage, program);
}

// The words behind CMD; empty: no program is known to be there.
static std::string probe(const facts::Container& c, std::uint16_t port) {
  const std::string number = std::to_string(port);
  const bool web = std::ranges::find(kWeb, port) != std::end(kWeb);
  // Any answer counts: whether `/` is a page isn't known.
  if (web && has(c, "curl"))
    return concat({R"(["curl", "-sS", "-o", "/dev/null", "http://127.0.0.1:)", number, R"(/"])"});
  if (has(c, "python3"))
    return concat({R"j(["python3", "-c", "import socket; socket.create_connection(('127.0.0.1', )j",
                   number, R"j(), 3)"])j"});
  const bool busybox = c.base != nullptr && c.base->family == data::Family::alpine;
  if (busybox && has(c, "nc")) return concat({R"(["nc", "-z", "127.0.0.1", ")", number, R"("])"});
  // Debian builds bash with its network redirections.
  const bool debian = c.base != nullptr && (c.base->family == data::Family::debian ||
                                            c.base->family == data::Family::ubuntu);
  if (debian && has(c, "bash"))
    return concat({R"(["bash", "-c", "</dev/tcp/127.0.0.1/)", number, R"("])"});
  return {};
}

std::optional<Fix> probing_port(const facts::Container& c) {
  if (c.build == nullptr || c.stage == nullptr || c.running()) return {};
  const std::optional<std::uint16_t> port = only_port(c);
  if (!port) return {};
  const std::string words = probe(c, *port);
  if (words.empty()) return {};
  std::optional<text::Edit> edit = at_end_of_steps(*c.stage, concat({"HEALTHCHECK CMD ", words}));
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"ask port ", std::to_string(*port)}),
             .edits = {std::move(*edit)}};
}

// What is asked for listens elsewhere, or speaks otherwise.
static bool sets_port(const facts::Container& c) {
  return c.command.known() && std::ranges::any_of(c.command.value.words, [](std::string_view word) {
           return word.find("port") != std::string_view::npos ||
                  word.find("tls") != std::string_view::npos || word == "-p";
         });
}

std::optional<Fix> asking_image(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  if (needs == nullptr || needs->health.test.empty() || c.base == nullptr) return {};
  const data::ImageHealth& health = needs->health;
  if (data::has_tool(*c.base, health.tool) != data::HasTool::yes || is_stated(c, health.unless) ||
      sets_port(c))
    return {};
  const std::string_view timeout = health.timeout.empty() ? "5s" : health.timeout;
  std::optional<text::Edit> edit = with_key(c, {"healthcheck",
                                                "",
                                                {{"test", std::string(health.test)},
                                                 {"interval", "30s"},
                                                 {"timeout", std::string(timeout)},
                                                 {"start_period", "30s"}}});
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"ask it by ", health.tool}),
             .edits = {std::move(*edit)}};
}

}  // namespace plimsoll::rules::health
