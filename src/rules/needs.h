// What the program of a service needs once it is hardened: the facts that several fixes share, so
// that what they write works together.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/image_needs.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules {

// Of the image that the service names, if its own program is what runs there, with its data where
// the image has it. Null: that isn't so, or nothing is known.
const data::ImageNeeds* needs_of(const facts::Container& c);

// `user: …` at the service, if its image may be started as its own account there: nothing is
// mounted from the host that would have to belong to that account, and no secret's file is only
// root's. What could become such a file counts: the image gives root up by itself once it has read
// it, while a password in a Compose file stays there.
std::optional<text::Edit> with_own_user(const facts::Container& c);

// One of the variables that begin so is set, or something is mounted at one of the paths or below.
bool is_stated(const facts::Container& c, std::span<const std::string_view> names);

// What the container starts as is known, and is not root.
bool is_unprivileged(const facts::Container& c);

// True if something in the image is known to want rights that its parent doesn't have: `sudo`, a
// program with file capabilities.
bool may_raise_rights(const facts::Container& c);

// Capabilities that a start as root needs with all others dropped; none: not known.
std::optional<std::vector<std::string_view>> needed_capabilities(const facts::Container& c);

// The folders that still need a tmpfs where the root is read-only; none: not known, or data would
// be lost there.
std::optional<std::vector<std::string_view>> needed_scratch(const facts::Container& c);

// The variable has a password in it, as it stands in the file, and the image reads one from a file
// as well.
bool is_literal_credential(const facts::Fact<facts::Variable>& variable,
                           const data::ImageNeeds& needs);

}  // namespace plimsoll::rules
