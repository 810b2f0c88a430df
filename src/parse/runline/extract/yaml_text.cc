// Lays a scalar's value over the bytes that it was read from. The reader gives the value alone;
// what it took away are quotes, escapes, indentation and folded line breaks, which can be told
// apart here. Source: YAML 1.2.2, 7.3 "Flow Scalar Styles", 8.1 "Block Scalar Styles".
#include "parse/runline/extract/yaml_text.h"

#include <algorithm>

#include "base/ascii.h"

namespace plimsoll::parse::runline {
namespace {

class Overlay {
 public:
  Overlay(const text::Source& source, const yaml::Node& scalar)
      : raw_(source.at(scalar.span)), base_(scalar.span.begin), value_(scalar.value) {
    style_ = scalar.style;
  }

  text::Joined take(Arena& arena) {
    start();
    while (at_ < value_.size() && raw_at_ < raw_.size()) step();
    // A value that can't be followed to its end stays at the last place that was sure.
    const auto last = static_cast<std::uint32_t>(std::min(raw_at_, raw_.size()));
    for (; at_ < value_.size(); ++at_) joiner_.add(value_.substr(at_, 1), base_ + last);
    return joiner_.take(arena);
  }

 private:
  [[nodiscard]] bool is_block() const {
    return style_ == yaml::Style::literal || style_ == yaml::Style::folded;
  }

  void start() {
    if (style_ == yaml::Style::single_quoted || style_ == yaml::Style::double_quoted) {
      raw_at_ = 1;
    } else if (is_block()) {
      raw_at_ = std::min(raw_.find('\n'), raw_.size() - 1) + 1;  // behind "|-"
      skip_blanks();
      // The value may begin with blank lines or, with an indicator, blanks.
      while (at_ < value_.size() && is_space(value_[at_])) emit(1, 0);
    }
  }

  void skip_blanks() {
    while (raw_at_ < raw_.size() && is_space(raw_[raw_at_])) ++raw_at_;
  }

  // `size` bytes of the value stand here, and take `taken` bytes of the file.
  void emit(std::size_t size, std::size_t taken) {
    size = std::min(size, value_.size() - at_);
    const auto where = static_cast<std::uint32_t>(base_ + raw_at_);
    if (size == taken) {
      joiner_.add(value_.substr(at_, size), where);
    } else {
      for (std::size_t i = 0; i < size; ++i) joiner_.add(value_.substr(at_ + i, 1), where);
    }
    at_ += size;
    raw_at_ += taken;
  }

  void step() {
    const char c = raw_[raw_at_];
    if (style_ == yaml::Style::double_quoted && c == '\\') return escape();
    if (style_ == yaml::Style::single_quoted && c == '\'') return emit(1, 2);
    if (is_space(c)) return blanks();
    // Bytes that agree, as one run.
    std::size_t size = 0;
    while (at_ + size < value_.size() && raw_at_ + size < raw_.size() &&
           raw_[raw_at_ + size] == value_[at_ + size] && !is_space(value_[at_ + size]) &&
           raw_[raw_at_ + size] != '\\' && raw_[raw_at_ + size] != '\'') {
      ++size;
    }
    if (size == 0 && raw_[raw_at_] == value_[at_]) size = 1;
    if (size == 0) {
      ++raw_at_;  // a byte that the reader took away
      return;
    }
    emit(size, size);
  }

  // A run with a line break in it may have become anything blank.
  void blanks() {
    std::size_t size = 0;
    bool breaks = false;
    while (raw_at_ + size < raw_.size() && is_space(raw_[raw_at_ + size])) {
      breaks |= raw_[raw_at_ + size] == '\n';
      ++size;
    }
    std::size_t kept = 0;
    while (at_ + kept < value_.size() && is_space(value_[at_ + kept])) ++kept;
    if (!breaks && kept == size) return emit(size, size);
    if (kept == 0) {
      raw_at_ += size;
      return;
    }
    emit(1, 1);
    const std::size_t left = size - 1;
    emit(kept - 1, 0);
    raw_at_ += left;
  }

  void escape() {
    const char c = raw_at_ + 1 < raw_.size() ? raw_[raw_at_ + 1] : '\0';
    if (c == '\n' || c == '\r') {  // a line that is continued
      raw_at_ += 2;
      skip_blanks();
      return;
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    emit(character_size(), std::min(2 + digits, raw_.size() - raw_at_));
  }

  // Of the UTF-8 character that the value goes on with.
  [[nodiscard]] std::size_t character_size() const {
    std::size_t size = 1;
    while (at_ + size < value_.size() &&
           (static_cast<unsigned char>(value_[at_ + size]) & 0xC0) == 0x80)
      ++size;
    return size;
  }

  std::string_view raw_;
  std::uint32_t base_;
  std::string_view value_;
  yaml::Style style_ = yaml::Style::plain;
  std::size_t at_ = 0, raw_at_ = 0;
  Joiner joiner_;
};

}  // namespace

text::Joined scalar_text(Collector& to, const yaml::Node& scalar) {
  return Overlay(to.source, scalar).take(to.arena);
}

}  // namespace plimsoll::parse::runline
