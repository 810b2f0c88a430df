// Puts a container together from what is said when it is started and what its image says.
// Source: moby daemon/commit.go, merge.
#include "facts/join.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/base_facts.h"

namespace plimsoll::facts {
namespace {

// The service's own word; what was laid over it from an image is none.
template <class T>
bool is_said(const Fact<T>& fact) {
  return !fact.absent() && fact.origin != Origin::base_image;
}

template <class T>
void under(Fact<T>& fact, const Fact<T>& image) {
  if (!is_said(fact)) fact = image;
}

// Source: moby daemon/commit.go: an entrypoint of its own, with words, takes the image's command
// away.
void join_programs(Container& c, const Fact<Program>& entrypoint, const Fact<Program>& command) {
  const bool own_entrypoint = is_said(c.entrypoint);
  if (!is_said(c.command)) {
    c.command = command;
    if (own_entrypoint && c.entrypoint.presence != Presence::removed) {
      c.command = {.presence = Presence::removed, .where = c.entrypoint.where};
      c.command.via = c.entrypoint.via;
      c.command.editable = c.entrypoint.editable;
    }
  }
  if (!own_entrypoint) c.entrypoint = entrypoint;
}

// The image's variables, but those that are set anew, then the container's own.
FactList<Variable> merged(const FactList<Variable>& own, const FactList<Variable>& image,
                          Arena& arena) {
  FactList<Variable> list = own;
  list.complete = own.complete && image.complete;
  if (image.items.empty()) return list;
  std::vector<std::string_view> names;
  names.reserve(own.items.size());
  for (const Fact<Variable>& item : own.items) names.push_back(item.value.name);
  std::ranges::sort(names);
  std::vector<Fact<Variable>> items;
  items.reserve(own.items.size() + image.items.size());
  for (const Fact<Variable>& item : image.items)
    if (!std::ranges::binary_search(names, item.value.name)) items.push_back(item);
  items.insert(items.end(), own.items.begin(), own.items.end());
  list.items = arena.copy(items);
  return list;
}

template <class T>
FactList<T> both(const FactList<T>& own, const FactList<T>& image, Arena& arena) {
  FactList<T> list = own;
  list.complete = own.complete && image.complete;
  if (image.items.empty()) return list;
  std::vector<Fact<T>> items(image.items.begin(), image.items.end());
  items.insert(items.end(), own.items.begin(), own.items.end());
  list.items = arena.copy(items);
  return list;
}

template <class T>
void make_unknown(Fact<T>& fact, text::Place where, std::string_view because) {
  if (is_said(fact)) return;
  fact = {.presence = Presence::unknown, .where = where, .origin = Origin::base_image};
  fact.unknown_because = because;
}

// The image states none; it would be stated where the fact was looked for.
template <class T>
void make_absent(Fact<T>& fact, text::Place where) {
  if (!is_said(fact))
    fact = {.presence = Presence::absent, .where = where, .origin = Origin::base_image};
}

void use_base(Container& c, const data::BaseImage& base, text::Place image, text::Place missing) {
  if (base.user_known && !is_said(c.user)) {
    make_absent(c.user, missing);
    if (!base.user.empty()) {
      c.user.presence = Presence::known;
      c.user.value = base.user;
      c.user.where = image;
    }
  }
  if (!is_said(c.health_check)) {
    make_absent(c.health_check, missing);
    if (base.health_check) {
      c.health_check.presence = Presence::known;
      c.health_check.where = image;
    }
  }
}

}  // namespace

Container join(const Container& service, const Container& stage, Arena& arena) {
  Container c = service;
  c.build = stage.build;
  c.stage = stage.stage;
  c.stage_where = stage.where;
  c.base = stage.base;
  c.scratch = stage.scratch;
  c.image = stage.image;
  under(c.user, stage.user);
  under(c.workdir, stage.workdir);
  under(c.stop_signal, stage.stop_signal);
  under(c.health_check, stage.health_check);
  join_programs(c, stage.entrypoint, stage.command);
  // What an image that was not read might add is no longer missing.
  const bool complete = service.env_files.items.empty();
  c.environment.complete = complete;
  c.labels.complete = c.ports.complete = c.volumes.complete = true;
  c.environment = merged(c.environment, stage.environment, arena);
  c.labels = merged(c.labels, stage.labels, arena);
  c.ports = both(c.ports, stage.ports, arena);
  c.volumes = both(c.volumes, stage.volumes, arena);
  return c;
}

void lay_over_unknown(Container& container, text::Place where, std::string_view because) {
  Container& c = container;
  make_unknown(c.user, where, because);
  make_unknown(c.workdir, where, because);
  make_unknown(c.stop_signal, where, because);
  make_unknown(c.health_check, where, because);
  Fact<Program> entrypoint, command;
  make_unknown(entrypoint, where, because);
  make_unknown(command, where, because);
  join_programs(c, entrypoint, command);
  c.environment.complete = c.labels.complete = c.ports.complete = c.volumes.complete = false;
}

void lay_over_image(Container& container) {
  const text::Place missing = container.user.absent() ? container.user.where : container.where;
  const Fact<std::string_view>& image = container.image;
  std::string_view because = "what the image says is not known";
  if (image.unknown()) because = image.unknown_because;
  if (image.absent()) because = "no image is named";
  lay_over_unknown(container, image.where, because);
  if (!image.known()) return;
  container.base = find_base_facts(image.value);
  if (container.base != nullptr) use_base(container, *container.base, image.where, missing);
}

}  // namespace plimsoll::facts
