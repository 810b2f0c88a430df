// What is known of the image that a reference names.
#pragma once
#include <string_view>

#include "data/base_image.h"
#include "parse/imageref/imageref.h"

namespace plimsoll::facts {

// Null: the reference is none, or the image was never seen.
const data::BaseImage* find_base_facts(const parse::imageref::Reference& parts);
inline const data::BaseImage* find_base_facts(std::string_view reference) {
  return find_base_facts(parse::imageref::parse(reference));
}

}  // namespace plimsoll::facts
