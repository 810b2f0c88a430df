// A line is turned into glyphs near the span only, so that a frame costs the same in a line of many
// megabytes.
#include "report/frame.h"

#include <algorithm>
#include <vector>

#include "report/visible.h"

namespace plimsoll::report {
namespace {

constexpr std::uint32_t kMostLines = 5;

// A line as it is shown, and where the marked part of it stands.
struct Row {
  std::string text;
  std::uint32_t mark_column = 0, mark_columns = 0;
};

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

// Moves an offset by up to three bytes, backwards, to the start of a character.
std::uint32_t character_start(std::string_view bytes, std::uint32_t offset) {
  std::uint32_t at = offset;
  while (at > 0 && offset - at < 3 && at < bytes.size() && is_continuation(bytes[at])) --at;
  return at;
}

struct Cell {
  Glyph glyph;
  std::uint32_t offset;  // in the line
};

// The part of a line that could be shown: what lies farther from the mark than `reach` bytes is
// left out.
struct Stretch {
  std::vector<Cell> cells;
  std::uint32_t columns = 0;
  bool cut_left = false, cut_right = false;
};

// A line within its source; `mark` counts from its start.
struct Line {
  const engine::Verdict& verdict;
  std::uint32_t source_number;
  text::Span all, mark;
  [[nodiscard]] std::string_view bytes() const { return verdict.source(source_number).at(all); }
};

Stretch stretch_around(const Line& line, std::uint32_t reach) {
  const std::string_view bytes = line.bytes();
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const text::Span mark = line.mark;
  const std::uint32_t begin = mark.begin > reach ? character_start(bytes, mark.begin - reach) : 0;
  const std::uint32_t end =
      size - mark.begin > reach ? character_start(bytes, mark.begin + reach) : size;
  Stretch result{.cells = {}, .columns = 0, .cut_left = begin > 0, .cut_right = end < size};
  const std::string shown =
      line.verdict.shown(line.source_number, {line.all.begin + begin, line.all.begin + end});
  for (std::uint32_t at = 0; at < shown.size();) {
    Glyph glyph = first_glyph(std::string_view(shown).substr(at), result.columns);
    result.columns += glyph.columns;
    const std::uint32_t bytes_taken = glyph.bytes;
    result.cells.push_back({std::move(glyph), begin + at});
    at += bytes_taken;
  }
  return result;
}

// Narrows a stretch to `columns`: a quarter of the room before the mark, the rest behind it, or
// more before it where the line ends early.
void narrow(Stretch& stretch, std::uint32_t mark_begin, std::uint32_t columns) {
  const auto& cells = stretch.cells;
  const auto anchor = static_cast<std::size_t>(
      std::ranges::lower_bound(cells, mark_begin, {}, &Cell::offset) - cells.begin());
  std::size_t first = anchor, last = anchor;
  std::uint32_t used = 0;
  const auto take_before = [&](std::uint32_t most) {
    while (first > 0 && used + cells[first - 1].glyph.columns <= most)
      used += cells[--first].glyph.columns;
  };
  take_before(columns / 4);
  while (last < cells.size() && used + cells[last].glyph.columns <= columns)
    used += cells[last++].glyph.columns;
  take_before(columns);
  stretch.cut_left |= first > 0;
  stretch.cut_right |= last < cells.size();
  stretch.cells.erase(stretch.cells.begin() + static_cast<std::ptrdiff_t>(last),
                      stretch.cells.end());
  stretch.cells.erase(stretch.cells.begin(),
                      stretch.cells.begin() + static_cast<std::ptrdiff_t>(first));
}

// At least one column is marked, behind the text if need be.
Row show_line(const Line& line, std::uint32_t columns, const Theme& theme) {
  const text::Span mark = line.mark;
  if (line.all.size() <= columns && is_printable_ascii(line.bytes()))
    return {line.verdict.shown(line.source_number, line.all), mark.begin,
            std::max(mark.size(), 1U)};
  Stretch stretch = stretch_around(line, 4 * columns);
  const std::uint32_t ellipsis = shown_columns(theme.marks.ellipsis);
  if (stretch.cut_left || stretch.cut_right || stretch.columns > columns)
    narrow(stretch, mark.begin, columns - 2 * ellipsis);

  Row row;
  std::uint32_t column = 0;
  if (stretch.cut_left) {
    row.text += theme.marks.ellipsis;
    column = ellipsis;
  }
  row.mark_column = column;
  for (const Cell& cell : stretch.cells) {
    if (cell.offset < mark.begin)
      row.mark_column += cell.glyph.columns;
    else if (cell.offset < mark.end)
      row.mark_columns += cell.glyph.columns;
    row.text += cell.glyph.text;
  }
  if (stretch.cut_right) row.text += theme.marks.ellipsis;
  row.mark_columns = std::max(row.mark_columns, 1U);
  return row;
}

// A line (1-based) and the part of it that lies in the frame's span. A byte order mark is no text.
Line line_of(const Frame& frame, std::uint32_t number) {
  const text::Source& source = frame.verdict.source(frame.where.source);
  const std::string_view text = source.line(number);
  const std::uint32_t start = source.line_start(number);
  const text::Span all = {start + (start == 0 && text.starts_with("\xEF\xBB\xBF") ? 3 : 0),
                          start + static_cast<std::uint32_t>(text.size())};
  const auto inside = [&](std::uint32_t offset) {
    return std::clamp(offset, all.begin, all.end) - all.begin;
  };
  return {frame.verdict,
          frame.where.source,
          all,
          {inside(frame.where.span.begin), inside(frame.where.span.end)}};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == text.npos;
}

class Drawing {
 public:
  Drawing(std::string& out, const Frame& frame, const Theme& theme)
      : out_(out),
        frame_(frame),
        theme_(theme),
        room_(theme.width - std::min(frame.gutter + 4, theme.width - 20)) {}

  void draw_single(std::uint32_t line) {
    const Row row = show_line(line_of(frame_, line), room_, theme_);
    append_code(line, {}, row);
    append_marks({}, row, frame_.message);
  }

  void draw_several(std::uint32_t first, std::uint32_t last) {
    const bool gap = last - first + 1 > kMostLines;
    for (std::uint32_t line = first; line <= last; ++line) {
      if (gap && line == first + kMostLines - 2) {
        append_gutter(out_, frame_.gutter, 0, theme_);
        theme_.paint(out_, frame_.style, theme_.marks.gap);
        out_ += '\n';
        line = last;
      }
      draw_one_of_several(line, line == first, line == last);
    }
  }

 private:
  // Marks under the text only where the bar does not say it: if the span begins or ends within the
  // line.
  void draw_one_of_several(std::uint32_t number, bool is_first, bool is_last) {
    Line line = line_of(frame_, number);
    const bool begins_inside = is_first && !is_blank(line.bytes().substr(0, line.mark.begin));
    const bool ends_inside = is_last && !is_blank(line.bytes().substr(line.mark.end));
    if (is_last && !ends_inside)
      line.mark = {};  // nothing to mark: a long line is shown from its start
    const Row row = show_line(line, room_ - 2, theme_);
    const Marks& marks = theme_.marks;
    append_code(number, is_first ? marks.first : is_last ? marks.last : marks.middle, row);
    if (begins_inside) append_marks(marks.middle, row, {});
    if (ends_inside) append_marks(" ", row, frame_.message);
    if (is_last && !ends_inside && !frame_.message.empty()) {
      append_gutter(out_, frame_.gutter, 0, theme_);
      append_message(frame_.message);
      out_ += '\n';
    }
  }

  void append_code(std::uint32_t line, std::string_view side, const Row& row) {
    append_gutter(out_, frame_.gutter, line, theme_);
    if (!side.empty()) {
      theme_.paint(out_, frame_.style, side);
      out_ += ' ';
    }
    out_ += row.text;
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += '\n';
  }

  void append_marks(std::string_view side, const Row& row, std::string_view message) {
    append_gutter(out_, frame_.gutter, 0, theme_);
    if (!side.empty()) {
      theme_.paint(out_, frame_.style, side);
      out_ += ' ';
    }
    out_.append(row.mark_column, ' ');
    theme_.on(out_, frame_.style);
    out_.append(row.mark_columns, frame_.underline);
    theme_.off(out_);
    if (!message.empty()) {
      out_ += ' ';
      append_message(message);
    }
    out_ += '\n';
  }

  void append_message(std::string_view message) {
    theme_.on(out_, frame_.style);
    append_visible(out_, message);
    theme_.off(out_);
  }

  std::string& out_;
  const Frame& frame_;
  const Theme& theme_;
  std::uint32_t room_;  // columns for code
};

}  // namespace

void append_gutter(std::string& out, std::uint32_t gutter, std::uint32_t line, const Theme& theme) {
  const std::string number = line == 0 ? "" : std::to_string(line);
  theme.on(out, style::kGutter);
  out.append(gutter - std::min<std::size_t>(gutter, number.size()) + 1, ' ');
  out += number;
  out += ' ';
  out += theme.marks.bar;
  theme.off(out);
  out += ' ';
}

std::uint32_t last_line(const text::Source& source, text::Span span) {
  return source.position(span.end > span.begin ? span.end - 1 : span.begin).line;
}

void append_frame(std::string& out, const Frame& frame, const Theme& theme) {
  const text::Source& source = frame.verdict.source(frame.where.source);
  const std::uint32_t first = source.position(frame.where.span.begin).line;
  const std::uint32_t last = last_line(source, frame.where.span);
  Drawing drawing(out, frame, theme);
  if (first == last)
    drawing.draw_single(first);
  else
    drawing.draw_several(first, last);
}

}  // namespace plimsoll::report
