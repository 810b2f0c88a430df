// What a build makes for root alone, and its program needs under another account.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/build.h"

namespace plimsoll::rules::user {

// Commands that give the account what is written to: folders that others may write to by their
// mode or that are left empty, `scratch` of an image that steps down, and private keys that the
// build makes, which nobody but their owner may read. None: it can't be known where such a key is.
std::optional<std::vector<std::string>> giving_to(const facts::Container& c, std::string_view user,
                                                  const std::vector<std::string_view>& scratch);

// A key comes with the build context, with whatever owner and mode it has there.
bool copies_key(const facts::Stage& stage);

}  // namespace plimsoll::rules::user
