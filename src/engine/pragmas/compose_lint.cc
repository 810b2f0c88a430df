// compose-lint reads no comments: only its configuration file accepts findings.
// Source: compose-lint 0.36.2, whose parser drops comments; docs/configuration.md.
#include "engine/peer_ids.h"
#include "engine/pragmas/pragma.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kComposeLint = {
    .tool = "compose-lint",
    .compose_alone = true,
    .knows = [](const rules::Alias& a) { return a.tool == "compose-lint"; },
    .same = [](const rules::Alias& a, std::string_view name) { return a.id == name; }};

}  // namespace plimsoll::engine::pragmas
