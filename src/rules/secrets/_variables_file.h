// A fix of literal credentials: the value goes to the `.env` that Compose reads, and a variable
// stands in its place.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

// A value in the project's `.env`.
struct Moved {
  std::string name;                       // that it has there
  std::vector<NewFile> files{};           // that have to be written for it
  [[nodiscard]] std::string use() const;  // "${NAME:?}": Compose refuses to start without it
};

// Under the variable's own name or, where that means something else in the project, with the
// service's in front. None if Compose reads no `.env`, if services are given all of it, or if the
// value can't be written there.
std::optional<Moved> moved_to_variables_file(const facts::Container& c,
                                             const facts::Variable& variable);

// The files that set a variable to what was its default until now; none: it is set, or can't be.
std::vector<NewFile> default_in_variables_file(const facts::Container& c, std::string_view name,
                                               std::string_view value);

// What keeps a file or folder, by its absolute path, out of all builds
// of the project; none: it can't be said.
std::optional<std::vector<NewFile>> kept_out(const facts::Project& project, std::string_view path);

// `SECRET: x` becomes `SECRET: ${SECRET:?}`.
std::optional<Fix> to_variable(const facts::Container& c,
                               const facts::Fact<facts::Variable>& variable);

// "move it to .env as NAME …": for titles.
std::string moved_in_words(const Moved& moved);

}  // namespace plimsoll::rules::secrets
