// The container that the target of a build would give.
#include "facts/build.h"
#include "facts/lower.h"

namespace plimsoll::facts {

Container container_of(const Build& build, Arena& /*arena*/) {
  Container container{.kind = ContainerKind::stage,
                      .where = build.place({}),
                      .build = &build,
                      .stage = build.target};
  if (build.target == nullptr) return container;
  const Stage& stage = *build.target;
  container.name = stage.name;
  container.where = container.stage_where = build.place(stage.from->span);
  container.base = stage.root->facts;
  container.scratch = stage.root->scratch;
  container.image = stage.root->reference;
  // The target's facts; absent ones already point at its own FROM.
  container.user = stage.user;
  container.workdir = stage.workdir;
  container.entrypoint = stage.entrypoint;
  container.command = stage.command;
  container.health_check = stage.health_check;
  container.environment = stage.environment;
  container.labels = stage.labels;
  container.ports = stage.ports;
  container.volumes = stage.volumes;
  container.stop_signal = stage.stop_signal;
  return container;
}

}  // namespace plimsoll::facts
