// Fixes on both sides of a build: in the Dockerfile, and in the Compose services that build it.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "facts/build.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// The services and jobs of the project that build from the same Dockerfile, this one too; none: its
// path is not known, or some of them can't be changed.
std::vector<const facts::Container*> builders_of(const facts::Container& c);

// A build argument that services give becomes a secret that they give: its `args` go, as do the ARG
// and ENV of the Dockerfile, and each RUN that reads it gets a mount. None if the Dockerfile has no
// such RUN, or services give different values.
std::optional<Fix> as_build_secret(const facts::Container& c, std::string_view name);

// Takes the ENV of a secret away, in the stage where it stands at this place. None if something in
// the Dockerfile speaks of it.
std::optional<std::vector<text::Edit>> without_env(const facts::Build& build, text::Place where);

// The same, and the services that don't state the variable get it from `.env`.
std::optional<Fix> env_to_services(const facts::Container& c,
                                   const facts::Fact<facts::Variable>& variable);

}  // namespace plimsoll::rules::secrets
