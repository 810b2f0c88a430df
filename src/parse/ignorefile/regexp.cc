// Matching keeps the set of all places in the expression that the text so far may have led to, so
// a pattern of many stars costs no more than its length for each character.
#include "parse/ignorefile/regexp.h"

#include <algorithm>

namespace plimsoll::parse::ignorefile {
namespace {

bool is_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

bool CharacterSet::has(char32_t c) const {
  const bool in = std::ranges::any_of(
      ranges, [&](const CharacterRange& range) { return c >= range.low && c <= range.high; });
  return in != negated;
}

// One match: the states before and behind a character, each a sorted-by-arrival list.
class RegexpRun {
 public:
  using Kind = Regexp::Kind;
  RegexpRun(const Regexp& regexp, std::uint64_t& steps)
      : regexp_(regexp), steps_(steps), seen_(regexp.elements_.size(), 0) {
    states_.reserve(16);
    next_.reserve(16);
  }

  bool run(std::string_view text) {
    at_ = {.before = kNone, .behind = text.empty() ? kNone : go_character(text).code};
    start();
    next_.swap(states_);
    while (!text.empty() && (!states_.empty() || !regexp_.anchored_) && !accepted_) {
      const Utf8Character c = go_character(text);
      text.remove_prefix(c.size_bytes);
      ++mark_;
      next_.clear();
      at_ = {.before = c.code, .behind = text.empty() ? kNone : go_character(text).code};
      for (const std::uint32_t state : states_) step(state, c.code);
      if (!regexp_.anchored_) start();
      steps_ += states_.size() + 1;
      next_.swap(states_);
    }
    return accepted_;
  }

 private:
  static constexpr char32_t kNone = 0xFFFFFFFF;
  struct Around {
    char32_t before = kNone, behind = kNone;
  };

  void start() {
    for (const std::uint32_t first : regexp_.starts_) enter(first);
  }

  void step(std::uint32_t state, char32_t c) {
    const Regexp::Element& element = regexp_.elements_[state];
    switch (element.kind) {
      case Kind::character:
        if (c == element.character) enter(element.repeated ? state : state + 1);
        break;
      case Kind::set:
        if (regexp_.sets_[element.character].has(c)) enter(element.repeated ? state : state + 1);
        break;
      case Kind::inside_folders:
        if (c != '\n') add(state);
        if (c == '/') enter(state + 1);
        break;
      default:
        break;  // takes no character
    }
  }

  bool add(std::uint32_t state) {
    if (seen_[state] == mark_) return false;
    seen_[state] = mark_;
    next_.push_back(state);
    return true;
  }

  // The state and all that can be reached from it without a character.
  void enter(std::uint32_t state) {
    while (add(state)) {
      const Regexp::Element& element = regexp_.elements_[state];
      if (element.kind == Kind::accept) {
        accepted_ = true;
        return;
      }
      if (element.kind == Kind::folders) {
        add(state + 1);
        state += 2;
      } else if (element.repeated || element.optional ||
                 (is_place(element.kind) && is_here(element.kind))) {
        ++state;
      } else {
        return;
      }
    }
  }

  static bool is_place(Kind kind) {
    return kind == Kind::begin || kind == Kind::end || kind == Kind::word_boundary ||
           kind == Kind::no_word_boundary;
  }

  [[nodiscard]] bool is_here(Kind kind) const {
    if (kind == Kind::begin) return at_.before == kNone;
    if (kind == Kind::end) return at_.behind == kNone;
    const bool boundary = is_word(at_.before) != is_word(at_.behind);
    return boundary == (kind == Kind::word_boundary);
  }

  const Regexp& regexp_;
  std::uint64_t& steps_;
  std::vector<std::uint32_t> seen_;  // the mark of each state's last arrival
  std::vector<std::uint32_t> states_, next_;
  std::uint32_t mark_ = 1;
  Around at_;
  bool accepted_ = false;
};

bool Regexp::matches(std::string_view text, std::uint64_t& steps) const {
  if (!text.starts_with(prefix_) || !text.ends_with(suffix_)) return false;
  steps += elements_.size() / 16;
  return RegexpRun(*this, steps).run(text);
}

// Most patterns are refused by these alone. U+FFFD stands for malformed bytes too, so it ends them.
void Regexp::find_ends() {
  anchored_ = std::ranges::all_of(starts_, [&](std::uint32_t start) {
    return elements_[start].kind == Kind::begin && !elements_[start].optional;
  });
  if (!anchored_ || starts_.size() != 1) return;
  const auto fixed = [](const Element& element) {
    return element.kind == Kind::character && !element.repeated && !element.optional &&
           element.character != kReplacementCharacter;
  };
  for (std::size_t i = 1; i < elements_.size() && fixed(elements_[i]); ++i)
    append_utf8(prefix_, elements_[i].character);
  const std::size_t end = elements_.size() - 2;  // in front of `accept`
  if (elements_[end].kind != Kind::end || elements_[end].optional) return;
  std::size_t first = end;
  while (first > 0 && fixed(elements_[first - 1])) --first;
  for (; first < end; ++first) append_utf8(suffix_, elements_[first].character);
}

}  // namespace plimsoll::parse::ignorefile
