// The account that a stage could run as.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/build.h"
#include "text/place.h"

namespace plimsoll::rules::user {

// Above the numbers that distributions and people use for their own accounts.
constexpr std::string_view kNewAccount = "10001";

// Whom to run as, and the commands that create it; none: it is there already.
struct AccountPlan {
  std::string user;
  std::vector<std::string> commands{};
  std::optional<text::Edit> numbering{};    // of an account that is created already
  std::vector<std::string_view> scratch{};  // folders that it has to be given
};

// None: the image isn't known well enough, or it is started as root for a reason.
std::optional<AccountPlan> account_for(const facts::Container& c);

}  // namespace plimsoll::rules::user
