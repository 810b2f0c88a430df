// What fixes of Compose files have in common: a key put into a service, an item into a list, a
// value put right, each in the file that has the service and in the style of its neighbours.
//
// Where a key stands decides what becomes of it. A service that is laid over another one
// (`extends`, an override) keeps what it says, and lists are appended; so a key goes into the
// service's own mapping. A merge key `<<` is otherwise: what stands in the mapping hides what comes
// that way. What an alias stands for is several places at once, and is not touched. Source: Compose
// specification, 13-merge.md; compose-go v2.16.2, override/merge.go.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules {

// A key with its value as it stands in a flow collection, or with keys below it.
struct NewKey {
  std::string_view name;
  std::string value{};
  std::vector<NewKey> below{};
};

// True if a fix may change this service's text: it is a service or job of a project that Compose
// loads as a whole, and its mapping stands in one file for this service alone.
bool can_edit(const facts::Container& c);

// The key in the service's mapping, behind those that it belongs to. None if the mapping has it, or
// gets it by a merge key.
std::optional<text::Edit> with_key(const facts::Container& c, const NewKey& key);

// Items at the end of a list of the service, or the list with them.
std::optional<text::Edit> with_items(const facts::Container& c, std::string_view list,
                                     const std::vector<std::string>& items);

// The item of a list of the service that stands at this place taken away, with the list if it has
// no other. None if a comment would go with it.
std::optional<text::Edit> without_item(const facts::Container& c, std::string_view list,
                                       const text::Place& item);

// A limit among those of `deploy`, whose section may stand in another file.
std::optional<text::Edit> with_limit_in_deploy(const facts::Container& c, const NewKey& limit);

// Another text for a scalar that the service itself states, whatever quotes it is in.
template <class T>
std::optional<text::Edit> with_value(const facts::Container& c, const facts::Fact<T>& fact,
                                     std::string value);

// The service's mapping has a key, whatever its value.
bool states(const facts::Container& c, std::string_view key);

// A variable of the service's own `environment` under another name and with another value. None if
// a merge key would bring the old one back.
std::optional<std::vector<text::Edit>> with_variable(const facts::Container& c,
                                                     std::string_view variable, std::string name,
                                                     std::string value);

// Another value for a variable of the service's own `environment`: a text without blanks, quotes
// and colons that a blank follows.
std::optional<std::vector<text::Edit>> with_variable_value(const facts::Container& c,
                                                           std::string_view variable,
                                                           const std::string& value);

// One more variable there. None if the service gets its `environment` by a merge key.
std::optional<text::Edit> with_new_variable(const facts::Container& c, std::string_view name,
                                            const std::string& value);

// Of the service's own `build`: an argument taken away, with `args` if it has no other, and one
// more secret. None if a merge key brings them, or a comment would go.
std::optional<text::Edit> without_build_argument(const facts::Container& c, std::string_view name);
// The names of those arguments, in the order of the text.
std::vector<std::string_view> build_arguments_of(const facts::Container& c);
std::optional<text::Edit> with_build_secret(const facts::Container& c, std::string_view name);

// Edits that touch become one: the last lines of a file, and of a service that a new section of the
// project follows. What is indented comes first.
std::vector<text::Edit> joined(std::vector<text::Edit> edits);

// The top level of the service's file has a section, such as `secrets`.
bool has_section(const facts::Container& c, std::string_view section);
// A key in such a section, or the section with it.
std::optional<text::Edit> in_section(const facts::Container& c, std::string_view section,
                                     NewKey key);

// --- inline --------------------------------------------------------------------------------------

// In the service's own text, not in one that an alias, a variable or a base brings.
bool is_own(const facts::Container& c, const text::Place& where);

template <class T>
std::optional<text::Edit> with_value(const facts::Container& c, const facts::Fact<T>& fact,
                                     std::string value) {
  if (!can_edit(c) || !fact.editable || !is_own(c, fact.where)) return {};
  return text::Edit{fact.where, std::move(value)};
}

}  // namespace plimsoll::rules
