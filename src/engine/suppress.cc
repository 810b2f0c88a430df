// Finds the comments of a file with their surroundings, has each dialect read them, and keeps an
// account of what they accept.
#include "engine/suppress.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <ranges>

#include "engine/comments.h"
#include "engine/peer_ids.h"
#include "engine/pragmas/words.h"
#include "engine/selection.h"

namespace plimsoll::engine {
namespace pragmas {

bool Dialect::answers(const rules::Rule& rule, std::string_view name) const {
  if (knows == nullptr) return goes_by(rule, name);
  return std::ranges::any_of(rule.aliases,
                             [&](const rules::Alias& a) { return knows(a) && same(a, name); });
}

bool Dialect::reports(const rules::Rule& rule, const rules::Finding& finding) const {
  if (knows == nullptr) return true;
  for (std::size_t i = 0; i < rule.aliases.size(); ++i)
    if ((finding.aliases >> i & 1U) != 0 && knows(rule.aliases[i])) return true;
  return false;
}

}  // namespace pragmas

namespace {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
using parse::dockerfile::Node;
using parse::dockerfile::NodeKind;
using parse::dockerfile::Tree;
using pragmas::Comment;
using pragmas::Lines;
using pragmas::Pragma;

constexpr std::array<pragmas::Reader, 8> kReaders = {
    pragmas::read_plimsoll, pragmas::read_hadolint,        pragmas::read_buildkit,
    pragmas::read_trivy,    pragmas::read_checkov,         pragmas::read_kics,
    pragmas::read_tally,    pragmas::read_dockerfile_utils};

// No pragma is shorter, or lacks one of these characters.
bool may_speak(std::string_view text) {
  return text.size() >= 8 && text.find_first_of(":=-") != std::string_view::npos;
}

// Walks the comments of a file from its end to its beginning, so that each knows what is below it.
class PragmaReading {
 public:
  PragmaReading(const text::Source& source, const Tree& tree, std::vector<Pragma>& out)
      : source_(source), tree_(tree), out_(out) {}

  void read() {
    if (!speaks()) return;
    const std::uint32_t end = source_.line_count();
    stage_ = {0, end};
    find_stage(tree_.instructions.size());
    for (const Node& node : std::views::reverse(tree_.nodes)) {
      if (node.kind == NodeKind::instruction) {
        instruction(node.index);
      } else if (node.kind == NodeKind::comment) {
        comment(node.span);
      } else {
        below_ = nullptr;
      }
    }
    for (const parse::dockerfile::Directive& directive : tree_.directives)
      if (directive.name == "check")
        pragmas::read_check_directive(directive.value, directive.span, out_);
    std::ranges::stable_sort(out_, {}, [](const Pragma& p) { return p.span.begin; });
  }

 private:
  [[nodiscard]] std::uint32_t line_of(std::uint32_t at) const { return source_.position(at).line; }

  [[nodiscard]] bool speaks() const {
    return std::ranges::any_of(tree_.nodes, [](const Node& n) {
      return n.kind == NodeKind::comment || n.kind == NodeKind::directive ||
             n.kind == NodeKind::instruction;
    });
  }

  // The stage that the instructions before `end` reach into: that of the last FROM among them.
  void find_stage(std::size_t end) {
    stage_.first = 0;
    while (end-- > 0)
      if (tree_.instructions[end].keyword == Keyword::from) {
        stage_.first = line_of(tree_.instructions[end].span.begin);
        return;
      }
  }

  void instruction(std::uint32_t index) {
    const Instruction& i = tree_.instructions[index];
    below_ = &i;
    below_lines_ = {line_of(i.span.begin), line_of(i.span.end)};
    head_ = index == 0;
    from_ = i.keyword == Keyword::from;
    below_stage_ = stage_;
    inner(i);
    heredocs(i);
    // What stands higher than a FROM and not directly above it belongs to the stage before.
    if (from_) {
      stage_.last = below_lines_.first - 1;
      find_stage(index);
    }
  }

  [[nodiscard]] Comment made(text::Span span) const {
    std::string_view bytes = source_.at(span);
    while (!bytes.empty() && (bytes.back() == '\n' || bytes.back() == '\r')) bytes.remove_suffix(1);
    const std::size_t hash = bytes.find('#');
    if (hash == std::string_view::npos) return {};
    const auto begin = span.begin + static_cast<std::uint32_t>(hash);
    return {.text = pragmas::trimmed(bytes.substr(hash + 1)),
            .span = {begin, span.begin + static_cast<std::uint32_t>(bytes.size())},
            .line = line_of(begin)};
  }

  void comment(text::Span span) {
    Comment c = made(span);
    if (!may_speak(c.text)) return;
    c.head = head_ || tree_.instructions.empty();
    c.stage = stage_.first == 0 ? Lines{} : stage_;
    if (below_ != nullptr) {
      c.stands = Comment::Stands::above;
      c.instruction = below_lines_;
      c.is_from = from_;
      if (from_) c.stage = below_stage_;
      c.attached = !below_->comments.empty() && span.begin <= below_->comments.back().begin &&
                   below_->comments.front().begin < span.end;
    }
    told(c);
  }

  void inner(const Instruction& i) {
    for (const text::Span span : std::views::reverse(i.inner_comments)) {
      const Comment c = made(span);
      if (may_speak(c.text)) told_inside(c);
    }
  }

  // Comments of a shell, in the body of a here-document.
  void heredocs(const Instruction& i) {
    if (i.keyword != Keyword::run) return;
    for (const parse::dockerfile::Heredoc& heredoc : i.heredocs) {
      const std::string_view body = source_.at(heredoc.body_span);
      std::size_t begin = 0;
      while (begin < body.size()) {
        const std::size_t end = std::min(body.find('\n', begin), body.size());
        const std::string_view line = pragmas::trimmed(body.substr(begin, end - begin));
        if (line.starts_with('#') && may_speak(line))
          told_inside(made({heredoc.body_span.begin + static_cast<std::uint32_t>(begin),
                            heredoc.body_span.begin + static_cast<std::uint32_t>(end)}));
        begin = end + 1;
      }
    }
  }

  void told_inside(Comment c) {
    c.stands = Comment::Stands::inside;
    c.instruction = below_lines_;
    c.stage = stage_.first == 0 ? Lines{} : stage_;
    std::uint32_t next = c.line + 1;
    while (next < below_lines_.last) {
      const std::string_view line = pragmas::trimmed(source_.line(next));
      if (!line.empty() && line.front() != '#') break;
      ++next;
    }
    c.next = {next, next};
    told(c);
  }

  void told(const Comment& c) {
    for (const pragmas::Reader reader : kReaders) reader(c, out_);
  }

  const text::Source& source_;
  const Tree& tree_;
  std::vector<Pragma>& out_;
  const Instruction* below_ = nullptr;  // with nothing but comments in between
  Lines below_lines_{}, below_stage_{}, stage_{};
  bool head_ = false, from_ = false;
};

// Few files have one of these words; those that have none are not walked.
bool has_words(std::string_view bytes) {
  constexpr std::array<std::string_view, 7> kWords = {"gnore",     "skip",  "kics-scan", "nosem",
                                                      "plimsoll:", "GNORE", "dclint"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return ::memmem(bytes.data(), bytes.size(), word.data(), word.size()) != nullptr;
  });
}

bool is_yaml(std::string_view path) {
  return path.ends_with(".yml") || path.ends_with(".yaml");
}

bool names_its_code(const Pragma& pragma, const Judged& judged, std::string_view name) {
  const std::string& code = judged.finding.shellcheck_code;
  if (code.empty() || !name.ends_with(code)) return false;
  const pragmas::Dialect* d = pragma.dialect;
  return name == code
             ? d == &pragmas::kPlimsoll || d == &pragmas::kHadolint || d == &pragmas::kTally
             : d == &pragmas::kTally &&
                   (name == "shellcheck/" + code || name == "hadolint/" + code);
}

bool names(const Pragma& pragma, const Judged& judged, std::string_view name) {
  return pragma.dialect->answers(*judged.rule, name) || names_its_code(pragma, judged, name);
}

}  // namespace

Suppressions::Suppressions(const text::Source& source, const Tree& tree,
                           const SuppressSettings& settings)
    : source_(source), settings_(settings) {
  std::vector<Pragma> found;
  if (has_words(source.bytes())) {
    PragmaReading(source, tree, found).read();
    pragmas::read_semgrep(source.bytes(), found);
  }
  if (settings.build_checks) {
    std::erase_if(found, [](const Pragma& p) {
      return p.dialect == &pragmas::kBuildKit && p.lines.first == 0;
    });
    pragmas::read_check_directive(*settings.build_checks, {}, found);
  }
  keep(std::move(found));
}

Suppressions::Suppressions(const text::Source& source, const SuppressSettings& settings,
                           std::vector<text::Span> others)
    : source_(source), settings_(settings) {
  if (!has_words(source.bytes())) return;
  std::vector<Pragma> found;
  for (const Comment& comment : comments_of(source))
    for (const pragmas::Reader reader :
         {pragmas::read_plimsoll, pragmas::read_checkov, pragmas::read_kics, pragmas::read_trivy})
      reader(comment, found);
  pragmas::read_semgrep(source.bytes(), found);
  if (is_yaml(source.path())) pragmas::read_dclint(source.bytes(), found);
  std::ranges::stable_sort(found, {}, [](const Pragma& p) { return p.span.begin; });
  std::ranges::sort(others, {}, &text::Span::begin);
  std::erase_if(found, [&](const Pragma& p) {
    const auto after = std::ranges::upper_bound(others, p.span.begin, {}, &text::Span::begin);
    return after != others.begin() && p.span.begin < after[-1].end;
  });
  keep(std::move(found));
}

void Suppressions::keep(std::vector<Pragma> found) {
  if (found.size() > kMostPragmas) found.resize(kMostPragmas);
  for (Pragma& pragma : found) {
    if (pragma.dialect == &pragmas::kHadolint && !settings_.hadolint_counts) continue;
    std::vector<bool> used(pragma.names.size());
    pragmas_.push_back({std::move(pragma), std::move(used)});
  }
}

void Suppressions::judge(Judged& judged, std::uint32_t line) {
  const std::uint32_t at = judged.finding.where.span.begin;
  for (Entry& entry : pragmas_) {
    const Pragma& pragma = entry.pragma;
    if (!pragma.wrong.empty() || pragma.expired(settings_.today)) continue;
    const bool here = pragma.lines.hold(line) || pragma.lines.hold(judged.instruction_line) ||
                      (at >= pragma.span.begin && at < pragma.span.end);
    if (!here) continue;
    bool accepts = pragma.all && pragma.dialect->reports(*judged.rule, judged.finding);
    for (std::size_t i = 0; i < pragma.names.size(); ++i) {
      if (!names(pragma, judged, pragma.names[i])) continue;
      accepts = !pragma.all;
      entry.used[i] = true;
    }
    if (accepts && !judged.suppressed)
      judged.suppressed =
          Suppressed{.by = Suppressed::By::inline_comment, .reason = std::string(pragma.reason)};
  }
}

std::vector<facts::Suppression> Suppressions::tell(std::uint32_t source_number,
                                                   const Asked& asked) const {
  std::vector<facts::Suppression> told;
  for (const Entry& entry : pragmas_) {
    const Pragma& pragma = entry.pragma;
    if (pragma.span.size() == 0) continue;  // a build argument is for all files of a build
    const std::uint32_t line = source_.position(pragma.span.begin).line;
    facts::Suppression s{.where = {source_number, pragma.span},
                         .line = {source_.line_start(line), source_.line_start(line + 1)},
                         .tool = pragma.dialect->tool,
                         .names = pragma.names,
                         .wrong = pragma.wrong};
    if (pragma.expired(settings_.today)) s.expired = pragma.until;
    for (std::size_t i = 0; s.expired == 0 && !pragma.all && i < pragma.names.size(); ++i) {
      const std::string_view name = pragma.names[i];
      if (entry.used[i] || is_retired(name) || pragma.dialect == &pragmas::kDockerfileUtils)
        continue;
      bool known = false, all_asked = true;
      for (const rules::Rule* rule : rules::all()) {
        if (!pragma.dialect->answers(*rule, name)) continue;
        known = true;
        // Rules about suppressions speak after all others: whether they will is not known yet.
        all_asked = all_asked && asked(*rule, pragma.lines) &&
                    !std::holds_alternative<rules::OnSuppression>(rule->check);
      }
      if (known && all_asked) s.idle.push_back(name);
      if (known || pragma.dialect != &pragmas::kPlimsoll || is_peer_id(name)) continue;
      if (s.unknown.empty())
        if (const rules::Rule* near = nearest_rule(name)) s.nearest = near->name;
      s.unknown.push_back(name);
    }
    told.push_back(std::move(s));
  }
  return told;
}

}  // namespace plimsoll::engine
