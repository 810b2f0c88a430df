// port-published-twice: two services of a project want the same port of the host.
#include <algorithm>
#include <vector>

#include "facts/project.h"
#include "rules/exposure/_published.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::port_published_twice {

static constexpr Alias kAliases[] = {
    {"dclint", "no-duplicate-exported-ports"},
};

struct Claim {
  const facts::Container* container;
  const facts::Fact<facts::PublishedPort>* port;
  [[nodiscard]] const facts::PublishedPort& value() const { return port->value; }
};

static bool same_address(std::string_view a, std::string_view b) {
  return is_any_address(a) || is_any_address(b) || a == b;
}

// Services of different profiles may never run together.
static bool may_run_together(const facts::Container& a, const facts::Container& b) {
  const auto names = [](const facts::Container& c) { return c.service->profiles; };
  if (names(a).empty() || names(b).empty()) return true;
  return std::ranges::any_of(names(a), [&](const facts::Fact<std::string_view>& name) {
    return std::ranges::any_of(names(b), [&](const facts::Fact<std::string_view>& other) {
      return other.value == name.value;
    });
  });
}

static bool collide(const Claim& a, const Claim& b) {
  return a.value().protocol == b.value().protocol && a.value().last >= b.value().first &&
         b.value().last >= a.value().first && same_address(a.value().host_ip, b.value().host_ip) &&
         may_run_together(*a.container, *b.container);
}

// A range of the host for one port of the container takes any that is free.
static bool is_fixed(const facts::PublishedPort& port) {
  return port.first != 0 && port.last - port.first == port.target_last - port.target_first;
}

static void check(const facts::Project& project, Findings& out) {
  std::vector<Claim> claims;
  for (const facts::Container& c : project.containers) {
    if (c.kind != facts::ContainerKind::service || c.service == nullptr || !c.service->of.empty())
      continue;
    for (const facts::Fact<facts::PublishedPort>& port : c.published_ports.items)
      if (port.known() && is_fixed(port.value)) claims.push_back({&c, &port});
  }
  std::ranges::stable_sort(claims, {}, [](const Claim& c) { return c.value().first; });
  constexpr std::size_t kNeighbours = 16;  // so that thousands of equal ones stay cheap
  for (std::size_t i = 1; i < claims.size(); ++i) {
    for (std::size_t back = 1; back <= std::min(i, kNeighbours); ++back) {
      const Claim& before = claims[i - back];
      if (!collide(before, claims[i])) continue;
      out.push_back(
          {.where = claims[i].port->where,
           .message = concat({"port ", range_text(claims[i].value().first, claims[i].value().last),
                              " of the host is published by ", before.container->name, " already"}),
           .related = {{before.port->where, "it is published here too"}}});
      break;
    }
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text =
         "services:\n  a:\n    image: nginx:1.27\n    ports: [\"127.0.0.1:8080:80\"]\n  b:\n    "
         "image: nginx:1.27\n    ports: [\"8080:80\"]\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  a:\n    image: nginx:1.27\n    ports: [\"127.0.0.1:8080:80\"]\n  b:\n    "
         "image: nginx:1.27\n    ports: [\"127.0.0.1:8081:80\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "port-published-twice",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Port of the host is published twice",
    .why = "The engine gives a port to the first who asks: the second service does not start, with "
           "\"port is already allocated\".",
    .remedy = "Give one of them another port of the host, or an address of its own.",
    .source = "Docker, \"Port publishing and mapping\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::exposure::port_published_twice
