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

// Of the image that the service or run line names, or that a Dockerfile starts from: if its own
// program is what runs there, with its data where the image has it, or it is one that runs programs
// of others (`runtime`; only where it is built upon). Null: that isn't so, or nothing is known.
const data::ImageNeeds* needs_of(const facts::Container& c);

// The account that the image which a service or run line names may be started as there: nothing is
// mounted from the host that would have to belong to that account, and no secret is only root's.
// Empty: none is known.
std::string_view own_user(const facts::Container& c);

// `user: …` at the service for that.
std::optional<text::Edit> with_own_user(const facts::Container& c);

// One of the variables that begin so is set, or something is mounted at one of the paths or below.
bool is_stated(const facts::Container& c, std::span<const std::string_view> names);

// What the container starts as is known, and is not root.
bool is_unprivileged(const facts::Container& c);

// True if parts of the image itself do.
bool needs_raised_rights(const facts::Container& c);

// True if something in the image is known to want rights that its parent doesn't have: `sudo`, a
// program with file capabilities.
bool may_raise_rights(const facts::Container& c);

// Capabilities that a start as root needs with all others dropped; none: not known.
std::optional<std::vector<std::string_view>> needed_capabilities(const facts::Container& c);

// What has to be given back where the root is read-only.
struct Scratch {
  std::vector<std::string> temporary{};  // as `tmpfs` takes them, with options
  std::vector<std::string> kept{};       // folders that want a volume: the Dockerfile makes them
  bool assumed = false;  // by habit of what runs there: the program may write elsewhere as well
};

// Without what is mounted already. None: not known, or data would be lost there.
std::optional<Scratch> needed_scratch(const facts::Container& c);

// The variable has a password in it, as it stands in the file, and the image reads one from a file
// as well.
bool is_literal_credential(const facts::Fact<facts::Variable>& variable,
                           const data::ImageNeeds& needs);

}  // namespace plimsoll::rules
