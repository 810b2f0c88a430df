// The table is as wide as its heads, with the name last: names are as long as they are.
#include "report/checklist.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/concat.h"
#include "engine/checklist/grade.h"
#include "report/secrets.h"
#include "report/visible.h"

namespace plimsoll::report {
namespace {

using engine::ChecklistEntry;
using engine::ItemAnswer;
using engine::ItemVerdict;

constexpr std::size_t kEvidenceBytes = 200;
// Beside findings no more entries than a screen has lines; the worst are shown.
constexpr std::size_t kEntriesBesideFindings = 25;

// In the order of ChecklistItem.
constexpr std::array<std::string_view, engine::kChecklistItems> kHeads = {
    "user", "secrets", "base", "scan", "health", "limits", "read-only", "no-new-priv", "ignore"};

struct Mark {
  std::string_view unicode, ascii, style;
};
constexpr std::array<Mark, 4> kMarks = {{{"✓", "+", style::kGood},
                                         {"✗", "x", style::kError},
                                         {"?", "?", style::kNote},
                                         {"–", "-", style::kDim}}};

class Table {
 public:
  Table(const engine::Verdict& verdict, const Options& options, const Theme& theme,
        std::string& out)
      : verdict_(verdict), options_(options), theme_(theme), out_(out) {}

  void write() {
    const std::vector<const ChecklistEntry*> shown = entries();
    if (!options_.checklist_only) out_ += '\n';
    write_heads();
    for (const ChecklistEntry* entry : shown) {
      write_entry(*entry);
      if (options_.checklist_only) write_reasons(*entry);
    }
    if (const std::size_t left = verdict_.checklist.size() - shown.size(); left != 0)
      out_ += concat(
          {"and ", std::to_string(left), " with no worse grade; --checklist-only tells all\n"});
  }

 private:
  [[nodiscard]] std::vector<const ChecklistEntry*> entries() const {
    std::vector<const ChecklistEntry*> all;
    all.reserve(verdict_.checklist.size());
    for (const ChecklistEntry& entry : verdict_.checklist) all.push_back(&entry);
    if (options_.checklist_only || all.size() <= kEntriesBesideFindings) return all;
    std::ranges::stable_sort(all, std::ranges::greater(), [](const ChecklistEntry* entry) {
      return engine::grade_of(*entry).letter;
    });
    all.resize(kEntriesBesideFindings);
    return all;
  }

  void write_heads() {
    theme_.on(out_, style::kDim);
    out_ += "grade";
    for (const std::string_view head : kHeads) out_ += concat({" ", head});
    theme_.off(out_);
    out_ += '\n';
  }

  void write_entry(const ChecklistEntry& entry) {
    const engine::Grade grade = engine::grade_of(entry);
    const std::string text = grade.text();
    const bool good = grade.letter == 'A' || grade.letter == 'B';
    theme_.paint(out_, good ? style::kGood : style::kBold, text);
    out_.append(5 - text.size(), ' ');
    for (std::size_t i = 0; i < kHeads.size(); ++i) {
      out_ += ' ';
      write_mark(entry.items[i].verdict);
      out_.append(kHeads[i].size() - 1, ' ');
    }
    out_ += ' ';
    append_visible(out_, verdict_.source(entry.where.source).path());
    write_subject(entry);
    out_ += '\n';
  }

  void write_subject(const ChecklistEntry& entry) {
    if (entry.subject.kind == engine::SubjectKind::stage) return;  // a file's last one
    if (entry.subject.kind == engine::SubjectKind::run) {
      const auto at = verdict_.source(entry.where.source).position(entry.where.span.begin);
      out_ += concat({":", std::to_string(at.line)});
    }
    out_ += concat({" ", name(entry.subject.kind)});
    if (!entry.subject.name.empty()) out_ += ' ';
    append_visible(out_, entry.subject.name);
  }

  void write_mark(ItemVerdict verdict) {
    const Mark& mark = kMarks[static_cast<std::size_t>(verdict)];
    theme_.paint(out_, mark.style, options_.unicode ? mark.unicode : mark.ascii);
  }

  void write_reasons(const ChecklistEntry& entry) {
    for (std::size_t i = 0; i < entry.items.size(); ++i) {
      const ItemAnswer& answer = entry.items[i];
      if (answer.verdict == ItemVerdict::pass || answer.verdict == ItemVerdict::not_applicable)
        continue;
      out_ += "      ";
      write_mark(answer.verdict);
      out_ += concat({" ", engine::name(static_cast<engine::ChecklistItem>(i)), ": "});
      write_reason(answer);
      out_ += '\n';
    }
  }

  void write_reason(const ItemAnswer& answer) {
    if (answer.evidence.empty()) return append_visible(out_, answer.reason);
    const text::Place& where = answer.evidence.front();
    std::string scratch;
    append_visible(out_, hide_secrets(verdict_, where.source, answer.reason, scratch));
    const text::Source& source = verdict_.source(where.source);
    out_ += " (";
    append_visible(out_, source.path());
    out_ += concat({":", std::to_string(source.position(where.span.begin).line), ")"});
  }

  const engine::Verdict& verdict_;
  const Options& options_;
  const Theme& theme_;
  std::string& out_;
};

}  // namespace

std::string evidence_text(const engine::Verdict& verdict, const text::Place& where) {
  text::Span span = where.span;
  const std::string_view bytes = verdict.source(where.source).at(span);
  const std::size_t end = std::min({bytes.find('\n'), bytes.size(), kEvidenceBytes});
  span.end = span.begin + static_cast<std::uint32_t>(end);
  return verdict.shown(where.source, span);
}

void append_checklist(const engine::Verdict& verdict, const Options& options, const Theme& theme,
                      std::string& out) {
  if (!verdict.checklist.empty()) Table(verdict, options, theme, out).write();
}

}  // namespace plimsoll::report
