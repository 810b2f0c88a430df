// legacy-key-value: `ENV KEY value` without an equals sign.
#include <algorithm>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "parse/dockerfile/expand.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::legacy_key_value {

static constexpr Alias kAliases[] = {{"buildkit", "LegacyKeyValueFormat"},
                                     {"tally", "buildkit/LegacyKeyValueFormat"}};

// All variables are set, each to its own name, or none is.
class Markers final : public parse::dockerfile::Variables {
 public:
  explicit Markers(bool set) : set_(set) {}
  [[nodiscard]] parse::dockerfile::Variable find(std::string_view name) const override {
    if (!set_) return {};
    return {parse::dockerfile::Variable::State::known, name};
  }

 private:
  bool set_;
};

static void append_literal(std::string& out, char c, char escape) {
  if (c == '"' || c == '$' || c == escape) out += escape;
  out += c;
}

// The value as one text in double quotes that Docker expands to the same.
static std::string quoted(std::string_view value, char escape) {
  std::string out = "\"";
  char quote = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    } else if (quote == '\'' || (c == escape && i + 1 == value.size())) {
      append_literal(out, c, escape);
    } else if (c == escape) {
      const char next = value[++i];
      if (quote == '"' && next != '"' && next != '$' && next != escape) {
        append_literal(out, c, escape);
        out += next;
      } else {
        append_literal(out, next, escape);
      }
    } else {
      out += c;
    }
  }
  return out + '"';
}

static bool same_value(std::string_view a, std::string_view b, char escape) {
  Arena arena;
  for (const bool set : {false, true}) {
    const Markers markers(set);
    const auto left = parse::dockerfile::expand(a, escape, markers, arena);
    const auto right = parse::dockerfile::expand(b, escape, markers, arena);
    if (!left.error.empty() || !right.error.empty() || left.text != right.text) return false;
  }
  return true;
}

// A blank that would end the word.
static bool has_bare_blank(std::string_view value, char escape) {
  char quote = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == escape && quote != '\'')
      ++i;
    else if (c == quote)
      quote = 0;
    else if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (quote == 0 && (c == ' ' || (c >= '\t' && c <= '\r')))
      return true;
  }
  return false;
}

// Changes as little as can be: lines and the comments between them stay.
static std::vector<text::Edit> edits(const facts::Build& build, const Instruction& i) {
  const parse::dockerfile::Pair& pair = i.pairs.front();
  const char escape = build.tree->escape;
  const text::Place gap = build.place({pair.key_span.end, pair.value_span.begin});
  const std::uint32_t end = pair.value_span.end;
  if (pair.value.ends_with(escape)) return {};
  if (std::ranges::any_of(i.inner_comments, [&](text::Span comment) {
        return comment.begin > gap.span.begin && comment.begin < gap.span.end;
      }))
    return {};
  if (!has_bare_blank(pair.value, escape)) return {{gap, "="}};
  if (pair.value.find_first_of("\"'") == std::string_view::npos &&
      pair.value.find(escape) == std::string_view::npos)
    return {{gap, "=\""}, {build.place({end, end}), "\""}};
  const std::string value = quoted(pair.value, escape);
  const bool one_line = build.source->at(pair.span).find('\n') == std::string_view::npos;
  if (!one_line || !same_value(pair.value, value, escape)) return {};
  return {{build.place({gap.span.begin, end}), concat({"=", value})}};
}

// Only ordinary names are surely read alike.
static void add_fix(const facts::Build& build, const Instruction& i, Finding& finding) {
  const bool name = std::ranges::all_of(i.pairs.front().key, [](char c) {
    return is_word_char(c) || c == '.' || c == '-' || c == '/';
  });
  if (!name) return;
  std::vector<text::Edit> changes = edits(build, i);
  if (!changes.empty()) finding.fix = Fix{.title = "write KEY=value", .edits = std::move(changes)};
}

static void check(const facts::Build& build, Findings& out) {
  for (const Instruction& i : build.tree->instructions) {
    if (!i.legacy_pair || i.pairs.size() != 1 || i.broken) continue;
    Finding finding{.where = build.place(i.pairs.front().span),
                    .message = concat({i.keyword_text, " ", i.pairs.front().key,
                                       " has its value behind a blank instead of an equals sign"})};
    add_fix(build, i, finding);
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nENV LANG C.UTF-8\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nENV LANG=C.UTF-8\n"},
    {.text = "FROM alpine:3.22\nENV JAVA_OPTS -Xms1g -Dname=\"a b\" $MORE\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nENV JAVA_OPTS=\"-Xms1g -Dname=a b $MORE\"\n"},
    {.text = "FROM alpine:3.22\nENV PACKAGES curl \\\n  # for TLS\n  openssl\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nENV PACKAGES=\"curl \\\n  # for TLS\n  openssl\"\n"},
    {.text = "FROM alpine:3.22\nENV LANG=C.UTF-8 TZ=UTC\n"},
};

extern constinit const Rule rule = described({
    .name = "legacy-key-value",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "ENV or LABEL in its old form, without an equals sign",
    .why =
        "`ENV ONE TWO= THREE=world` sets a single variable to all that follows. The old form takes "
        "one variable only, and\n"
        "may go one day.",
    .remedy = "Write `KEY=value`, with quotes around a value that has blanks.",
    .source = "Dockerfile reference, ENV, \"Alternative syntax\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::legacy_key_value
