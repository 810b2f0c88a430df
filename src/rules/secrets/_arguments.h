// Finds the credentials among the words that a container's programs are started with.
#pragma once
#include <vector>

#include "facts/container.h"
#include "rules/secrets/_literals.h"

namespace plimsoll::rules::secrets {

struct Argument {
  Found found{};          // "the value of --password"
  text::Place where{};    // of the word that holds it, as a whole
  bool by_value = false;  // its form is a credential's, whatever it is called
};

// Of a command, entrypoint or hook, at most one a word. Words that a variable gives hold none.
std::vector<Argument> arguments_of(const facts::Program& program);
// Of a health check.
std::vector<Argument> arguments_of(const facts::HealthCheck& check);

}  // namespace plimsoll::rules::secrets
