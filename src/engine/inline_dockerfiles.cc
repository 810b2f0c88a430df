// A source of its own keeps the parser of Dockerfiles free of YAML: the price is that places are
// led back once the findings are there. Numbers, not places, tell the two apart until then.
#include "engine/inline_dockerfiles.h"

#include <algorithm>

#include "engine/judging/judging.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine {
namespace {

// "|", "|-", "|2+", with an anchor, a tag or a comment around it.
bool is_literal_header(std::string_view line) {
  line = pragmas::trimmed(line.substr(0, line.find(" #")));
  const std::size_t word = line.find_last_of(" \t");
  return line.substr(word == std::string_view::npos ? 0 : word + 1).starts_with('|');
}

// One line of the text over the line of the file that it came from.
class LineWalk {
 public:
  LineWalk(std::string_view raw, std::uint32_t raw_at, std::string_view text, std::uint32_t text_at,
           std::vector<text::Piece>& pieces)
      : raw_(raw), text_(text), raw_at_(raw_at), text_at_(text_at), pieces_(pieces) {}

  bool walk() {
    add(0, 0);
    if (raw_ == text_) return true;
    if (raw_.find('$') == std::string_view::npos) return false;
    std::size_t raw = 0, text = 0;
    while (raw < raw_.size() && text < text_.size() && raw_[raw] == text_[text]) {
      const bool doubled = raw_.substr(raw).starts_with("$$");
      if (raw_[raw] == '$' && !doubled) break;
      raw += doubled ? 2 : 1;
      ++text;
      if (doubled) add(text, raw);
    }
    // What is equal up to the end lies behind the variables.
    std::size_t tail = 0;
    while (tail < raw_.size() - raw && tail < text_.size() - text &&
           raw_[raw_.size() - 1 - tail] == text_[text_.size() - 1 - tail] &&
           raw_[raw_.size() - 1 - tail] != '$' && raw_[raw_.size() - 1 - tail] != '}')
      ++tail;
    for (std::size_t i = text; i < text_.size() - tail; ++i)
      add(i, std::min(raw + (i - text), std::max(raw, raw_.size() - tail - 1)));
    add(text_.size() - tail, raw_.size() - tail);
    return true;
  }

 private:
  void add(std::size_t text, std::size_t raw) {
    const text::Piece piece{text_at_ + static_cast<std::uint32_t>(text),
                            raw_at_ + static_cast<std::uint32_t>(raw)};
    if (!pieces_.empty() && pieces_.back().joined == piece.joined) pieces_.pop_back();
    pieces_.push_back(piece);
  }

  std::string_view raw_, text_;
  std::uint32_t raw_at_, text_at_;
  std::vector<text::Piece>& pieces_;
};

bool is_one_line(const text::Edit& edit, std::string_view replaced) {
  // A `$` would have to be doubled, and a line indented.
  return edit.text.find_first_of("\n$") == std::string::npos &&
         replaced.find_first_of("\n$") == std::string_view::npos;
}

}  // namespace

std::vector<text::Piece> follow_literal(const text::Source& file, text::Span scalar,
                                        std::string_view text) {
  std::uint32_t number = file.position(scalar.begin).line;
  const std::uint32_t start = file.line_start(number);
  if (!is_literal_header(file.line(number).substr(scalar.begin - start))) return {};
  // The first line that is not empty tells how far the block is indented; a block whose text begins
  // with blanks says so by a number, and its lines differ from the text.
  std::size_t indented = std::string_view::npos;
  std::vector<text::Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    if (++number > file.line_count()) return {};
    const std::string_view raw = file.line(number);
    const std::size_t blanks = std::min(raw.find_first_not_of(' '), raw.size());
    if (indented == std::string_view::npos && blanks < raw.size()) {
      const std::size_t own = std::min(line.find_first_not_of(' '), line.size());
      if (own > blanks) return {};
      indented = blanks - own;
    }
    const std::size_t cut = std::min({indented, blanks, raw.size()});
    LineWalk walk(raw.substr(cut), file.line_start(number) + static_cast<std::uint32_t>(cut), line,
                  static_cast<std::uint32_t>(at), pieces);
    if (!walk.walk()) return {};
    at += line.size() + 1;
  }
  return pieces;
}

std::uint32_t InlineDockerfiles::add(text::Place where, std::string_view text) {
  const text::Source* file = sources_.read(where.source);
  const std::lock_guard lock(mutex_);
  const std::uint64_t place = std::uint64_t{where.source} << 32U | where.span.begin;
  const auto [entry, is_new] = numbers_.try_emplace({place, std::string(text)});
  if (!is_new) return entry->second;
  entry->second = sources_.add(sources_.path(where.source), std::string(text));
  Inline& made = by_number_[entry->second];
  made.scalar = where;
  made.text = text;
  if (file != nullptr) made.pieces = follow_literal(*file, where.span, text);
  return entry->second;
}

text::Place InlineDockerfiles::place_of(const Inline& in, text::Span span) const {
  if (in.pieces.empty()) return in.scalar;
  const auto size = static_cast<std::uint32_t>(in.text.size());
  const text::Joined joined{in.text, in.pieces};
  const std::uint32_t begin = std::min(span.begin, size), end = std::clamp(span.end, begin, size);
  if (begin == end && begin < size) {  // before that byte, not behind the line above
    const std::uint32_t at = joined.source_offset(begin);
    return {in.scalar.source, {at, at}};
  }
  return {in.scalar.source, joined.where(joined.text.substr(begin, end - begin))};
}

void InlineDockerfiles::lead_back(text::Place& place) const {
  const auto found = by_number_.find(place.source);
  if (found != by_number_.end()) place = place_of(found->second, place.span);
}

bool InlineDockerfiles::lead_back(const Inline& in, text::Edit& edit) const {
  const text::Span span = edit.where.span;
  if (in.pieces.empty() || span.end > in.text.size() ||
      !is_one_line(edit, std::string_view(in.text).substr(span.begin, span.size())))
    return false;
  lead_back(edit.where);
  return edit.where.span.size() == span.size();
}

void InlineDockerfiles::lead_back(rules::Finding& finding) const {
  for (rules::Related& related : finding.related) lead_back(related.where);
  for (text::Place& hidden : finding.hidden) lead_back(hidden);
  if (finding.fix) {
    const bool written = std::ranges::all_of(finding.fix->edits, [&](text::Edit& edit) {
      const auto found = by_number_.find(edit.where.source);
      return found == by_number_.end() || lead_back(found->second, edit);
    });
    if (!written) finding.fix.reset();
  }
  const auto found = by_number_.find(finding.where.source);
  if (found == by_number_.end()) return;
  for (text::Span& secret : finding.secrets) secret = place_of(found->second, secret).span;
  finding.where = place_of(found->second, finding.where.span);
}

void InlineDockerfiles::lead_back(Outcome& outcome) const {
  for (Judged& judged : outcome.findings) {
    const std::uint32_t source = judged.finding.where.source;
    lead_back(judged.finding);
    if (judged.instruction_line == 0 || !holds(source)) continue;
    const text::Source& text = *sources_.read(source);
    const std::uint32_t start = text.line_start(judged.instruction_line);
    const text::Place place = place_of(by_number_.at(source), {start, start + 1});
    judged.instruction_line = sources_.read(place.source)->position(place.span.begin).line;
  }
  for (text::Place& secret : outcome.secrets) lead_back(secret);
  for (ChecklistEntry& entry : outcome.checklist) {
    lead_back(entry.where);
    for (ItemAnswer& item : entry.items)
      for (text::Place& evidence : item.evidence) lead_back(evidence);
  }
  for (ContextAnswer& context : outcome.parts.contexts)
    for (text::Place& evidence : context.answer.evidence) lead_back(evidence);
  for (FoundSecret& secret : outcome.parts.secrets) lead_back(secret.where);
}

std::vector<text::Span> InlineDockerfiles::scalars_in(std::uint32_t source) const {
  std::vector<text::Span> spans;
  for (const auto& [number, in] : by_number_)
    if (in.scalar.source == source) spans.push_back(in.scalar.span);
  return spans;
}

void InlineDockerfiles::forget() const {
  for (const auto& [number, in] : by_number_) sources_.forget(number);
}

}  // namespace plimsoll::engine
