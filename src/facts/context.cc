// Tells what of a folder should not be sent to a build.
#include "facts/context.h"

#include <algorithm>
#include <array>

#include "data/names.h"

namespace plimsoll::facts {

// Sorted.
static constexpr std::array<std::string_view, 11> kFolders = {
    ".aws",       ".git",  ".hg",         ".kube",        ".ssh",   ".svn",
    ".terraform", ".venv", "__pycache__", "node_modules", "secrets"};

std::vector<std::string_view> unwanted_names(std::span<const std::string_view> names) {
  std::vector<std::string_view> unwanted;
  std::ranges::copy_if(names, std::back_inserter(unwanted), [](std::string_view name) {
    return std::ranges::binary_search(kFolders, name) || !data::secret_file(name).empty();
  });
  return unwanted;
}

}  // namespace plimsoll::facts
