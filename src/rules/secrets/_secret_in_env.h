// The parts of secret-in-env: what an image keeps, and what a container is given.
#pragma once
#include "rules/rule.h"

namespace plimsoll::rules::secrets::secret_in_env {

inline constexpr Alias kAliases[] = {
    {"hadolint", "DL3064"},
    {"buildkit", "SecretsUsedInArgOrEnv"},
    {"tally", "buildkit/SecretsUsedInArgOrEnv"},
    {"trivy", "DS-0031"},
    {"kics", "a88baa34-e2ad-44ea-ad6f-8cac87bc7c71"},
    {"dockle", "CIS-DI-0010"},
    {"compose-lint", "CL-0020"},
    {"compose-lint", "CL-0021"},
    {"cis", "4.10"},
};

// ENV of a Dockerfile, also for a service that builds it.
void check_built(const facts::Container& container, Findings& out);

// What a Compose file or run line states, by itself or by a file of variables.
void check_running(const facts::Container& container, Findings& out);

}  // namespace plimsoll::rules::secrets::secret_in_env
