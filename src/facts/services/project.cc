// Lowers a Compose project: what stands beside the services, then container by container.
#include "base/concat.h"
#include "facts/join.h"
#include "facts/services.h"
#include "facts/services/reading.h"

namespace plimsoll::facts {
namespace {

using parse::compose::Member;

// Hooks of a service as containers: "web.pre_start[0]".
std::string_view hook_name(Arena& arena, std::string_view service, std::size_t index) {
  return arena.copy(concat({service, ".pre_start[", std::to_string(index), "]"}));
}

// What the hook says itself, not the service's keys that it inherits.
text::Place first_own_key(const Node& hook) {
  for (const Member& member : hook.members) {
    const text::Place& key = member.where;
    if (key.source == hook.where.source && key.span.begin >= hook.where.span.begin &&
        key.span.end <= hook.where.span.end && key.span.size() != 0)
      return key;
  }
  return hook.where;
}

struct Identity {
  ContainerKind kind{};
  std::string_view name{}, of{};
  text::Place key{};      // of the service or job
  text::Place subject{};  // what a finding about the whole points at
};

Container read_container(ProjectReading& in, const Node& node, const Identity& identity) {
  Service& service =
      *in.arena.make(Service{.of = identity.of, .key = identity.key, .body = node.where});
  if (identity.of.empty()) service.text = in.written.at(node.where, identity.name);
  Container c{.kind = identity.kind, .name = identity.name, .where = identity.subject};
  c.project = &in.project;
  c.service = &service;
  const ServiceReading reading{
      .in = in, .node = node, .container = c, .service = service, .missing = identity.key};
  c.image = text_fact(reading, node.find("image"));
  read_settings(reading);
  read_programs(reading);
  read_resources(reading);
  read_mounts(reading);
  read_networking(reading);
  read_workload(reading);
  if (service.build == nullptr) {
    lay_over_image(c);
    return c;
  }
  // `image:` is only the name that the result gets.
  service.image_name = c.image;
  constexpr std::string_view kNotRead = "the Dockerfile that it is built from was not read";
  c.image = {.presence = Presence::unknown, .where = service.build->where};
  c.image.unknown_because = kNotRead;
  lay_over_unknown(c, service.build->where, kNotRead);
  return c;
}

void read_service(ProjectReading& in, const Member& member, std::vector<Container>& out) {
  const Node& node = *member.value;
  Identity identity{.kind = ContainerKind::service, .name = in.arena.copy(member.key)};
  identity.key = identity.subject = member.where;
  out.push_back(read_container(in, node, identity));

  // They inherit the service's keys, so what neither has is missing in the service.
  const Node* const hooks = node.find("pre_start");
  if (hooks == nullptr) return;
  identity.of = identity.name;
  for (std::size_t i = 0; i < hooks->items.size(); ++i) {
    const Node& hook = *hooks->items[i];
    if (!hook.is(NodeKind::map)) continue;
    identity.name = hook_name(in.arena, identity.of, i);
    identity.subject = first_own_key(hook);
    out.push_back(read_container(in, hook, identity));
  }
}

void read_containers(ProjectReading& in) {
  std::vector<Container> containers;
  const Node& model = *in.given.model;
  if (const Node* services = model.find("services"))
    for (const Member& member : services->members)
      if (member.value->is(NodeKind::map)) read_service(in, member, containers);
  if (const Node* jobs = model.find("jobs")) {
    for (const Member& member : jobs->members) {
      if (!member.value->is(NodeKind::map)) continue;
      Identity identity{.kind = ContainerKind::job, .name = in.arena.copy(member.key)};
      identity.key = identity.subject = member.where;
      containers.push_back(read_container(in, *member.value, identity));
    }
  }
  in.project.containers = in.arena.copy(containers);
}

std::span<const ProjectProblem> problems_of(Arena& arena, text::Place whole,
                                            const std::vector<parse::compose::Problem>& given) {
  std::vector<ProjectProblem> problems;
  problems.reserve(given.size());
  for (const parse::compose::Problem& problem : given)
    problems.push_back({problem.has_place ? problem.where : whole, arena.copy(problem.message)});
  return arena.copy(problems);
}

Fact<std::string_view> top_level_text(const ProjectReading& in, const Node* node) {
  if (!is_stated(node)) return absent_at<std::string_view>(in.project.where);
  return fact_of<std::string_view>(in.arena, *node, in.arena.copy(text_of(*node)));
}

FactList<std::string_view> remote_parts(const ProjectReading& in) {
  std::vector<Fact<std::string_view>> items;
  items.reserve(in.given.remote.size());
  for (const parse::compose::Problem& part : in.given.remote)
    items.push_back({.presence = Presence::known,
                     .value = in.arena.copy(part.message),
                     .where = part.has_place ? part.where : in.project.where});
  return {.items = in.arena.copy(items), .where = in.project.where};
}

}  // namespace

Project* lower_project(const parse::compose::Project& given, Arena& arena,
                       std::string_view unjudged, const parse::compose::WrittenFiles* texts) {
  const WrittenServices written(texts);
  Project& project = *arena.make(Project{.name = arena.copy(given.name),
                                         .directory = arena.copy(given.directory),
                                         .where = given.model->where,
                                         .sources = arena.copy(given.sources),
                                         .shared = arena.copy(written.shared()),
                                         .unjudged = unjudged});
  ProjectReading in{.given = given, .arena = arena, .project = project, .written = written};
  project.problems = problems_of(arena, project.where, given.problems);
  project.gaps = problems_of(arena, project.where, given.gaps);
  if (given.version != nullptr)
    project.version =
        fact_of<std::string_view>(arena, *given.version, arena.copy(text_of(*given.version)));
  project.remote = remote_parts(in);
  project.variables_file.path = arena.copy(given.dotenv);
  std::vector<Variable> variables;
  variables.reserve(given.variables.size());
  for (const auto& [name, value] : given.variables)
    variables.push_back({.name = arena.copy(name), .text = arena.copy(value)});
  project.variables_file.variables = arena.copy(variables);
  project.stated_name = top_level_text(in, given.model->find("name"));

  // What services refer to, then the services.
  read_top_level(in);
  read_containers(in);
  return &project;
}

}  // namespace plimsoll::facts
