// Proposals take their places one after the other; who comes to one that is taken waits.
#include "fix/plan.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "base/fs.h"
#include "engine/project.h"

namespace plimsoll::fix {

bool is_ignore_file(std::string_view path) {
  return path.ends_with(".dockerignore");
}
namespace {

// The places that are taken in one source.
class Taken {
 public:
  // Free, or taken by the same edit. Insertions at one place exclude each other, and what is
  // replaced beside them, unless both say that their order is nothing.
  [[nodiscard]] bool allows(const text::Edit& edit) const {
    const text::Span span = edit.where.span;
    const auto after = edits_.lower_bound(span.begin);
    if (after != edits_.end() && after->first == span.begin)
      return after->second.end == span.end &&
             (after->second.text == edit.text || (after->second.unordered && edit.unordered));
    if (after != edits_.end() && collide(span, {after->first, after->second.end})) return false;
    return after == edits_.begin() ||
           !collide({std::prev(after)->first, std::prev(after)->second.end}, span);
  }
  void take(const text::Edit& edit) {
    edits_[edit.where.span.begin] = {edit.where.span.end, edit.text,
                                     edit.unordered && edit.where.span.size() == 0};
  }

 private:
  static bool collide(text::Span first, text::Span second) {
    return first.end > second.begin ||
           (first.end == second.begin && (first.size() == 0 || second.size() == 0));
  }
  struct End {
    std::uint32_t end;
    std::string text;
    bool unordered;
  };
  std::map<std::uint32_t, End> edits_;  // by their begin
};

// A fix's edits in the file's own line ends: those of the line where each stands.
void adapt_line_ends(const engine::Verdict& verdict, std::vector<text::Edit>& edits) {
  for (text::Edit& edit : edits) {
    if (edit.text.find('\n') == std::string::npos) continue;
    const std::string_view bytes = verdict.source(edit.where.source).bytes();
    std::size_t newline = bytes.find('\n', edit.where.span.begin);
    if (newline == std::string_view::npos) newline = bytes.rfind('\n');
    if (newline == std::string_view::npos || newline == 0 || bytes[newline - 1] != '\r') continue;
    std::string text;
    for (const char c : edit.text) {
      if (c == '\n' && !text.ends_with('\r')) text += '\r';
      text += c;
    }
    edit.text = std::move(text);
  }
}

// The files that are made together; two fixes may need the same one.
class Made {
 public:
  [[nodiscard]] bool allows(const rules::NewFile& file) const {
    const auto made = files_.find(file.path);
    return made == files_.end() || made->second == file;
  }
  void take(const rules::NewFile& file) { files_.emplace(file.path, file); }

 private:
  std::map<std::string, rules::NewFile> files_;
};

// The sources of a verdict by their absolute paths.
class SourcesByPath {
 public:
  explicit SourcesByPath(const engine::Verdict& verdict) : verdict_(verdict) {}
  // None: it was not read.
  std::optional<std::uint32_t> of(std::string_view path) {
    if (numbers_.empty())
      for (std::uint32_t i = 0; i < verdict_.sources.size(); ++i)
        if (verdict_.sources[i])
          numbers_.emplace(
              engine::absolute_path(verdict_.source(i).path(), verdict_.working_directory), i);
    const auto found = numbers_.find(path);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  const engine::Verdict& verdict_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

// Lines at the end of a file, which may lack the end of its last one.
text::Edit appended(const text::Source& source, std::uint32_t number, std::string lines) {
  const std::string_view bytes = source.bytes();
  const auto end = static_cast<std::uint32_t>(bytes.size());
  if (!bytes.empty() && !bytes.ends_with('\n')) {
    if (lines.ends_with('\n')) lines.pop_back();
    lines.insert(0, "\n");
  }
  return {{number, {end, end}}, std::move(lines), true};
}

// New files by their absolute paths; what is added to a file that was read is an edit of that.
void resolve_files(const engine::Verdict& verdict, SourcesByPath& numbers, Proposal& proposal) {
  for (rules::NewFile& file : proposal.files) {
    file.path = path_of(verdict, proposal.where, file);
    if (!file.append) continue;
    if (const std::optional<std::uint32_t> number = numbers.of(file.path))
      proposal.edits.push_back(appended(verdict.source(*number), *number, file.text));
  }
  std::erase_if(proposal.files,
                [&](const rules::NewFile& file) { return file.append && numbers.of(file.path); });
}

bool is_possible(const engine::Verdict& verdict, const rules::Fix& fix) {
  if (fix.edits.empty() && fix.files.empty()) return false;
  return std::ranges::all_of(fix.edits, [&](const text::Edit& edit) {
    const std::uint32_t source = edit.where.source;
    return source < verdict.sources.size() && verdict.sources[source] &&
           edit.where.span.begin <= edit.where.span.end &&
           edit.where.span.end <= verdict.source(source).bytes().size();
  });
}

// Changes of ignore files that some finding, accepted or not, holds for unsafe: the file serves all
// Dockerfiles of its folder, and each sees what it alone would miss.
class UnsafeForSome {
 public:
  explicit UnsafeForSome(const engine::Verdict& verdict) : verdict_(verdict) {
    for (const engine::Judged& judged : verdict.findings) {
      const std::optional<rules::Fix>& fix = judged.finding.fix;
      if (!fix || fix->safety == rules::Safety::safe) continue;
      for (const rules::NewFile& file : fix->files)
        if (!file.append) files_.insert(path_of(verdict, judged.finding.where, file));
      for (const text::Edit& edit : fix->edits)
        if (edits_ignore_file(edit)) places_.emplace(edit.where.source, edit.where.span.begin);
    }
  }
  [[nodiscard]] bool holds(const Proposal& proposal) const {
    return std::ranges::any_of(
               proposal.files,
               [&](const rules::NewFile& file) { return files_.contains(file.path); }) ||
           std::ranges::any_of(proposal.edits, [&](const text::Edit& edit) {
             return places_.contains({edit.where.source, edit.where.span.begin});
           });
  }

 private:
  [[nodiscard]] bool edits_ignore_file(const text::Edit& edit) const {
    const std::uint32_t source = edit.where.source;
    return source < verdict_.sources.size() && verdict_.sources[source] &&
           is_ignore_file(verdict_.source(source).path());
  }
  const engine::Verdict& verdict_;
  std::set<std::string> files_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> places_;
};

std::vector<Proposal> proposals_of(const engine::Verdict& verdict, const PlanSettings& settings) {
  std::vector<Proposal> all;
  const UnsafeForSome unsafe(verdict);
  SourcesByPath numbers(verdict);
  for (const engine::Judged& judged : verdict.findings) {
    const std::optional<rules::Fix>& fix = judged.finding.fix;
    if (judged.suppressed || !fix || !is_possible(verdict, *fix)) continue;
    if (fix->safety != rules::Safety::safe && !settings.unsafe) continue;
    Proposal proposal{.rule = judged.rule,
                      .severity = judged.severity,
                      .safety = fix->safety,
                      .title = fix->title,
                      .message = judged.finding.message,
                      .where = judged.finding.where,
                      .edits = fix->edits,
                      .files = fix->files};
    resolve_files(verdict, numbers, proposal);
    if (!settings.unsafe && unsafe.holds(proposal)) continue;
    adapt_line_ends(verdict, proposal.edits);
    if (!settings.wanted || settings.wanted(proposal)) all.push_back(std::move(proposal));
  }
  return all;
}

// Do the edits of one proposal leave each other alone?
bool is_consistent(const Proposal& proposal) {
  std::map<std::uint32_t, Taken> taken;
  Made made;
  return std::ranges::all_of(proposal.edits,
                             [&](const text::Edit& edit) {
                               Taken& in_source = taken[edit.where.source];
                               const bool allowed = in_source.allows(edit);
                               in_source.take(edit);
                               return allowed;
                             }) &&
         std::ranges::all_of(proposal.files, [&](const rules::NewFile& file) {
           const bool allowed = made.allows(file);
           made.take(file);
           return allowed;
         });
}

// An ignore file that is made for its own sake is the fuller one; others add to it then.
bool is_for_ignore_file(const Proposal& proposal) {
  return proposal.edits.empty() &&
         std::ranges::all_of(proposal.files, is_ignore_file, &rules::NewFile::path);
}

}  // namespace

bool changes_ignore_file(const engine::Verdict& verdict, const Proposal& proposal) {
  return std::ranges::any_of(proposal.files, is_ignore_file, &rules::NewFile::path) ||
         std::ranges::any_of(proposal.edits, [&](const text::Edit& edit) {
           return is_ignore_file(verdict.source(edit.where.source).path());
         });
}

std::string path_of(const engine::Verdict& verdict, const text::Place& finding,
                    const rules::NewFile& file) {
  std::string path = file.path;
  if (!path.starts_with('/'))
    path = join_path(parent_path(verdict.source(finding.source).path()), path);
  return engine::absolute_path(path, verdict.working_directory);
}

Plan plan(const engine::Verdict& verdict, const PlanSettings& settings) {
  std::vector<Proposal> all = proposals_of(verdict, settings);
  // Findings come sorted by place, which decides among those of one severity.
  std::ranges::stable_sort(all, std::greater<>(), &Proposal::severity);
  std::ranges::stable_partition(all, is_for_ignore_file);
  std::map<std::uint32_t, Taken> taken;
  Made made;
  Plan result;
  for (Proposal& proposal : all) {
    if (!is_consistent(proposal)) continue;  // the rule is wrong: nothing of it is written
    const bool is_free =
        std::ranges::all_of(
            proposal.edits,
            [&](const text::Edit& edit) { return taken[edit.where.source].allows(edit); }) &&
        std::ranges::all_of(proposal.files,
                            [&](const rules::NewFile& file) { return made.allows(file); });
    if (is_free) {
      for (const text::Edit& edit : proposal.edits) taken[edit.where.source].take(edit);
      for (const rules::NewFile& file : proposal.files) made.take(file);
    }
    (is_free ? result.chosen : result.deferred).push_back(std::move(proposal));
  }
  return result;
}

EditsBySource edits_of(const std::vector<const Proposal*>& proposals) {
  EditsBySource by_source;
  for (const Proposal* proposal : proposals)
    for (const text::Edit& edit : proposal->edits) by_source[edit.where.source].push_back(edit);
  const auto order = [](const text::Edit& e) {
    return std::tuple(e.where.span.begin, e.where.span.end, std::string_view(e.text));
  };
  for (auto& [source, edits] : by_source) {
    std::ranges::sort(edits, {}, order);
    const auto again = std::ranges::unique(edits, {}, order);
    edits.erase(again.begin(), again.end());
  }
  return by_source;
}

}  // namespace plimsoll::fix
