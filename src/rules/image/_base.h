// What the image rules share: how an image is named, and where its tag stands.
#pragma once
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/build.h"
#include "parse/imageref/imageref.h"
#include "rules/rule.h"

namespace plimsoll::rules::image {

// The repository as the tables in data/ write it: "node", "gcr.io/distroless/static".
inline std::string repository(const facts::Base& base) {
  const std::string_view hub = parse::imageref::docker_hub_name(base.parts);
  return hub.empty() ? concat({base.parts.domain, "/", base.parts.repository}) : std::string(hub);
}

// True if FROM pulls an image whose name is known, rather than naming an earlier stage or
// `scratch`.
inline bool names_image(const facts::Base& base) {
  return base.stage == nullptr && !base.scratch && base.reference.known() && base.parts.valid;
}

// The tag's text; the whole image if the tag comes from a variable or there is none.
inline text::Place tag_place(const facts::Build& build, const facts::Base& base) {
  const std::string_view written = build.source->at(base.span);
  const std::size_t at =
      base.parts.tag.empty() ? std::string_view::npos : written.find(concat({":", base.parts.tag}));
  if (at == std::string_view::npos) return build.place(base.span);
  const std::uint32_t begin = base.span.begin + static_cast<std::uint32_t>(at) + 1;
  return build.place({begin, begin + static_cast<std::uint32_t>(base.parts.tag.size())});
}

}  // namespace plimsoll::rules::image
