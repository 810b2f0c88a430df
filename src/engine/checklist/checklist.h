// The nine-item checklist: what each container is asked, and the grade that the answers give.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "facts/container.h"
#include "facts/context.h"

namespace plimsoll::engine {

// What is known of entries only once all inputs are judged.
struct ContextAnswer {
  text::Place where;  // the entry's
  ItemAnswer answer;
};
struct FoundSecret {
  std::uint32_t source = 0;  // that it was found in: a Dockerfile's own, also of an inline one
  text::Place where;
};
struct ChecklistParts {
  std::vector<ContextAnswer> contexts;  // `dockerignore` of services that build
  std::vector<text::Place> scans;       // where CI looks for vulnerabilities
  std::vector<FoundSecret> secrets;     // where rules that find secrets spoke

  void add(ChecklistParts&& other);
};

// The container's entry. `secrets`: where secrets were found in what starts it.
ChecklistEntry judge_checklist(const facts::Container& container, Subject subject,
                               std::vector<text::Place> secrets);
ItemAnswer judge_dockerignore(const facts::Context& context);

// Where a CI file runs a scanner of images; nothing for other files. Comments don't count.
std::optional<text::Span> find_scan(std::string_view path, std::string_view bytes);

// Gives the entries what the run as a whole says, and sorts them. Findings that were accepted are
// no secrets.
void finish_checklist(ChecklistParts parts, Verdict& verdict);

inline ItemAnswer& answer(ChecklistEntry& entry, ChecklistItem item) {
  return entry.items[static_cast<std::size_t>(item)];
}

}  // namespace plimsoll::engine
