// The numbers of accounts that known images bring.
#pragma once
#include <string_view>

#include "data/base_image.h"

namespace plimsoll::data {

// Of an account that `BaseImage::users` names: "1000"; empty: not known. From
// data/account_numbers.json.
std::string_view account_number(const BaseImage& image, std::string_view account);

}  // namespace plimsoll::data
