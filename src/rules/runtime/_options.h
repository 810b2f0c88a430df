// How a security option was written, for peers that know one of its forms.
#pragma once
#include <string_view>

#include "facts/container.h"

namespace plimsoll::rules::runtime {

// The option that stands at `where`, as written; empty: none does.
inline std::string_view option_at(const facts::Container& c, const text::Place& where) {
  for (const facts::Fact<std::string_view>& item : c.security_options.items)
    if (item.where == where) return item.value;
  return {};
}

}  // namespace plimsoll::rules::runtime
