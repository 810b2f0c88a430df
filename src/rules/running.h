// What rules ask that speak of Dockerfiles, services and run lines alike: whose text says it?
#pragma once
#include "facts/build.h"
#include "facts/project.h"
#include "parse/imageref/imageref.h"

namespace plimsoll::rules {

// The place is in the Dockerfile that the container is built from.
inline bool in_dockerfile(const facts::Container& c, const text::Place& where) {
  return c.build != nullptr && c.build->source_number == where.source;
}

// A `pre_start` container has its service's keys, of which enough is said there.
inline bool is_inherited(const facts::Container& c, const text::Place& where) {
  if (c.service == nullptr || c.service->of.empty()) return false;
  const text::Place& own = c.service->body;
  return where.source != own.source || where.span.begin < own.span.begin ||
         where.span.end > own.span.end;
}

// A service or run line that names an image itself; one that builds its image has the Dockerfile's.
inline bool names_image(const facts::Container& c) {
  return c.running() && c.stage == nullptr && c.image.known() && !c.image.value.empty() &&
         (c.service == nullptr || c.service->build == nullptr) && !is_inherited(c, c.image.where);
}

}  // namespace plimsoll::rules
