// How other tools write the ids of their checks: one check has several spellings.
#pragma once
#include <string_view>

#include "rules/rule.h"

namespace plimsoll::engine {

// Is `name`, with `*` and `?`, that id in any of its spellings? trivy writes DS-0002, AVD-DS-0002,
// DS002 and a slug; semgrep a path or its last word; tally with or without the namespace; KICS in
// any case.
bool is_called(const rules::Alias& alias, std::string_view name);

// Has it the form of an id of hadolint, ShellCheck, checkov, trivy, KICS …, whether Plimsoll has
// that check or not?
bool is_peer_id(std::string_view name);

// A code that hadolint once had. It stands in old lists and comments, where it does no harm.
bool is_retired(std::string_view hadolint_code);

}  // namespace plimsoll::engine
