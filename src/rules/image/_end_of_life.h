// What the two rules about the end of an image's life share.
#pragma once
#include <cstdint>
#include <string>

#include "data/base_image.h"
#include "facts/build.h"
#include "rules/image/_base.h"

namespace plimsoll::rules::image {

// "2026-11-24" of 20261124.
inline std::string written_date(std::uint32_t yyyymmdd) {
  std::string digits = std::to_string(yyyymmdd);
  if (digits.size() != 8) return digits;
  return digits.insert(6, "-").insert(4, "-");
}

inline std::uint32_t last_day(const data::EndOfLife& life) {
  return life.extended > life.date ? life.extended : life.date;
}

// Calls `visit` for each statement about an image that some needed stage is built FROM.
template <class Visit>
void for_each_end_of_life(const facts::Build& build, Visit visit) {
  for (const facts::Stage& stage : build.stages) {
    if (!stage.used || !names_image(stage.base)) continue;
    const data::EndOfLives lives = data::end_of_life(repository(stage.base), stage.base.parts.tag);
    for (std::uint8_t i = 0; i < lives.count; ++i)
      if (lives.items[i].date != 0) visit(stage.base, lives.items[i]);
  }
}

}  // namespace plimsoll::rules::image
