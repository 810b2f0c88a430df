// Walks the variables that a command uses, however deep in quotes they stand.
#pragma once
#include <span>

#include "facts/command.h"
#include "parse/shell/tree.h"

namespace plimsoll::rules::secrets {

template <class Visit>
void for_each_parameter(std::span<const parse::shell::Part> parts, Visit& visit) {
  for (const parse::shell::Part& part : parts) {
    if (part.kind == parse::shell::PartKind::parameter) visit(part);
    for_each_parameter(part.parts, visit);
  }
}

// Of its words, its assignments, what it redirects to and the here-documents that it reads.
// Commands in $(…) are commands by themselves.
template <class Visit>
void for_each_parameter(const facts::Command& command, Visit visit) {
  for (const parse::shell::Word& word : command.words) for_each_parameter(word.parts, visit);
  for (const parse::shell::Assignment& a : command.assignments) {
    for_each_parameter(a.value.parts, visit);
    for (const parse::shell::Word& word : a.elements) for_each_parameter(word.parts, visit);
  }
  for (const parse::shell::Redirect& redirect : command.redirects) {
    for_each_parameter(redirect.target.parts, visit);
    for_each_parameter(redirect.body_parts, visit);
  }
}

}  // namespace plimsoll::rules::secrets
