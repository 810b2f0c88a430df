// Puts the answers of one container together; what other inputs say comes at the end of the run.
#include "engine/checklist/checklist.h"

#include <algorithm>
#include <iterator>

#include "base/concat.h"
#include "engine/checklist/items.h"
#include "facts/build.h"
#include "facts/project.h"

namespace plimsoll::engine {

void ChecklistParts::add(ChecklistParts&& other) {
  std::ranges::move(other.contexts, std::back_inserter(contexts));
  scans.insert(scans.end(), other.scans.begin(), other.scans.end());
  secrets.insert(secrets.end(), other.secrets.begin(), other.secrets.end());
}

// Until the context of what it builds from is known.
static ItemAnswer without_context(const facts::Container& c) {
  const bool builds = c.stage != nullptr || (c.service != nullptr && c.service->build != nullptr);
  if (!builds) return items::not_applicable("it uses an image that was built elsewhere");
  return items::unknown("what it is built from was not seen", c.where);
}

ChecklistEntry judge_checklist(const facts::Container& c, Subject subject,
                               std::vector<text::Place> secrets) {
  using enum ChecklistItem;
  ChecklistEntry entry{.subject = std::move(subject), .where = c.where};
  answer(entry, non_root_user) = items::non_root_user(c);
  answer(entry, no_secrets).evidence = std::move(secrets);
  answer(entry, minimal_base) = items::minimal_base(c);
  answer(entry, health_check) = items::health_check(c);
  answer(entry, resource_limits) = items::resource_limits(c);
  answer(entry, read_only_filesystem) = items::read_only_filesystem(c);
  answer(entry, no_new_privileges) = items::no_new_privileges(c);
  answer(entry, dockerignore) = without_context(c);
  return entry;
}

static const facts::Copy* copy_from_context(const facts::Build& build) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies)
      if (copy.from.absent() && copy.from_stage == nullptr &&
          std::ranges::any_of(copy.sources, [](const facts::Copy::Source& source) {
            return !source.heredoc && !source.url && !source.git;
          }))
        return &copy;
  return nullptr;
}

ItemAnswer judge_dockerignore(const facts::Context& context) {
  const facts::Build& build = *context.build;
  const facts::Copy* copy = copy_from_context(build);
  if (copy == nullptr) return items::not_applicable("nothing is copied from the build context");
  const text::Place where = build.place(copy->instruction->keyword_span);
  if (!context.known) return items::unknown("the build context is not known", where);
  if (context.ignore_file.empty())
    return items::failed("the build context has no .dockerignore", where);
  if (context.ignore_patterns.empty())
    return items::failed(concat({context.ignore_file, " keeps nothing out"}), where);
  return items::passed(concat({context.ignore_file, " says what the build is not sent"}), where);
}

}  // namespace plimsoll::engine
