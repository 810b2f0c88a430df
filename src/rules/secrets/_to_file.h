// A fix of literal credentials: the value goes to a file of its own, which the container is given
// as a secret.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// `POSTGRES_PASSWORD: x` becomes `POSTGRES_PASSWORD_FILE: /run/secrets/…`, with a secret and its
// file, where the image reads such a variable. None if the service uses the variable elsewhere, or
// may get it from elsewhere too.
std::optional<Fix> to_file(const facts::Container& c, const facts::Fact<facts::Variable>& variable);

// The files that hold such a secret: `path` is that from the project's folder on, "./secrets/…".
std::vector<NewFile> files_of_secret(const facts::Project& project, std::string_view path,
                                     std::string_view value);

}  // namespace plimsoll::rules::secrets
