// Health checks that an image can run with what it has.
#include "rules/health/_probe.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"
#include "data/base_image.h"
#include "rules/compose_edits.h"
#include "rules/edits.h"
#include "rules/health/_question.h"
#include "rules/needs.h"

namespace plimsoll::rules::health {

// Where servers of the web listen by habit; what else listens may speak another protocol.
static constexpr std::uint16_t kWeb[] = {80, 3000, 5000, 8000, 8080, 8081};
// Where debuggers and sshd listen, if they do: Node's, the JDK's, debugpy, delve.
static constexpr std::uint16_t kBeside[] = {22, 2345, 5005, 5678, 9229};

static bool is_web(std::uint16_t port) {
  return std::ranges::find(kWeb, port) != std::end(kWeb);
}

// A server that is told by a file what it listens to and answers.
static bool is_configured(const facts::Container& c) {
  if (c.stage == nullptr || !c.stage->root->parts.valid) return false;
  const parse::imageref::Reference& parts = c.stage->root->parts;
  const data::ImageNeeds* needs = data::find_image_needs(known_name(parts), meant_tag(parts));
  return needs != nullptr && !needs->runtime;
}

// The one that tells whether the service works. None: it can't be told which.
static std::optional<std::uint16_t> main_port(const facts::Container& c) {
  std::vector<std::uint16_t> ports;
  for (const facts::Fact<facts::Port>& port : c.ports.items) {
    const bool plain = port.known() && port.value.protocol == facts::Protocol::tcp &&
                       port.value.first == port.value.last && port.value.first != 0;
    if (!plain) return {};
    if (std::ranges::find(kBeside, port.value.first) == std::end(kBeside) &&
        std::ranges::find(ports, port.value.first) == ports.end())
      ports.push_back(port.value.first);
  }
  if (ports.size() == 1) return ports.front();
  if (std::ranges::count_if(ports, is_web) == 1) return *std::ranges::find_if(ports, is_web);
  return {};
}

// A check of the Dockerfile's own, which holds whoever starts the image.
static constexpr std::string_view kTimes = "--interval=30s --timeout=5s --start-period=30s";

std::optional<Fix> probing_port(const facts::Container& c) {
  if (c.build == nullptr || c.stage == nullptr || c.running()) return {};
  const std::optional<std::uint16_t> port = main_port(c);
  if (!port) return {};
  const std::string words = knocked_at(c, *port, is_web(*port) && !is_configured(c));
  if (words.empty()) return {};
  std::optional<text::Edit> edit =
      at_end_of_steps(*c.stage, concat({"HEALTHCHECK ", kTimes, " CMD ", words}));
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"ask port ", std::to_string(*port)}),
             .edits = {std::move(*edit)}};
}

std::optional<Fix> asking_otherwise(const facts::Container& c) {
  if (c.build == nullptr || c.stage == nullptr || c.running() || !c.health_check.known()) return {};
  const parse::dockerfile::Instruction* check = nullptr;
  for (const facts::Stage* s = c.stage; s != nullptr && check == nullptr; s = s->base.stage)
    check = instruction_at(*s, c.health_check.where.span.begin);
  if (check == nullptr || check->keyword != parse::dockerfile::Keyword::healthcheck ||
      check->words.size() < 2 || !check->inner_comments.empty())
    return {};
  const std::optional<Question> question = question_of(c.health_check.value);
  if (!question) return {};
  const std::string words = asked_by_another(c, *question);
  if (words.empty()) return {};
  const std::string_view program = std::string_view(words).substr(2, words.find('"', 2) - 2);
  const text::Span command{check->words.front().span.end, check->span.end};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"ask by ", program}),
             .edits = {{c.build->place(command), concat({" ", words})}}};
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
