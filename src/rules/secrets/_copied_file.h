// Fixes of a COPY of a file of secrets: it is mounted for the RUNs that need it, or given to the
// services that start the image.
#pragma once
#include <optional>

#include "facts/build.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// `service`: one that builds the image, whose project is changed with the Dockerfile; null: none
// does. None if it can't be told who reads the file.
std::optional<Fix> without_copied_file(const facts::Copy& copy, const facts::Container* service);

}  // namespace plimsoll::rules::secrets
