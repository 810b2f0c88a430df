// Reads an expression as Go does, with classes in brackets, escapes, alternatives and counted
// repetitions. Of groups only the one that stands for `**/` can be.
#include <array>

#include "parse/ignorefile/regexp.h"

namespace plimsoll::parse::ignorefile {
namespace {

struct NamedSet {
  std::string_view name;
  std::string_view ranges;  // pairs of characters
};

// Source: regexp/syntax, perl_groups.go.
constexpr std::array<NamedSet, 14> kPosix = {{
    {"alnum", "09AZaz"},
    {"alpha", "AZaz"},
    {"ascii", std::string_view("\0\x7F", 2)},
    {"blank", "\t\t  "},
    {"cntrl", std::string_view("\0\x1F\x7F\x7F", 4)},
    {"digit", "09"},
    {"graph", "!~"},
    {"lower", "az"},
    {"print", " ~"},
    {"punct", "!/:@[`{~"},
    {"space", "\t\r  "},
    {"upper", "AZ"},
    {"word", "09AZaz__"},
    {"xdigit", "09AFaf"},
}};
constexpr std::array<NamedSet, 3> kPerl = {{{"d", "09"}, {"s", "\t\n\f\r  "}, {"w", "09AZaz__"}}};
// Of Unicode's categories the ASCII part; beyond it all characters count as letters.
constexpr std::array<NamedSet, 7> kCategories = {{
    {"C", std::string_view("\0\x1F\x7F\x7F", 4)},
    {"L", "AZaz"},
    {"M", ""},
    {"N", "09"},
    {"P", "!#%*,/:;?@[]__{{}}"},
    {"S", "$$++<>^^``||~~"},
    {"Z", "  "},
}};

constexpr char32_t kLast = 0x10FFFF;
constexpr std::size_t kMostElements = 100'000;  // Go has its own limit, beyond what files hold
constexpr int kMostRepeats = 1000;

// Appends what is in the set, or all that is not. The pairs are sorted.
void append(CharacterSet& to, std::string_view pairs, bool negated) {
  char32_t from = 0;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
    const auto low = static_cast<unsigned char>(pairs[i]);
    const auto high = static_cast<unsigned char>(pairs[i + 1]);
    if (!negated)
      to.ranges.push_back({low, high});
    else if (low > from)
      to.ranges.push_back({from, static_cast<char32_t>(low - 1)});
    from = high + 1U;
  }
  if (negated) to.ranges.push_back({from, kLast});
}

template <std::size_t N>
const NamedSet* find(const std::array<NamedSet, N>& sets, std::string_view name) {
  for (const NamedSet& set : sets)
    if (set.name == name) return &set;
  return nullptr;
}

bool is_digit(char c, char last) {
  return c >= '0' && c <= last;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

class RegexpReader {
 public:
  using Kind = Regexp::Kind;
  RegexpReader(std::string_view rest, Regexp& out) : rest_(rest), out_(out) {}

  bool read() {
    out_.elements_.reserve(rest_.size() + 1);
    begin_alternative();
    while (!rest_.empty()) {
      if (out_.elements_.size() > kMostElements) return false;
      bool repeats = false;
      if (rest_.starts_with('{') && !repeat(repeats)) return false;
      if (!repeats && !element()) return false;
      was_repeated_ = repeats || star_;
      star_ = false;
    }
    add(Kind::accept);
    return true;
  }

 private:
  void begin_alternative() {
    out_.starts_.push_back(static_cast<std::uint32_t>(out_.elements_.size()));
    atoms_ = 0;
  }

  bool element() {
    const char c = rest_.front();
    if (c == '|') {
      rest_.remove_prefix(1);
      add(Kind::accept);
      begin_alternative();
      return true;
    }
    ++atoms_;
    if (rest_.starts_with("(.*/)?")) {
      rest_.remove_prefix(6);
      add(Kind::folders);
      add(Kind::inside_folders);
      star_ = true;
    } else if (rest_.starts_with(".*")) {
      rest_.remove_prefix(2);
      CharacterSet set{.negated = true};
      set.ranges.push_back({'\n', '\n'});
      add_set(std::move(set));
      out_.elements_.back().repeated = true;
      star_ = true;
    } else if (c == '^' || c == '$') {
      rest_.remove_prefix(1);
      add(c == '^' ? Kind::begin : Kind::end);
    } else if (c == '[') {
      return bracket();
    } else if (c == '\\') {
      return escaped();
    } else {
      const Utf8Character character = go_character(rest_);
      rest_.remove_prefix(character.size_bytes);
      add(Kind::character, character.code);
    }
    return true;
  }

  void add(Kind kind, char32_t character = 0) {
    out_.elements_.push_back({.kind = kind, .character = character});
  }
  void add_set(CharacterSet set) {
    add(Kind::set, static_cast<char32_t>(out_.sets_.size()));
    out_.sets_.push_back(std::move(set));
  }

  // `\d`, `\P` and the like at the front of the rest. `found` says whether there was one.
  bool named(CharacterSet& to, bool& found) {
    found = false;
    if (rest_.size() < 2 || rest_.front() != '\\') return true;
    const char c = rest_[1];
    const bool upper = c >= 'A' && c <= 'Z';
    const char name = upper ? static_cast<char>(c - 'A' + 'a') : c;
    if (const NamedSet* set = find(kPerl, std::string_view(&name, 1))) {
      append(to, set->ranges, upper);
      rest_.remove_prefix(2);
      found = true;
    } else if (name == 'p') {
      const NamedSet* category = find(kCategories, rest_.substr(2, 1));
      if (category == nullptr) return false;
      append(to, category->ranges, upper);
      if (category->name == "L" && upper) to.ranges.back().high = 0x7F;
      if (category->name == "L" && !upper) to.ranges.push_back({0x80, kLast});
      rest_.remove_prefix(3);
      found = true;
    }
    return true;
  }

  bool escaped() {
    if (rest_.size() < 2) return false;
    const char c = rest_[1];
    constexpr std::string_view kPlaces = "AzbB";
    constexpr std::array kKinds = {Kind::begin, Kind::end, Kind::word_boundary,
                                   Kind::no_word_boundary};
    if (const std::size_t at = kPlaces.find(c); at != std::string_view::npos) {
      rest_.remove_prefix(2);
      add(kKinds[at]);
      return true;
    }
    if (c == 'Q') {
      quoted();
      return true;
    }
    CharacterSet set;
    bool found = false;
    if (!named(set, found)) return false;
    if (found) {
      add_set(std::move(set));
      return true;
    }
    char32_t code = 0;
    if (!escape(code)) return false;
    add(Kind::character, code);
    return true;
  }

  // A number of `{2,3}`; -1: too large. False: there is none.
  bool count(std::string_view& text, int& to) const {
    if (text.empty() || !is_digit(text.front(), '9')) return false;
    if (text.size() >= 2 && text.front() == '0' && is_digit(text[1], '9')) return false;
    to = 0;
    for (; !text.empty() && is_digit(text.front(), '9'); text.remove_prefix(1))
      if (to >= 0) to = to > kMostRepeats ? -1 : to * 10 + (text.front() - '0');
    return true;
  }

  // `{2}`, `{2,}`, `{2,3}` at the front of the rest; anything else there is a brace as it stands.
  bool repeat(bool& found) {
    std::string_view text = rest_.substr(1);
    int least = 0;
    if (!count(text, least)) return true;
    int most = least;
    bool endless = false;
    if (text.starts_with(',')) {
      text.remove_prefix(1);
      endless = text.starts_with('}');
      if (!endless && !count(text, most)) return true;
    }
    if (!text.starts_with('}')) return true;
    found = true;
    rest_ = text.substr(1);
    const auto too_many = [](int n) { return n < 0 || n > kMostRepeats; };
    if (too_many(least) || too_many(most) || (!endless && least > most)) return false;
    if (was_repeated_ || atoms_ == 0) return false;
    expand(least, most, endless);
    return true;
  }

  void expand(int least, int most, bool endless) {
    if (out_.elements_.size() == out_.starts_.back()) return;  // nothing, as often as you like
    Regexp::Element element = out_.elements_.back();
    if (element.kind == Kind::inside_folders) {  // any number of them is as good as one
      if (most == 0 && !endless) out_.elements_.resize(out_.elements_.size() - 2);
      return;
    }
    out_.elements_.pop_back();
    for (int i = 0; i < least; ++i) out_.elements_.push_back(element);
    const bool place = element.kind != Kind::character && element.kind != Kind::set;
    if (endless && !place) {
      element.repeated = true;
      out_.elements_.push_back(element);
    }
    element.optional = true;
    if (endless && place && least == 0) out_.elements_.push_back(element);
    if (!endless)
      for (int i = least; i < most; ++i) out_.elements_.push_back(element);
  }

  // `\Q…\E`: all of it as it stands, the end of the expression included.
  void quoted() {
    rest_.remove_prefix(2);
    const std::size_t end = rest_.find("\\E");
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
    while (!text.empty()) {
      const Utf8Character character = go_character(text);
      text.remove_prefix(character.size_bytes);
      add(Kind::character, character.code);
    }
  }

  // `\` and what it makes of the characters behind it.
  bool escape(char32_t& code) {
    if (rest_.size() < 2) return false;
    const char c = rest_[1];
    rest_.remove_prefix(2);
    if (is_digit(c, '7')) return octal(c, code);
    if (c == 'x') return hexadecimal(code);
    constexpr std::string_view kLetters = "afnrtv", kMeaning = "\a\f\n\r\t\v";
    if (const std::size_t at = kLetters.find(c); at != std::string_view::npos) {
      code = static_cast<unsigned char>(kMeaning[at]);
      return true;
    }
    code = static_cast<unsigned char>(c);
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c, '9');
    return code < 0x80 && !letter;
  }

  // A single digit but 0 would be a reference to a group, of which there are none.
  bool octal(char first, char32_t& code) {
    if (first != '0' && (rest_.empty() || !is_digit(rest_.front(), '7'))) return false;
    code = static_cast<char32_t>(first - '0');
    for (int i = 1; i < 3 && !rest_.empty() && is_digit(rest_.front(), '7'); ++i) {
      code = code * 8 + static_cast<char32_t>(rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return true;
  }

  // `\x{…}` can't be: patterns have their braces escaped.
  bool hexadecimal(char32_t& code) {
    if (rest_.size() < 2) return false;
    const int high = hex_digit(rest_[0]), low = hex_digit(rest_[1]);
    if (high < 0 || low < 0) return false;
    code = static_cast<char32_t>(high * 16 + low);
    rest_.remove_prefix(2);
    return true;
  }

  bool bracket() {
    rest_.remove_prefix(1);
    CharacterSet set;
    if (rest_.starts_with('^')) {
      set.negated = true;
      rest_.remove_prefix(1);
    }
    for (bool first = true; first || !rest_.starts_with(']'); first = false) {
      if (rest_.empty()) return false;
      bool found = false;
      if (!posix(set, found)) return false;
      if (!found && !named(set, found)) return false;
      if (!found && !range(set)) return false;
    }
    rest_.remove_prefix(1);
    add_set(std::move(set));
    if (rest_.starts_with('*')) {
      rest_.remove_prefix(1);
      out_.elements_.back().repeated = true;
      star_ = true;
    }
    return true;
  }

  // `[:alpha:]`, `[:^alpha:]`.
  bool posix(CharacterSet& to, bool& found) {
    const std::size_t end = rest_.starts_with("[:") ? rest_.find(":]", 2) : std::string_view::npos;
    found = end != std::string_view::npos;
    if (!found) return true;
    std::string_view name = rest_.substr(2, end - 2);
    const bool negated = name.starts_with('^');
    if (negated) name.remove_prefix(1);
    const NamedSet* set = find(kPosix, name);
    if (set == nullptr) return false;
    append(to, set->ranges, negated);
    rest_.remove_prefix(end + 2);
    return true;
  }

  bool range(CharacterSet& to) {
    char32_t low = 0;
    if (!bracket_character(low)) return false;
    char32_t high = low;
    if (rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']') {
      rest_.remove_prefix(1);
      if (!bracket_character(high) || high < low) return false;
    }
    to.ranges.push_back({low, high});
    return true;
  }

  bool bracket_character(char32_t& code) {
    if (rest_.empty()) return false;
    if (rest_.front() == '\\') return escape(code);
    const Utf8Character character = go_character(rest_);
    rest_.remove_prefix(character.size_bytes);
    code = character.code;
    return true;
  }

  std::string_view rest_;
  Regexp& out_;
  std::size_t atoms_ = 0;      // of the alternative so far
  bool star_ = false;          // the element that was just read is repeated
  bool was_repeated_ = false;  // the one before: it can't be repeated again
};

bool Regexp::read(std::string_view expression) {
  if (!RegexpReader(expression, *this).read()) {
    *this = {};
    return false;
  }
  find_ends();
  return true;
}

}  // namespace plimsoll::parse::ignorefile
