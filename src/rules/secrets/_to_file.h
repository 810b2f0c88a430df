// A fix of literal credentials: the value goes to a file of its own, which the container is given
// as a secret.
#pragma once
#include <optional>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// `POSTGRES_PASSWORD: x` becomes `POSTGRES_PASSWORD_FILE: /run/secrets/…`, with a secret and its
// file, where the image reads such a variable while it is still root: the file is its owner's
// alone. None if the service uses the variable elsewhere, may get it from elsewhere too, or may not
// read what belongs to another account.
std::optional<Fix> to_file(const facts::Container& c, const facts::Fact<facts::Variable>& variable);

}  // namespace plimsoll::rules::secrets
