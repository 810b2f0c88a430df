// YAML as libyaml reads it, with places in bytes.
#include <doctest/doctest.h>

#include <string>

#include "parse/yaml/parse.h"

namespace plimsoll::parse::yaml::yaml_test {
namespace {

struct Read {
  explicit Read(std::string bytes, const Limits& limits = {})
      : text(std::move(bytes)), tree(parse(text, arena, limits)) {}
  [[nodiscard]] const Node& root(std::size_t i = 0) const { return *tree.documents[i]; }
  [[nodiscard]] std::string at(text::Span span) const {
    return text.substr(span.begin, span.size());
  }
  [[nodiscard]] std::string at(const Node* node) const { return at(node->span); }
  [[nodiscard]] std::string message() const {
    return tree.problem == nullptr ? "" : std::string(tree.problem->message);
  }

  std::string text;
  Arena arena;
  Tree tree;
};

const Node* value_of(const Node& map, std::string_view key) {
  for (const Entry& entry : map.entries)
    if (entry.key->value == key) return entry.value;
  return nullptr;
}

TEST_CASE("yaml: block collections, and where they stand") {
  const Read read(
      "# top\nservices:\n  web:\n    ports:\n      - 80:80\n      - \"x\"  # c\n\nb:\n");
  REQUIRE(read.tree.problem == nullptr);
  REQUIRE(read.tree.documents.size() == 1);
  const Node& root = read.root();
  CHECK(root.kind == NodeKind::mapping);
  CHECK(root.style == Style::block);
  CHECK(read.at(&root).starts_with("services:"));
  CHECK(read.at(&root).ends_with("\nb:"));
  const Node* ports = value_of(*value_of(*value_of(root, "services"), "web"), "ports");
  REQUIRE(ports != nullptr);
  CHECK(read.at(ports) == "80:80\n      - \"x\"");
  REQUIRE(ports->items.size() == 2);
  CHECK(ports->items[0]->style == Style::plain);
  CHECK(ports->items[1]->style == Style::double_quoted);
  CHECK(ports->items[1]->value == "x");
  CHECK(read.at(ports->items[1]) == "\"x\"");
  const Node* nothing = value_of(root, "b");
  CHECK(nothing->span == text::Span{static_cast<std::uint32_t>(read.text.size() - 1),
                                    static_cast<std::uint32_t>(read.text.size() - 1)});
}

TEST_CASE("yaml: flow collections, JSON, keys that are no words") {
  const Read read("{\"a\": [1, 'b c', {d: e}], ? [x] : y}\n");
  REQUIRE(read.tree.problem == nullptr);
  const Node& root = read.root();
  CHECK(root.style == Style::flow);
  CHECK(read.at(&root) == "{\"a\": [1, 'b c', {d: e}], ? [x] : y}");
  const Node* list = root.entries[0].value;
  CHECK(read.at(list) == "[1, 'b c', {d: e}]");
  CHECK(list->items[1]->value == "b c");
  CHECK(read.at(list->items[1]) == "'b c'");
  CHECK(read.at(list->items[2]) == "{d: e}");
  CHECK(root.entries[1].key->kind == NodeKind::sequence);
}

TEST_CASE("yaml: block scalars end with their last word") {
  const Read read("a: |\n  one\n  two\n\n\nb: >-\n  x\n  y\n# c\nc: |\n\nd: 1\n");
  REQUIRE(read.tree.problem == nullptr);
  const Node& root = read.root();
  CHECK(value_of(root, "a")->value == "one\ntwo\n");
  CHECK(value_of(root, "a")->style == Style::literal);
  CHECK(read.at(value_of(root, "a")) == "|\n  one\n  two");
  CHECK(value_of(root, "b")->value == "x y");
  CHECK(value_of(root, "b")->style == Style::folded);
  CHECK(read.at(value_of(root, "b")) == ">-\n  x\n  y");
  CHECK(value_of(root, "c")->value.empty());
  CHECK(read.at(value_of(root, "c")) == "|");
}

TEST_CASE("yaml: anchors, aliases and tags stand beside the value") {
  const Read read(
      "a: &one !reset  [x]\nb: *one\nc: &two  # why\n  k: *two\nd: *gone\ne: !!str 5\n"
      "f: &empty\ng: *two\nh: !<tag:x,1:y> &z 'q'\n<<: *one\n");
  REQUIRE(read.tree.problem == nullptr);
  const Node& root = read.root();
  const Node* a = value_of(root, "a");
  CHECK(a->anchor == "one");
  CHECK(a->tag == "!reset");
  CHECK(read.at(a) == "[x]");
  CHECK(value_of(root, "b")->target == a);
  CHECK(read.at(value_of(root, "b")) == "*one");
  CHECK(value_of(root, "b")->value == "one");
  const Node* c = value_of(root, "c");
  CHECK(read.at(c) == "k: *two");
  CHECK(value_of(*c, "k")->target == nullptr);  // within itself
  CHECK(value_of(root, "d")->target == nullptr);
  CHECK(value_of(root, "e")->tag == "tag:yaml.org,2002:str");
  CHECK(read.at(value_of(root, "e")) == "5");
  CHECK(read.at(value_of(root, "f")).empty());
  CHECK(value_of(root, "g")->target == c);
  CHECK(read.at(value_of(root, "h")) == "'q'");
  CHECK(root.entries.back().key->value == "<<");
}

TEST_CASE("yaml: anchors of any visible ASCII characters, as go-yaml has them") {
  const Read read("\xC3\xA9: &a.b/c 1\nb: *a.b/c\nc: [&$x [y], *$x, *.js]\nd: '*a.b &a.b'\n");
  REQUIRE(read.tree.problem == nullptr);
  const Node& root = read.root();
  CHECK(root.entries[0].value->anchor == "a.b/c");
  CHECK(read.at(root.entries[0].value) == "1");
  CHECK(value_of(root, "b")->value == "a.b/c");
  CHECK(value_of(root, "b")->target == root.entries[0].value);
  CHECK(value_of(root, "c")->items[1]->target == value_of(root, "c")->items[0]);
  CHECK(value_of(root, "c")->items[2]->value == ".js");
  CHECK(value_of(root, "c")->items[2]->target == nullptr);
  CHECK(value_of(root, "d")->value == "*a.b &a.b");
  CHECK(Read("a: & b\n").message() == "did not find expected alphabetic or numeric character");
  CHECK(Read("a: *\xC3\xA9\n").message() ==
        "did not find expected alphabetic or numeric character");
}

TEST_CASE("yaml: an anchor that is set again is the newer one from there") {
  const Read read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n---\ne: *x\n");
  REQUIRE(read.tree.documents.size() == 2);
  CHECK(value_of(read.root(), "b")->target->value == "1");
  CHECK(value_of(read.root(), "d")->target->value == "2");
  CHECK(value_of(read.root(1), "e")->target->value == "2");
}

TEST_CASE("yaml: documents") {
  CHECK(Read("").tree.documents.empty());
  CHECK(Read("# c\n").tree.documents.empty());
  CHECK(Read("---\n---\n").tree.documents.size() == 2);
  const Read read("%YAML 1.2\n---\na\n...\n---\n- b\n");
  REQUIRE(read.tree.documents.size() == 2);
  CHECK(read.root().value == "a");
  CHECK(read.root(1).kind == NodeKind::sequence);
  CHECK(read.tree.problem == nullptr);
}

TEST_CASE("yaml: places are bytes, whatever the characters") {
  // Two, three and four bytes; the lines end by CR LF, NEL, LS and CR.
  const Read read(
      "\xEF\xBB\xBF\xC3\xA9: \"\xE2\x82\xAC\"\r\nb: \xF0\x9F\x90\xB3 x\xC2\x85"
      "c: d\xE2\x80\xA8"
      "e: 'f'\rg: h");
  REQUIRE(read.tree.problem == nullptr);
  const Node& root = read.root();
  REQUIRE(root.entries.size() == 5);
  CHECK(read.at(root.entries[0].key) == "\xC3\xA9");
  CHECK(read.at(root.entries[0].value) == "\"\xE2\x82\xAC\"");
  CHECK(read.at(root.entries[1].value) == "\xF0\x9F\x90\xB3 x");
  CHECK(read.at(root.entries[2].value) == "d");
  CHECK(read.at(root.entries[3].value) == "'f'");
  CHECK(read.at(root.entries[4].value) == "h");

  std::string many = "- \xC3\xA9\n";
  for (int i = 0; i < 300; ++i) many += "- \xE2\x82\xAC" + std::to_string(i) + "\n";
  const Read long_text(many);
  for (std::size_t i = 0; i < 300; ++i)
    CHECK(long_text.at(long_text.root().items[i + 1]) == "\xE2\x82\xAC" + std::to_string(i));
}

TEST_CASE("yaml: what breaks off holds what stands before") {
  const Read read("a: 1\nb:\n  - x\n  - [y, z\nc: 2\n");
  CHECK(read.message() == "did not find expected ',' or ']'");
  CHECK(read.tree.problem->where.begin >= 18);
  REQUIRE(read.tree.documents.size() == 1);
  const Node* b = value_of(read.root(), "b");
  REQUIRE(b != nullptr);
  REQUIRE(b->items.size() == 2);
  CHECK(b->items[1]->items.size() == 2);
  CHECK(read.at(b) == "x\n  - [y, z\nc");

  const Read key("a: 1\nb: @x\n");
  CHECK(key.message() == "found character that cannot start any token");
  CHECK(key.at(key.tree.problem->where) == "@");
  REQUIRE(key.root().entries.size() == 2);
  CHECK(key.root().entries[1].value->value.empty());

  const Read tab("a:\n\tb: 1\n");
  CHECK_FALSE(tab.message().empty());
}

TEST_CASE("yaml: bytes that are no text") {
  const Read invalid("a: 1\nb: x\xFFy\nc: 2\n");
  CHECK(invalid.message() == "bytes that are not UTF-8");
  CHECK(invalid.tree.problem->where == text::Span{9, 10});
  CHECK(value_of(invalid.root(), "a")->value == "1");
  CHECK(value_of(invalid.root(), "b")->value == "x");

  const Read quoted(
      "\xEF\xBB\xBF"
      "a: \"x\x01\"\n");
  CHECK(quoted.message() == "control characters are not allowed");
  CHECK(quoted.tree.problem->where == text::Span{8, 9});

  const Read null(std::string("a: 1\n\0b: 2\n", 11));
  CHECK(null.message() == "control characters are not allowed");
  CHECK(null.root().entries.size() == 1);

  // An error before them comes first.
  CHECK(Read("a: @\nb: \x01\n").tree.problem->where.begin == 3);
  CHECK(Read(std::string("\xFF\xFE"
                         "a\0",
                         4))
            .message()
            .starts_with("the text is UTF-16"));
}

TEST_CASE("yaml: limits") {
  CHECK(Read(std::string(200, '[') + std::string(200, ']')).tree.problem == nullptr);
  const Read deep(std::string(201, '[') + std::string(201, ']'));
  CHECK(deep.message() == "collections too deep in each other");
  CHECK(deep.tree.problem->where.begin == 200);
  std::string dashes;
  for (int i = 0; i < 100000; ++i) dashes += "- ";
  CHECK(Read(dashes).message() == "collections too deep in each other");
  CHECK(Read("[a, b, c]", {.nodes = 4}).tree.problem == nullptr);
  CHECK(Read("[a, b, c, d]", {.nodes = 4}).message() == "more values than any file needs");
  std::string tags;
  for (int i = 0; i < 2000; ++i) tags += "%TAG !" + std::to_string(i) + "! x\n";
  CHECK(Read(tags + "---\n").message() == "more tag directives than any file needs");
}

}  // namespace
}  // namespace plimsoll::parse::yaml::yaml_test
