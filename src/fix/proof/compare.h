// Says whether a service fares as well after the fixes as before, and if not, why, from what was
// seen.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/proof/stand.h"

namespace plimsoll::fix::proof {

struct Worse {
  std::string reason;  // a clause: "web writes to /var/x, which is read-only then"
  // Words that a fix which causes this writes; none: it may be any.
  std::vector<std::string_view> words{};
};

// None: it is as good as before.
std::optional<Worse> compare(std::string_view service, const Seen& before, const Seen& after);

// Why nothing can be compared with this: it could not be tried, or does not work. Empty: it can.
std::string no_measure(std::string_view service, const Seen& before);

}  // namespace plimsoll::fix::proof
