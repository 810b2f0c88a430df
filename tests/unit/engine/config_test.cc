// plimsoll.toml: rules and accepted findings by path, and what it refuses.
#include "engine/config.h"

#include <doctest/doctest.h>

#include <string>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/value.h"

namespace config_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

Config config(const std::string& text) {
  const Result<Config> parsed = parse_config("plimsoll.toml", text, "/p");
  if (!parsed) FAIL(parsed.error().message);
  return *parsed;
}

// "a/Dockerfile untagged-image medium" of each finding of untagged-image, or "… config: reason".
std::string told(const std::string& text, std::uint32_t today = 20261124) {
  const MemoryFs fs({{"/p/Dockerfile", "FROM debian\n"},
                     {"/p/a/Dockerfile", "FROM debian\n"},
                     {"/p/a/b/Dockerfile", "FROM debian\n"}});
  const Config c = config(text);
  const SelectionSettings selection{.preset = c.preset.value_or(rules::Preset::recommended),
                                    .select = c.select,
                                    .ignore = c.ignore,
                                    .severity = c.severity};
  const Result<Selection> selected = select_rules(selection);
  REQUIRE(selected.has_value());
  const Verdict verdict = check({.paths = {"/p"},
                                 .discovery = {.working_directory = "/"},
                                 .selection = selection,
                                 .path_settings = c.paths,
                                 .acceptances = c.acceptances,
                                 .today = today},
                                *selected, fs);
  std::string result;
  for (const Judged& j : verdict.findings) {
    if (j.rule->name != "untagged-image") continue;
    result += verdict.source(j.finding.where.source).path() + " ";
    if (j.suppressed) {
      CHECK(j.suppressed->by == Suppressed::By::config);
      result += "accepted " + j.suppressed->reason;
    } else {
      result += std::to_string(static_cast<int>(j.severity));
    }
    result += "\n";
  }
  return result;
}

const std::string kAll = "/p/Dockerfile 2\n/p/a/Dockerfile 2\n/p/a/b/Dockerfile 2\n";

}  // namespace

TEST_CASE("rules of some paths: ignored, of another preset, of another severity") {
  CHECK(told("") == kAll);
  CHECK(told("[[path]]\nmatch = [\"a/**\"]\nignore = [\"DL3006\"]\n") == "/p/Dockerfile 2\n");
  CHECK(told("[[path]]\nmatch = [\"a\"]\nselect = [\"root-user\"]\n") == "/p/Dockerfile 2\n");
  CHECK(told("[[path]]\nmatch = [\"/a/Dockerfile\"]\nseverity = {untagged-image = \"high\"}\n") ==
        "/p/Dockerfile 2\n/p/a/Dockerfile 3\n/p/a/b/Dockerfile 2\n");
  // A later one stands over an earlier one.
  CHECK(told("[[path]]\nmatch = [\"a\"]\nseverity = {DL3006 = \"high\"}\n"
             "[[path]]\nmatch = [\"b\"]\nseverity = {DL3006 = \"low\"}\n") ==
        "/p/Dockerfile 2\n/p/a/Dockerfile 3\n/p/a/b/Dockerfile 1\n");
  CHECK(told("select = [\"root-user\"]\n[[path]]\nmatch = [\"b\"]\npreset = \"strict\"\n") ==
        "/p/a/b/Dockerfile 2\n");
}

TEST_CASE("accepted findings, by path and until a day") {
  CHECK(told("[[suppress]]\nrule = \"DL3006\"\npaths = [\"b/\"]\nreason = \"old\"\n") ==
        "/p/Dockerfile 2\n/p/a/Dockerfile 2\n/p/a/b/Dockerfile accepted old\n");
  CHECK(told("[[suppress]]\nrule = [\"root-user\", \"untagged-image\"]\n") ==
        "/p/Dockerfile accepted \n/p/a/Dockerfile accepted \n/p/a/b/Dockerfile accepted \n");
  const std::string until = "[[suppress]]\nrule = \"DL3006\"\npaths = [\"p\", \"/D*\"]\nuntil = ";
  CHECK(told(until + "2026-11-24\n").starts_with("/p/Dockerfile accepted"));
  CHECK(told(until + "\"2026-11-24\"\n").starts_with("/p/Dockerfile accepted"));
  CHECK(told(until + "2026-11-23\n") == kAll);
}

TEST_CASE("registries and labels are settings of rules") {
  const Config c = config(
      "trusted-registries = [\"*.example.com\"]\nstrict-labels = true\nother-tools = false\n"
      "[labels]\n\"org.opencontainers.image.version\" = \"semver\"\nmaintainer = \"email\"\n");
  CHECK(c.trusted_registries == std::vector<std::string>{"*.example.com"});
  CHECK(c.strict_labels == true);
  CHECK_FALSE(c.other_tools);
  REQUIRE(c.labels.has_value());
  CHECK(c.labels->size() == 2);
}

TEST_CASE("what is misspelt in a table is told with its line") {
  for (const auto& [text, line, word] : {
           std::tuple("[[path]]\nignore = [\"DL3006\"]\n", 1U, "match"),
           std::tuple("[[path]]\nmatch = []\n", 2U, "names no file"),
           std::tuple("[[path]]\nmatch = [\"a\"]\nignor = []\n", 3U, "known are match"),
           std::tuple("[[path]]\nmatch = [\"a\"]\nignore = [\n\"untaged-image\"]\n", 4U,
                      "untagged-image"),
           std::tuple("[path]\nmatch = [\"a\"]\n", 1U, "[[path]]"),
           std::tuple("\n[[suppress]]\nreason = \"x\"\n", 2U, "rule"),
           std::tuple("[[suppress]]\nrule = \"untaged-image\"\n", 2U, "untagged-image"),
           std::tuple("[[suppress]]\nrule = \"DL3006\"\nuntil = \"soon\"\n", 3U, "YYYY-MM-DD"),
           std::tuple("[[suppress]]\nrule = \"DL3006\"\npaths = []\n", 3U, "names no file"),
           std::tuple("[labels]\na = \"number\"\n", 2U, "semver"),
           std::tuple("strict-labels = \"yes\"\n", 1U, "true or false"),
       }) {
    CAPTURE(text);
    const Result<Config> parsed = parse_config("plimsoll.toml", text);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().line == line);
    CAPTURE(parsed.error().message);
    CHECK(parsed.error().message.find(word) != std::string::npos);
  }
}

TEST_CASE("YAML is read with its lines and kinds") {
  const Result<Value> value =
      parse_yaml("x.yaml", "# c\nignored:\n  - DL3008\n  - \"x\"\nno-fail: true\nn: 3\ne:\n");
  REQUIRE(value.has_value());
  const Value* ignored = value->find("ignored");
  REQUIRE(ignored != nullptr);
  CHECK(ignored->line == 2);
  REQUIRE(ignored->items.size() == 2);
  CHECK(ignored->items[0].text == "DL3008");
  CHECK(ignored->items[1].line == 4);
  CHECK(value->find("no-fail")->yes());
  CHECK(value->find("n")->is(Value::Kind::number));
  CHECK(value->find("e")->is(Value::Kind::null));
  CHECK(parse_yaml("x", "{\"a\": [\"b\"]}")->find("a")->items[0].text == "b");
  CHECK(parse_yaml("x", "")->is(Value::Kind::null));
  CHECK(parse_yaml("x", "# only words\n")->is(Value::Kind::null));
}

namespace {

// The text of member `a` of a YAML file.
std::string text_of(const std::string& yaml) {
  const Result<Value> value = parse_yaml("x", yaml);
  if (!value) return "refused: " + value.error().message;
  const Value* a = value->find("a");
  return a == nullptr ? "no a" : a->text;
}

}  // namespace

TEST_CASE("YAML's ways to write a text") {
  CHECK(text_of("a: b c # words\n") == "b c");
  CHECK(text_of("a: b#c\n") == "b#c");
  CHECK(text_of("a: https://e.com:80/x\n") == "https://e.com:80/x");
  CHECK(text_of("a: b\n  c\n\n  d\n") == "b c\nd");
  CHECK(text_of("a: 'it''s'\n") == "it's");
  CHECK(text_of("a: \"\\u00e4\\n\\\"\\x41\"\n") == "\xC3\xA4\n\"A");
  CHECK(text_of("a: \"b\n  c\"\n") == "b c");
  CHECK(text_of("a: |\n  b\n   c\n\nd: e\n") == "b\n c\n");
  CHECK(text_of("a: >-\n  b\n  c\n\n  d\n") == "b c\nd");
  CHECK(text_of("a: |+\n") == "");
  CHECK(text_of("a: &x !!str b\n") == "b");
  CHECK(text_of("{'a': b c, \"d\": [e]}") == "b c");
  CHECK(text_of("%YAML 1.2\n--- # words\na: b\n...\na: c\n") == "b");
  CHECK(text_of("\xEF\xBB\xBF"
                "a: b\r\nc: d\r\n") == "b");
}

TEST_CASE("YAML's lists and tables in each other") {
  const Result<Value> value =
      parse_yaml("x", "a:\n- - 1\n  - 2\n- b: c\n  d:\n  - e\n  f: g\nh: []\n");
  REQUIRE(value.has_value());
  const Value* a = value->find("a");
  REQUIRE(a->items.size() == 2);
  CHECK(a->items[0].items[1].text == "2");
  CHECK(a->items[1].find("d")->items[0].text == "e");
  CHECK(a->items[1].find("f")->text == "g");
  CHECK(value->find("h")->is(Value::Kind::list));
}

TEST_CASE("what is wrong in YAML is told with its line") {
  for (const auto& [text, line] :
       {std::pair("a: b: c\n", 1U), std::pair("a:\n\t- b\n", 2U), std::pair("a: [b\nc: d\n", 2U),
        std::pair("a:\n    b: c\n  d: e\n", 3U), std::pair("a: b\nc\n", 2U),
        std::pair("? [a]\n: b\n", 1U), std::pair("a: \"b\n", 2U), std::pair("a: [b] c\n", 1U),
        std::pair("a: \"\\q\"\n", 1U), std::pair("a: @b\n", 1U)}) {
    CAPTURE(text);
    const Result<Value> value = parse_yaml("x", text);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().line == line);
  }
}

TEST_CASE("YAML that is deep, large or winds itself is refused or cut") {
  const Result<Value> broken = parse_yaml("x.yaml", "a: 1\nb: [1, 2\n");
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().message.find("x.yaml:") == 0);
  CHECK(broken.error().line >= 1);
  CHECK_FALSE(parse_yaml("x", std::string(5000, '[')).has_value());
  CHECK_FALSE(parse_yaml("x", std::string(60, '[') + std::string(60, ']')).has_value());
  CHECK_FALSE(parse_yaml("x", std::string(kConfigLimit + 1, ' ')).has_value());
  // Aliases are not followed: no document grows by them.
  const Result<Value> alias = parse_yaml("x", "a: &a [b, c]\nd: [*a, *a]\n");
  REQUIRE(alias.has_value());
  CHECK(alias->find("d")->items[0].is(Value::Kind::null));
}

}  // namespace config_test
