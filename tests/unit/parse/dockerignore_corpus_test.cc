// The tables of moby/patternmatcher's own tests, and answers that the module gave.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "../shared_data.h"
#include "base/arena.h"
#include "parse/ignorefile/dockerignore.h"
#include "parse/ignorefile/go_path.h"
#include "parse/yaml/parse.h"

namespace dockerignore_corpus_test {

using namespace plimsoll;
using namespace plimsoll::parse::ignorefile;

namespace {

// The tables are JSON, which is read as YAML.
const parse::yaml::Node& at(const parse::yaml::Node& node, std::string_view key) {
  for (const parse::yaml::Entry& entry : node.entries)
    if (entry.key->value == key) return *entry.value;
  FAIL("no key " << key);
  return node;
}
bool is_true(const parse::yaml::Node& node) {
  return node.value == "true";
}
bool has(const parse::yaml::Node& node, std::string_view key) {
  for (const parse::yaml::Entry& entry : node.entries)
    if (entry.key->value == key) return true;
  return false;
}

std::string joined(const parse::yaml::Node& lines) {
  std::string text;
  for (const parse::yaml::Node* line : lines.items) text += std::string(line->value) + "\n";
  return text;
}

bool ignored(std::string_view file, std::string_view path) {
  return is_ignored(parse_dockerignore(file).patterns, path);
}

}  // namespace

TEST_CASE("patternmatcher's tables") {
  REQUIRE_SHARED_DATA(data)
  const std::string text = test::read_file(data + "/compose/patternmatcher/tables.json");
  Arena arena;
  const parse::yaml::Tree tree = parse::yaml::parse(text, arena);
  REQUIRE(tree.problem == nullptr);
  const parse::yaml::Node& tables = *tree.documents.front();
  for (const parse::yaml::Node* row : at(tables, "single").items) {
    CAPTURE(at(*row, "pattern").value);
    CAPTURE(at(*row, "path").value);
    CHECK(ignored(at(*row, "pattern").value, at(*row, "path").value) ==
          is_true(at(*row, "ignored")));
  }
  for (const parse::yaml::Node* row : at(tables, "multi").items) {
    const std::string file = joined(at(*row, "patterns"));
    CAPTURE(file);
    CHECK(ignored(file, at(*row, "path").value) == is_true(at(*row, "ignored")));
  }
  // Go's table for filepath.Match, of which a folder that matches is one difference more.
  int malformed = 0;
  for (const parse::yaml::Node* row : at(tables, "filepath_match").items) {
    const std::string pattern(at(*row, "pattern").value);
    CAPTURE(pattern);
    CAPTURE(at(*row, "path").value);
    CHECK(ignored(pattern, at(*row, "path").value) == is_true(at(*row, "match")));
    CHECK(well_formed_pattern(pattern) != is_true(at(*row, "error")));
    malformed += well_formed_pattern(pattern) ? 0 : 1;
  }
  CHECK(malformed > 10);
  for (const parse::yaml::Node* row : at(tables, "compile").items) {
    const DockerIgnore file = parse_dockerignore(at(*row, "pattern").value);
    CAPTURE(at(*row, "pattern").value);
    REQUIRE(file.patterns.size() == 1);
    CHECK(file.patterns[0].wildcard.literal() == (at(*row, "type").value == "exact"));
  }
}

TEST_CASE("patternmatcher's lines, as they are read") {
  REQUIRE_SHARED_DATA(data)
  const std::string text = test::read_file(data + "/compose/patternmatcher/tables.json");
  Arena arena;
  const parse::yaml::Tree tree = parse::yaml::parse(text, arena);
  REQUIRE(tree.problem == nullptr);
  const parse::yaml::Node& lines = at(*tree.documents.front(), "readall");
  const DockerIgnore file = parse_dockerignore(at(lines, "in").value);
  std::size_t next = 0, illegal = 0;
  for (const parse::yaml::Node* line : at(lines, "out").items) {
    CAPTURE(line->value);
    if (line->value == "!") {  // read, and refused then
      ++illegal;
      continue;
    }
    REQUIRE(next < file.patterns.size());
    const DockerPattern& pattern = file.patterns[next++];
    CHECK((pattern.negated ? "!" : "") + pattern.text == line->value);
  }
  CHECK(next == file.patterns.size());
  CHECK(illegal == file.problems.size());
}

TEST_CASE("answers that the module gave") {
  REQUIRE_SHARED_DATA(data)
  const std::string text = test::read_file(data + "/compose/patternmatcher/oracle-cases.jsonl");
  std::string_view rest = text;
  const auto take = [&](Arena& arena) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const parse::yaml::Tree tree = parse::yaml::parse(line, arena);
    REQUIRE(tree.problem == nullptr);
    return tree.documents.front();
  };
  int cases = 0;
  while (!rest.empty()) {
    Arena arena;
    const parse::yaml::Node& question = *take(arena);
    const parse::yaml::Node& answer = *take(arena);
    const DockerIgnore file = parse_dockerignore(at(question, "ignore").value);
    CAPTURE(at(question, "ignore").value);
    CHECK(file.problems.empty() != has(answer, "error"));
    if (!has(answer, "ignored")) continue;
    for (const parse::yaml::Entry& entry : at(answer, "ignored").entries)
      CHECK(is_ignored(file.patterns, entry.key->value) == is_true(*entry.value));
    ++cases;
  }
  CHECK(cases >= 20);
}

}  // namespace dockerignore_corpus_test
