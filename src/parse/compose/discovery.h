// Which files `docker compose` takes where a command line names none.
// Source: compose-go's cli package; docs of `docker compose`, "Use -f".
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "parse/compose/load.h"

namespace plimsoll::parse::compose {

// If `settings` names no file: puts in those of COMPOSE_FILE (from its environment, or the env
// files), or else the first folder's from the working directory upward that has one, with the
// override file that stands beside it. What `.env` of the working directory sets is put into the
// environment where the project turns out to be in another folder, since Compose reads both then.
// Returns remarks, such as that there are several candidates. Fails if there is no file, or
// COMPOSE_FILE names something that is none.
Result<std::vector<std::string>> discover(LoadSettings& settings, const Files& files);

}  // namespace plimsoll::parse::compose
