// Look-ups in what was read.
#include "parse/dockerfile/tree.h"

#include "parse/dockerfile/characters.h"

namespace plimsoll::parse::dockerfile {

const Flag* Instruction::flag(std::string_view name) const {
  for (const Flag& flag : flags)
    if (flag.name == name) return &flag;
  return nullptr;
}

std::string_view Mount::option(std::string_view a, std::string_view b) const {
  // BuildKit assigns option by option: the last one counts. Keys are compared in lower case
  // (commands_runmount.go).
  for (std::size_t i = options.size(); i-- > 0;) {
    const MountOption& option = options[i];
    if (lowers_to(option.key, a) || (!b.empty() && lowers_to(option.key, b))) return option.value;
  }
  return {};
}

}  // namespace plimsoll::parse::dockerfile
