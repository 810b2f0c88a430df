// Finds the credential that a command is given by its options and operands.
#pragma once
#include <string_view>

#include "facts/command.h"
#include "rules/secrets/_literals.h"

namespace plimsoll::rules::secrets {

// What was found, and the text that holds the secret.
struct Written {
  Found found{};
  std::string_view part{};
};

// By what the program's words mean: `--password X`, `mysql -pX`, `npm config set …:_authToken X`.
Written credential_of(const facts::Command& command);

}  // namespace plimsoll::rules::secrets
