// Refuses services that wait for each other: a walk along `depends_on` that comes back.
#include <algorithm>
#include <map>

#include "base/concat.h"
#include "parse/compose/consistency.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

struct Edge {
  std::string_view to;
  const Node* at;
};

struct Vertex {
  std::vector<Edge> edges{};  // by name
  std::size_t next = 0;       // the edge to go along
  enum class State : std::uint8_t { unseen, open, done } state = State::unseen;
};

using Graph = std::map<std::string_view, Vertex>;

Graph graph_of(const Node& services) {
  Graph graph;
  for (const Member& member : services.members) graph[member.key];
  for (const Member& member : services.members) {
    const Node* depends_on = map_at(*member.value, "depends_on");
    if (depends_on == nullptr) continue;
    std::vector<Edge>& edges = graph[member.key].edges;
    edges.reserve(depends_on->members.size());
    for (const Member& dependency : depends_on->members)
      if (graph.contains(dependency.key)) edges.push_back({dependency.key, dependency.value});
    std::ranges::sort(edges, {}, &Edge::to);
  }
  return graph;
}

// "a -> b -> a"
std::string circle(const std::vector<std::string_view>& way, std::string_view back_to) {
  std::string text;
  for (auto at = std::ranges::find(way, back_to); at != way.end(); ++at)
    text += concat({*at, " -> "});
  return text + std::string(back_to);
}

// The stack is `way`, so that a long chain needs no deep calls. True: one was found, and told.
bool find_cycle(const Loading& in, Graph& graph, std::string_view start) {
  std::vector<std::string_view> way{start};
  graph[start].state = Vertex::State::open;
  while (!way.empty()) {
    Vertex& vertex = graph[way.back()];
    if (vertex.next == vertex.edges.size()) {
      vertex.state = Vertex::State::done;
      way.pop_back();
      continue;
    }
    const Edge edge = vertex.edges[vertex.next++];
    Vertex& target = graph[edge.to];
    if (target.state == Vertex::State::open) {
      in.refuse(*edge.at, concat({"dependency cycle detected: ", circle(way, edge.to)}));
      return true;
    }
    if (target.state == Vertex::State::done) continue;
    target.state = Vertex::State::open;
    way.push_back(edge.to);
  }
  return false;
}

}  // namespace

void check_cycles(const Loading& in, const Node& model) {
  const Node* services = map_at(model, "services");
  if (services == nullptr) return;
  Graph graph = graph_of(*services);
  for (const Member& member : services->members) {
    if (graph[member.key].state != Vertex::State::unseen) continue;
    if (find_cycle(in, graph, member.key)) return;
  }
}

}  // namespace plimsoll::parse::compose
