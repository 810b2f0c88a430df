// What the rules about limits that are not there share.
#pragma once
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources {

struct Words {
  std::string_view absent, unlimited;
};

// Reports a limit that nobody states, or one that is none: 0 and -1. If `deploy` has limits it must
// stand there, else Compose refuses the two.
template <class T>
void report_missing(const facts::Container& c, const facts::Fact<T>& limit, const Words& words,
                    const Hardening& in_deploy, Findings& out) {
  if (limit.unknown() || (limit.known() && limit.value > 0)) return;
  if (!hardening::is_told(c, limit.where)) return;
  Finding finding{.where = limit.where,
                  .message = std::string(limit.known() ? words.unlimited : words.absent)};
  if (c.service != nullptr && c.service->limits_in_deploy) finding.hardening = in_deploy;
  out.push_back(std::move(finding));
}

}  // namespace plimsoll::rules::resources
