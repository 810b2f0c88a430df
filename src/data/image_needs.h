// What a container of a well-known image needs to work once it is hardened, from
// data/image_needs.json, which says what each part means.
#pragma once
#include <span>
#include <string_view>

namespace plimsoll::data {

struct ImageHealth {
  std::string_view tool, test, timeout;  // `test` as Compose takes it; empty: none is known
  std::span<const std::string_view> unless;
};

struct ImageNeeds {
  std::string_view repository, tag_glob, user, account, lowered;
  bool runtime = false;
  bool capabilities_known = false, scratch_known = false, raises = false;
  std::span<const std::string_view> programs, capabilities, kept, mounted, scratch, moved_by,
      file_variables;
  // What is written besides where one of these programs is started, below the user's home: `~/…`.
  std::span<const std::string_view> starters, starters_scratch;
  ImageHealth health;
};

// Null: nothing is known. Repository and tag are as for find_base_image.
const ImageNeeds* find_image_needs(std::string_view repository, std::string_view tag);

}  // namespace plimsoll::data
