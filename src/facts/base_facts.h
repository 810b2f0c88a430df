// What is known of the image that a reference names.
#pragma once
#include <string_view>

#include "base/arena.h"
#include "data/base_image.h"
#include "parse/imageref/imageref.h"

namespace plimsoll::facts {

// Null: the reference is none, or the image was never seen.
const data::BaseImage* find_base_facts(const parse::imageref::Reference& parts, Arena& arena);
inline const data::BaseImage* find_base_facts(std::string_view reference, Arena& arena) {
  return find_base_facts(parse::imageref::parse(reference), arena);
}

}  // namespace plimsoll::facts
