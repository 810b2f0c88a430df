// What the rules about limits that are not there share.
#pragma once
#include <optional>
#include <span>
#include <utility>

#include "base/concat.h"
#include "rules/compose_edits.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources {

struct Words {
  std::string_view absent, unlimited;
};

// What one kind of limit says, and which versions of a file KICS looks at for it.
struct Limit {
  Words words;
  Hardening in_deploy;
  std::span<const Alias> aliases;
  std::string_view kics;
  bool (*kics_looks)(int version);  // 0: none is stated
  // What is written: at the service and in `deploy`, where Compose wants the one or the other.
  std::string_view key, value, deploy_key, deploy_value;
  bool (*is_hindered)(const facts::Service&);  // by something that the engine refuses beside it
};

// How much a service takes nobody knows here: the number is one to start from.
template <class T>
std::optional<Fix> limiting(const facts::Container& c, const facts::Fact<T>& fact,
                            const Limit& limit) {
  if (!can_edit(c) || limit.is_hindered(*c.service)) return {};
  const bool in_deploy = c.service->limits_in_deploy;
  const std::string_view key = in_deploy ? limit.deploy_key : limit.key;
  const std::string value(in_deploy ? limit.deploy_value : limit.value);
  std::optional<text::Edit> edit;
  if (fact.known())
    edit = with_value(c, fact, value);
  else
    edit = in_deploy ? with_limit_in_deploy(c, {key, value}) : with_key(c, {key, value});
  if (!edit) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"set ", key, " to ", value}),
             .edits = {std::move(*edit)}};
}

// Reports a limit that nobody states, or one that is none: 0 and -1. If `deploy` has limits it must
// stand there, else Compose refuses the two.
template <class T>
void report_missing(const facts::Container& c, const facts::Fact<T>& fact, const Limit& limit,
                    Findings& out) {
  if (fact.unknown() || (fact.known() && fact.value > 0)) return;
  if (!hardening::is_told(c, fact.where)) return;
  Finding finding{.where = fact.where,
                  .message = std::string(fact.known() ? limit.words.unlimited : limit.words.absent),
                  .aliases = hardening::peers(c, limit.aliases)};
  if (!limit.kics_looks(hardening::stated_version(c)))
    finding.aliases &= ~only(limit.aliases, {limit.kics});
  if (c.service != nullptr && c.service->limits_in_deploy) finding.hardening = limit.in_deploy;
  finding.fix = limiting(c, fact, limit);
  out.push_back(std::move(finding));
}

// KICS looks at files that say a version: up to 2 at the service's own keys, from 3 under `deploy`
// alone.
inline bool states_version(int version) {
  return version > 0;
}

}  // namespace plimsoll::rules::resources
