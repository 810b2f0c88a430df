// Compose finds variables with one greedy regular expression and sorts out afterwards what it
// matched; this reads the same language from left to right. Where braces do not pair, its greed
// shows: the variable then ends with the last brace of its line.
#include "parse/compose/template.h"

#include <algorithm>

#include "base/concat.h"

namespace plimsoll::parse::compose {
namespace {

// How many bytes of a character that names are made of stand at `at`. Letters are compared without
// regard to case, and Unicode knows two more that are an S and a K then.
std::size_t name_character(std::string_view text, std::size_t at, bool first) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) return 1;
  if (c >= '0' && c <= '9') return first ? 0 : 1;
  if (text.substr(at).starts_with("\xC5\xBF")) return 2;      // U+017F
  if (text.substr(at).starts_with("\xE2\x84\xAA")) return 3;  // U+212A
  return 0;
}

std::size_t name_end(std::string_view text, std::size_t at) {
  std::size_t width = name_character(text, at, true);
  while (width > 0) {
    at += width;
    width = name_character(text, at, false);
  }
  return at;
}

struct Spelled {
  Operator op = Operator::none;
  std::size_t width = 0;
};

Spelled operator_at(std::string_view text, std::size_t at) {
  const bool colon = at < text.size() && text[at] == ':';
  const std::size_t mark = at + (colon ? 1 : 0);
  const std::size_t width = colon ? 2 : 1;
  switch (mark < text.size() ? text[mark] : '\0') {
    case '-':
      return {colon ? Operator::default_if_empty : Operator::default_if_unset, width};
    case '?':
      return {colon ? Operator::required_nonempty : Operator::required, width};
    case '+':
      return {colon ? Operator::other_if_nonempty : Operator::other_if_set, width};
    default:
      return {};
  }
}

// The brace that closes the one at `open`, on the same line; npos: none does. What stands directly
// behind an opening brace is never looked at.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '}' && --depth == 0) return i;
    if (text[i] != '{') continue;
    ++depth;
    ++i;
    if (i < text.size() && text[i] == '\n') break;
  }
  return std::string_view::npos;
}

class Interpolation {
 public:
  Interpolation(std::string_view text, const Lookup& lookup)
      : lookup_(lookup), limit_(text.size() + kVariablesLimit) {
    out_.text = expanded(text, 0);
  }

  Interpolated take() { return std::move(out_); }

 private:
  struct Reference {
    std::size_t begin, end;            // of all of it
    std::size_t name_begin, name_end;  // of the name
    Spelled spelled{};
    std::size_t rest_end = 0;  // of what stands behind the operator
  };

  // `base` is where `text` begins in the template.
  std::string expanded(std::string_view text, std::size_t base) {
    std::string result;
    if (depth_ >= kVariablesDepth) {
      stop(Interpolated::Fault::too_large, {base, base}, "variables too deep in each other");
      return result;
    }
    ++depth_;
    for (std::size_t at = 0; out_;) {
      const std::size_t dollar = std::min(text.find('$', at), text.size());
      append(result, text.substr(at, dollar - at), base);
      if (dollar >= text.size()) break;
      at = one(text, dollar, base, result);
    }
    --depth_;
    return result;
  }

  // Handles what the dollar begins; returns where to go on.
  std::size_t one(std::string_view text, std::size_t dollar, std::size_t base,
                  std::string& result) {
    const std::size_t next = dollar + 1;
    if (next < text.size() && text[next] == '$') {
      append(result, "$", base);
      return next + 1;
    }
    if (next < text.size() && text[next] == '{') return braced(text, dollar, base, result);
    const std::size_t end = name_end(text, next);
    if (end == next) {  // it means itself
      append(result, "$", base);
      return next;
    }
    append(result, value(text, {dollar, end, next, end}, base), base + dollar);
    return end;
  }

  std::size_t braced(std::string_view text, std::size_t dollar, std::size_t base,
                     std::string& result) {
    Reference it{.begin = dollar, .end = 0, .name_begin = dollar + 2, .name_end = 0};
    it.name_end = name_end(text, it.name_begin);
    it.spelled = operator_at(text, it.name_end);
    const std::size_t rest = it.name_end + it.spelled.width;
    if (it.name_end == it.name_begin) {
      it.rest_end = std::string_view::npos;
    } else if (it.spelled.op == Operator::none) {
      const bool closed = rest < text.size() && text[rest] == '}';
      it.rest_end = closed ? rest : std::string_view::npos;
    } else {
      it.rest_end = closing_brace(text, dollar + 1);
      if (it.rest_end == std::string_view::npos) {
        const std::string_view line = text.substr(rest, text.find('\n', rest) - rest);
        const std::size_t last = line.rfind('}');
        if (last != std::string_view::npos) it.rest_end = rest + last;
      }
    }
    if (it.rest_end == std::string_view::npos) {
      stop(Interpolated::Fault::format, {base + dollar, base + std::min(rest, text.size())},
           "invalid interpolation format: a $ that is meant as itself is written $$");
      return text.size();
    }
    it.end = it.rest_end + 1;
    append(result, value(text, it, base), base + dollar);
    return it.end;
  }

  std::string value(std::string_view text, const Reference& it, std::size_t base) {
    const std::string_view name = text.substr(it.name_begin, it.name_end - it.name_begin);
    const std::string* found = lookup_(name);
    const bool set = found != nullptr;
    const bool empty = !set || found->empty();
    out_.uses.push_back({.name = std::string(name),
                         .where = span(base + it.begin, base + it.end),
                         .op = it.spelled.op,
                         .set = set,
                         .empty = empty});
    std::string own = set ? *found : std::string();
    bool takes_rest = false;
    switch (it.spelled.op) {
      case Operator::none:
        return own;
      case Operator::default_if_empty:
        takes_rest = empty;
        break;
      case Operator::default_if_unset:
        takes_rest = !set;
        break;
      case Operator::required_nonempty:
        takes_rest = empty;
        break;
      case Operator::required:
        takes_rest = !set;
        break;
      case Operator::other_if_nonempty:
        takes_rest = !empty;
        break;
      case Operator::other_if_set:
        takes_rest = set;
        break;
    }
    if (!takes_rest) return own;
    const std::size_t rest = it.name_end + it.spelled.width;
    std::string words = expanded(text.substr(rest, it.rest_end - rest), base + rest);
    const bool required =
        it.spelled.op == Operator::required || it.spelled.op == Operator::required_nonempty;
    if (!required || !out_) return words;
    stop(Interpolated::Fault::missing, {base + it.begin, base + it.end},
         concat({"required variable ", name, " is missing a value", words.empty() ? "" : ": ",
                 words}));
    return {};
  }

  struct Range {
    std::size_t begin, end;
  };

  static text::Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  // The first fault counts.
  void stop(Interpolated::Fault fault, Range at, std::string message) {
    if (!out_) return;
    out_.fault = fault;
    out_.fault_at = span(at.begin, at.end);
    out_.message = std::move(message);
  }

  void append(std::string& to, std::string_view more, std::size_t at) {
    if (to.size() + more.size() <= limit_) {
      to += more;
      return;
    }
    stop(Interpolated::Fault::too_large, {at, at}, "the variables make a text that is too long");
  }

  const Lookup& lookup_;
  std::size_t limit_;
  Interpolated out_{};
  unsigned depth_ = 0;
};

}  // namespace

Interpolated interpolate(std::string_view text, const Lookup& lookup) {
  if (text.find('$') == std::string_view::npos) return {.text = std::string(text)};
  return Interpolation(text, lookup).take();
}

}  // namespace plimsoll::parse::compose
