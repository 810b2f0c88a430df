// A file is replaced as a whole or not at all, and only if it is still what was judged.
#include "cli/add_ignore.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/concat.h"
#include "base/fs.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "engine/add_ignore.h"
#include "engine/check.h"
#include "engine/selection.h"

namespace plimsoll::cli {
namespace {

// Through a new file beside it, with the same permissions. A link leads to the file that is
// changed.
Result<void> replace_file(const std::string& path, const std::string& text) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  if (error) return fail(ErrorKind::unreadable, concat({path, ": ", error.message()}));
  const std::string beside = concat({real.string(), ".plimsoll-", std::to_string(::getpid())});
  const auto fill = [&](report::Output& out) { out.write(text); };
  Result<void> written = write_file(beside, fill);
  if (written) {
    std::filesystem::permissions(beside, std::filesystem::status(real, error).permissions(), error);
    if (!error) std::filesystem::rename(beside, real, error);
    if (error) written = fail(ErrorKind::unreadable, concat({path, ": ", error.message()}));
  }
  if (!written) std::filesystem::remove(beside, error);
  return written;
}

Result<engine::AddedIgnores> change(const text::Source& source,
                                    const std::vector<const engine::Judged*>& findings,
                                    std::string_view reason) {
  Result<engine::AddedIgnores> added = engine::add_ignores(source, findings, reason);
  if (!added || added->accepted == 0) return added;
  const Result<std::string> now = RealFs().read(source.path(), engine::kInputLimit);
  if (!now) return tl::unexpected(now.error());
  if (*now != source.bytes())
    return fail(ErrorKind::unreadable,
                concat({source.path(), " has changed while it was judged; it is left as it is"}));
  const Result<void> replaced = replace_file(source.path(), added->text);
  if (!replaced) return tl::unexpected(replaced.error());
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
  unsigned accepted = 0;
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
    out.write(concat({source.path(), ": ", counted(added->accepted), " accepted",
                      added->left == 0
                          ? ""
                          : concat({"; ", counted(added->left), added->left == 1 ? " is" : " are",
                                    " left, ", added->why_left}),
                      "\n"}));
  }
  if (accepted == 0 && status == ok) out.write("Nothing was accepted: there is no such finding.\n");
  return status;
}

}  // namespace plimsoll::cli
