// A file is replaced as a whole or not at all, and only if it is still what was judged.
#include "cli/add_ignore.h"

#include <unistd.h>

#include <algorithm>

#include "base/concat.h"
#include "base/fs.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "engine/add_ignore.h"
#include "engine/selection.h"
#include "fix/write.h"

namespace plimsoll::cli {
namespace {

Result<engine::AddedIgnores> change(const text::Source& source,
                                    const std::vector<const engine::Judged*>& findings,
                                    std::string_view reason) {
  Result<engine::AddedIgnores> added = engine::add_ignores(source, findings, reason);
  if (!added || added->accepted == 0) return added;
  const Result<void> written =
      fix::write({{.path = source.path(), .before = source.bytes(), .after = added->text}},
                 {".", std::string(parent_path(source.path()))});
  if (!written) return tl::unexpected(written.error());
  return added;
}

std::string counted(unsigned count) {
  return concat({std::to_string(count), count == 1 ? " finding" : " findings"});
}

}  // namespace

int add_ignores(const engine::Verdict& verdict, const std::vector<std::string>& names,
                std::string_view reason) {
  const bool all = std::ranges::find(names, "all") != names.end();
  const auto meant = [&](const engine::Judged& judged) {
    return !judged.suppressed && (all || std::ranges::any_of(names, [&](const std::string& name) {
                                    return engine::goes_by(*judged.rule, name) ||
                                           judged.finding.shellcheck_code == name;
                                  }));
  };
  std::vector<std::vector<const engine::Judged*>> by_source(verdict.sources.size());
  for (const engine::Judged& judged : verdict.findings)
    if (meant(judged)) by_source[judged.finding.where.source].push_back(&judged);

  DescriptorOutput out(STDOUT_FILENO);
  int status = ok;
  unsigned accepted = 0, left = 0;
  for (std::size_t i = 0; i < by_source.size(); ++i) {
    if (by_source[i].empty()) continue;
    const text::Source& source = verdict.source(static_cast<std::uint32_t>(i));
    const Result<engine::AddedIgnores> added = change(source, by_source[i], reason);
    if (!added) {
      complain(added.error().message);
      status = usage;
      continue;
    }
    accepted += added->accepted;
    left += added->left;
    out.write(concat({source.path(), ": ", counted(added->accepted), " accepted",
                      added->left == 0
                          ? ""
                          : concat({"; ", counted(added->left), added->left == 1 ? " is" : " are",
                                    " left, ", added->why_left}),
                      "\n"}));
  }
  if (accepted == 0 && left == 0 && status == ok)
    out.write("Nothing was accepted: there is no such finding.\n");
  return status;
}

}  // namespace plimsoll::cli
