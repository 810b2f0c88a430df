// What the image rules share: how an image is named, and where its tag stands.
#pragma once
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "base/concat.h"
#include "facts/build.h"
#include "parse/imageref/imageref.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::image {

// The repository as the tables in data/ write it: "node", "gcr.io/distroless/static".
inline std::string repository(const parse::imageref::Reference& parts) {
  const std::string_view hub = parse::imageref::docker_hub_name(parts);
  return hub.empty() ? concat({parts.domain, "/", parts.repository}) : std::string(hub);
}
inline std::string repository(const facts::Base& base) {
  return repository(base.parts);
}

// The tag's text in the image that a service or run line names; the whole image where its text is
// not what it says.
inline text::Place tag_place(const facts::Fact<std::string_view>& image, std::string_view tag) {
  const text::Place& where = image.where;
  const std::size_t at = image.value.find(concat({":", tag}));
  if (tag.empty() || at == std::string_view::npos || where.span.size() != image.value.size() ||
      !image.via.empty())
    return where;
  const std::uint32_t begin = where.span.begin + static_cast<std::uint32_t>(at) + 1;
  return {where.source, {begin, begin + static_cast<std::uint32_t>(tag.size())}};
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

// Whether compose-lint 0.36 holds the tag to be one that moves; it wants no digest of such an
// image.
inline bool moves_for_compose_lint(std::string_view tag) {
  constexpr std::string_view kTags[] = {"dev", "edge", "latest", "nightly", "stable", "test"};
  return std::ranges::find(kTags, tag) != std::end(kTags);
}

}  // namespace plimsoll::rules::image
