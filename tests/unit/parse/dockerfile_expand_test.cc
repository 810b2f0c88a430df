// Variables in words.
#include <map>

#include "../shared_data.h"
#include "dockerfile_fixture.h"
#include "parse/dockerfile/expand.h"

namespace dockerfile_expand_test {

using namespace plimsoll;
using namespace plimsoll::parse::dockerfile;

namespace {

class Table final : public Variables {
 public:
  explicit Table(std::map<std::string, std::string, std::less<>> known, bool fold = false)
      : known_(std::move(known)), fold_(fold) {}
  [[nodiscard]] Variable find(std::string_view name) const override {
    if (name == "unknown") return {Variable::State::unknown};
    std::string key(name);
    if (fold_)
      for (char& c : key) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    const auto found = known_.find(key);
    if (found == known_.end()) return {};
    return {Variable::State::known, found->second};
  }
  std::map<std::string, std::string, std::less<>> known_;

 private:
  bool fold_;
};

const std::map<std::string, std::string, std::less<>> kKnown{
    {"x", "value"}, {"n", ""}, {"path", "a/b.c/d.c"}, {"s", " l  m "}, {"star", "a*b"}};

std::string expanded(std::string_view word, Quotes quotes = Quotes::remove, char escape = '\\') {
  Arena arena;
  const Table table(kKnown);
  const Expansion e = expand(word, escape, table, arena, quotes);
  if (!e.error.empty()) return "error: " + std::string(e.error);
  if (!e.complete) return "unknown: " + std::string(e.unknown);
  return std::string(e.text);
}

std::string split(std::string_view text) {
  Arena arena;
  const Table table(kKnown);
  const Words result = expand_words(text, '\\', table, arena);
  if (!result.error.empty()) return "error";
  std::string joined;
  for (const std::string_view word : result.words) joined += "[" + std::string(word) + "]";
  return joined;
}

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(" \t"));
  text.erase(text.find_last_not_of(" \t") + 1);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("modifiers") {
  CHECK(expanded("a${x}$x-$y") == "avaluevalue-");
  CHECK(expanded("${y:-w}${n:-w}${n-w}${x-w}") == "wwvalue");
  CHECK(expanded("${x:+w}${n:+w}${n+w}${y+w}") == "ww");
  CHECK(expanded("${y?}") == "error: y: is not allowed to be unset");
  CHECK(expanded("${n:?must be}") == "error: n: must be");
  CHECK(expanded("${path#*/} ${path##*/} ${path%.*} ${path%%.*}") == "b.c/d.c d.c a/b.c/d a/b");
  CHECK(expanded("${path/c/C} ${path//c/C} ${path//./\\/} ${path/b*c/-}") ==
        "a/b.C/d.c a/b.C/d.C a/b\\/c/d\\/c a/-");
  CHECK(expanded("${star#a\\*}") == "b");
  CHECK(expanded("${star//?/\\$0.}") == "\\a.\\*.\\b.");  // Go's regexp fills in the match
  CHECK(expanded("${y:-${z:-$x}}") == "value");
  for (const char* wrong : {"${}", "${:x}", "${x", "${{x}", "${x:#a}", "${x~a}", "${x/a",
                            "${x//a/b", "${path#\\a}", "'a", "\"a"})
    CHECK_MESSAGE(expanded(wrong).starts_with("error"), wrong);
}

TEST_CASE("quotes and escapes") {
  CHECK(expanded("'$x' \"$x\" \\$x") == "$x value $x");
  CHECK(expanded("it's $x", Quotes::keep) == "it's value");
  CHECK(expanded("`$x\\$x", Quotes::remove, '`') == "$x\\value");
  CHECK(expanded("a$") == "a$");
  CHECK(expanded("\xFF$x") == "\uFFFDvalue");
}

TEST_CASE("what is not known is said") {
  CHECK(expanded("a$unknown") == "unknown: unknown");
  CHECK(expanded("${unknown:-a}") == "unknown: unknown");
  CHECK(expanded("${x:-$unknown}") == "value");  // not used
  CHECK(expanded("${x:+$unknown}") == "unknown: unknown");
  CHECK(expanded("${unknown?}") == "unknown: unknown");
  Arena arena;
  const Table table(kKnown);
  CHECK(expand("$x$y$z", '\\', table, arena).unset == "y");
  CHECK(expand("${y:-}${z:+a}", '\\', table, arena).unset.empty());
}

TEST_CASE("words") {
  CHECK(split("a$s\"$s\"b c") == "[a][l][m][ l  m b][c]");
  CHECK(split("a\\ b '' \"\"") == "[a b]");
  CHECK(split("'a") == "error");
  // BuildKit loses what stands in front of a nested word; so we do, since it decides what Docker
  // exposes.
  CHECK(split("8${y:-0}1") == "[01]");
}

TEST_CASE("a word that holds nothing special is not copied") {
  Arena arena;
  const Table table(kKnown);
  const std::string_view word = "/usr/src<<x";
  CHECK(expand(word, '\\', table, arena).text.data() == word.data());
}

TEST_CASE("BuildKit's envVarTest") {
  REQUIRE_SHARED_DATA(data);
  const std::string text =
      test::read_file(data + "/lint/buildkit/frontend/dockerfile/shell/envVarTest");
  const std::map<std::string, std::string, std::less<>> known{
      {"PWD", "/home"}, {"SHELL", "bash"}, {"KOREAN", "한국어"}, {"NULL", ""}};
  int compared = 0;
  for (const std::string& line : lines_of(text)) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t first = line.find('|'), second = line.find('|', first + 1);
    const std::string tag = trimmed(line.substr(0, first));
    const std::string input = trimmed(line.substr(first + 1, second - first - 1)),
                      expected = trimmed(line.substr(second + 1));
    Arena arena;
    const Table table(known, tag == "W");
    const Expansion e = expand(input, '\\', table, arena);
    const std::string got = e.error.empty() ? std::string(e.text) : "error";
    CHECK_MESSAGE(got == expected, line);
    ++compared;
  }
  CHECK(compared > 200);
}

TEST_CASE("BuildKit's wordsTest") {
  REQUIRE_SHARED_DATA(data);
  const std::string text =
      test::read_file(data + "/lint/buildkit/frontend/dockerfile/shell/wordsTest");
  std::map<std::string, std::string, std::less<>> known;
  int compared = 0;
  for (const std::string& line : lines_of(text)) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("ENV ")) {
      const std::size_t equals = line.find('=');
      const std::size_t name = line.find_first_not_of(' ', 3);
      known[line.substr(name, equals - name)] = line.substr(equals + 1);
      continue;
    }
    const std::size_t bar = line.find('|');
    Arena arena;
    const Table table(known);
    const std::string input = trimmed(line.substr(0, bar));
    const Words words = expand_words(input, '\\', table, arena);
    std::string got = words.error.empty() ? "" : "error";
    for (const std::string_view word : words.words)
      got += (got.empty() ? "" : ",") + std::string(word);
    CHECK_MESSAGE(got == line.substr(line.find_first_not_of(' ', bar + 1)), line);
    ++compared;
  }
  CHECK(compared > 20);
}

}  // namespace dockerfile_expand_test
