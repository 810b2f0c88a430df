// Finds what an image needs: its repository by binary search, then the first row whose tag fits.
#include "data/image_needs.h"

#include <algorithm>

#include "base/glob.h"
#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {

const ImageNeeds* find_image_needs(std::string_view repository, std::string_view tag) {
  const auto rows = std::ranges::equal_range(kImageNeeds, plain_repository(repository), {},
                                             &ImageNeeds::repository);
  if (tag.empty() && rows.size() != 1) return nullptr;
  const auto found = std::ranges::find_if(
      rows, [&](const ImageNeeds& row) { return glob_match(row.tag_glob, tag); });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace plimsoll::data
