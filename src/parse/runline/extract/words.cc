// Shell words as the words of a run line: expansions become holes that stand as they were written.
#include "parse/runline/extract/words.h"

#include <algorithm>
#include <string>

namespace plimsoll::parse::runline {
namespace {

using shell::Part;
using shell::PartKind;

// An escape of the carrier ("\"" of JSON) stands where it begins; the word ends where it ends.
text::Span place_of(const Collector& in, const text::Joined& script, const shell::Word& word) {
  text::Span where = script.where(word.raw);
  const std::string_view bytes = in.source.bytes();
  if (where.size() > 0 && where.end < bytes.size() && bytes[where.end - 1] == '\\' &&
      word.raw.back() != '\\') {
    ++where.end;
  }
  return where;
}

bool is_verbatim(const Word& word) {
  return word.where.size() == word.text.size() && word.raw == word.text;
}

// Nested substitutions are read once for each level: their text as a word is cut.
constexpr std::size_t kLongestHole = 1'000;

class Builder {
 public:
  Builder(const Collector& in, const text::Joined& script) : in_(in), script_(script) {}

  void parts(std::span<const Part> all, bool quoted) {
    for (const Part& part : all) this->part(part, quoted);
  }

  Word finish(const shell::Word& word) {
    Word result;
    result.text = in_.arena.copy(text_);
    merge_holes(holes_);
    result.holes = in_.arena.copy(holes_);
    result.raw = word.raw;
    result.where = place_of(in_, script_, word);
    result.verbatim = is_verbatim(result);
    const bool lone = holes_.size() == 1 && holes_[0].begin == 0 && holes_[0].end == text_.size();
    result.arity = any_ ? Arity::any : lone && splits_ ? Arity::likely_one : Arity::one;
    return result;
  }

 private:
  void part(const Part& part, bool quoted) {
    switch (part.kind) {
      case PartKind::double_quoted:
        if (part.parts.empty()) return literal(part.value, part.raw.substr(1));
        return parts(part.parts, true);
      case PartKind::single_quoted:
        return literal(part.value, part.raw.substr(1));
      case PartKind::literal:
      case PartKind::ansi_quoted:
        return literal(part.value, part.raw);
      case PartKind::parameter:
        any_ |= part.value == "@" || (part.value == "*" && !quoted) ||
                part.operation.starts_with("[@]") || (part.operation.starts_with("[*]") && !quoted);
        [[fallthrough]];
      default:
        splits_ |= !quoted;
        hole(part.raw);
    }
  }

  void hole(std::string_view raw) {
    const auto begin = static_cast<std::uint32_t>(text_.size());
    text_ += as_written(raw).substr(0, kLongestHole);
    holes_.push_back({begin, static_cast<std::uint32_t>(text_.size())});
  }

  // The carrier's own variables were made to look like the shell's.
  std::string_view as_written(std::string_view raw) const {
    if (!in_.templates) return raw;
    const std::string_view written = in_.source.at(script_.where(raw));
    return written.starts_with("$$") ? raw : written;  // the shell's own, in a Makefile
  }

  // The carrier fills its variables in without a thought for the shell's quotes. `raw` begins where
  // the value does.
  void literal(std::string_view value, std::string_view raw) {
    std::size_t at = 0;
    while (in_.templates && at < value.size()) {
      const std::size_t begin = value.find("${", at);
      const std::size_t end = begin == std::string_view::npos ? begin : value.find('}', begin);
      if (end == std::string_view::npos) break;
      text_ += value.substr(at, begin - at);
      const auto from = static_cast<std::uint32_t>(text_.size());
      const std::string_view variable = value.substr(begin, end + 1 - begin);
      const std::string_view written = raw.substr(std::min(begin, raw.size()), variable.size());
      text_ += written == variable ? as_written(written) : variable;
      holes_.push_back({from, static_cast<std::uint32_t>(text_.size())});
      at = end + 1;
    }
    text_ += value.substr(at);
  }

  const Collector& in_;
  const text::Joined& script_;
  std::string text_;
  std::vector<Hole> holes_;
  bool any_ = false, splits_ = false;
};

}  // namespace

Word to_word(const Collector& in, const text::Joined& script, const shell::Word& word) {
  if (word.parts.size() <= 1 && word.known && !in.templates) {
    Word plain{.text = word.value, .raw = word.raw, .where = place_of(in, script, word)};
    plain.verbatim = is_verbatim(plain);
    return plain;
  }
  Builder builder(in, script);
  builder.parts(word.parts, false);
  return builder.finish(word);
}

}  // namespace plimsoll::parse::runline
