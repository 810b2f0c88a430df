// Accounts have few rows: one for each family of images that numbers them in its own way.
#include "data/account_number.h"

#include <algorithm>

#include "data/tables.h"

namespace plimsoll::data {

std::string_view account_number(const BaseImage& image, std::string_view account) {
  const auto found = std::ranges::find_if(kAccountNumbers, [&](const AccountNumber& row) {
    return row.account == account && (row.family.empty() || row.family == name(image.family));
  });
  return found == kAccountNumbers.end() ? std::string_view{} : found->number;
}

}  // namespace plimsoll::data
