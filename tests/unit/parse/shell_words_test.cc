// Words of shell scripts: quotes, expansions, substitutions, assignments, redirections, places.
#include <doctest/doctest.h>

#include "parse/shell_fixture.h"

namespace shell_words_test {

using plimsoll::test::print_shell;
using plimsoll::test::Shell;
namespace shell = plimsoll::parse::shell;
using shell::PartKind;

namespace {

// The value of the first word, or `?` if it can't be known.
std::string value_of(std::string_view text) {
  const Shell s(text);
  if (!s.script.problems.empty()) return "problem: " + std::string(s.script.problems[0].message);
  return s.word(0).known ? std::string(s.word(0).value) : "?";
}

}  // namespace

TEST_CASE("shell: quotes are removed from values") {
  CHECK(value_of("a") == "a");
  CHECK(value_of("a'b c'\"d e\"f") == "ab cd ef");
  CHECK(value_of("''") == "");
  CHECK(value_of("a\\ b\\\\") == "a b\\");
  CHECK(value_of(R"("a\"\$\`\\\n")") == "a\"$`\\\\n");
  CHECK(value_of(R"($'a\tb\x41\101\u00e9\'\\\q')") == "a\tbAA\xC3\xA9'\\\\q");
  CHECK(value_of("$\"a\"") == "a");
  CHECK(value_of("$ ") == "$");
  CHECK(value_of("a$\"b\"") == "ab");
  CHECK(value_of("~/x{a,b}") == "~/x{a,b}");
  CHECK(value_of("a\"$b\"") == "?");
}

TEST_CASE("shell: a plain word is a view of the script") {
  const Shell s("echo hello");
  CHECK(s.word(1).value.data() == s.word(1).raw.data());
  CHECK(s.word(1).parts.size() == 1);
  CHECK(!s.word(1).quoted);
}

TEST_CASE("shell: words know whether they are quoted or patterns") {
  const Shell s("a 'b' *.c \"*\" [ ] x[ab] \\* d?");
  const bool globs[] = {false, false, true, false, false, false, true, false, true};
  for (std::size_t i = 0; i < 9; ++i) CHECK(s.word(i).glob == globs[i]);
  CHECK(s.word(1).quoted);
  CHECK(!s.word(2).quoted);
}

TEST_CASE("shell: line continuations") {
  const Shell s("ab\\\ncd \\\n e\\\r\nf \"g\\\nh\" i\\\n && j");
  CHECK(s.word(0).raw == "ab\\\ncd");
  CHECK(s.word(0).value == "abcd");
  CHECK(s.word(1).value == "ef");
  CHECK(s.word(2).value == "gh");
  CHECK(s.word(3).raw == "i");  // what continues the line behind it is no part of it
  CHECK(s.script.list.items.size() == 2);
}

TEST_CASE("shell: a carriage return is a character") {
  const Shell s("a b\r\nc\r\n");
  CHECK(s.word(1).value == "b\r");
  CHECK(s.command(1).words[0].value == "c\r");
}

TEST_CASE("shell: comments") {
  const Shell s("# a\nb # c; d\ne#f 'g' #\n");
  CHECK(print_shell("# a\nb # c; d\ne#f 'g' #\n") == "[b]; [e#f 'g']");
  REQUIRE(s.script.comments.size() == 3);
  CHECK(s.script.comments[1] == "# c; d");
}

TEST_CASE("shell: parameters") {
  const Shell s("$a ${b} $1x $@ ${c:-d $(e)} ${#f} ${!g} ${h[@]:1:2} ${#} ${i##*/}");
  const std::string_view names[] = {"a", "b", "1", "@", "c", "f", "g", "h", "#", "i"};
  const std::string_view operations[] = {"", "", "", "", ":-d $(e)", "", "", "[@]:1:2", "", "##*/"};
  for (std::size_t i = 0; i < 10; ++i) {
    CAPTURE(i);
    const shell::Part& part = s.word(i).parts[0];
    CHECK(part.kind == PartKind::parameter);
    CHECK(part.value == names[i]);
    CHECK(part.operation == operations[i]);
  }
  CHECK(s.word(2).parts[1].value == "x");
  CHECK(s.word(4).parts[0].parts[0].list->items.size() == 1);
  CHECK(s.script.problems.empty());
}

TEST_CASE("shell: quotes inside of braces") {
  CHECK(print_shell("a \"${b:-it's}\" c") == "[a \"${b:-it's}\" c]");
  CHECK(print_shell("a \"${b#'}'}\" c") == "[a \"${b#'}'}\" c]");
  CHECK(print_shell("a ${b:-\"}\"} ${c:-\\}} d") == "[a ${b:-\"}\"} ${c:-\\}} d]");
  CHECK(print_shell("${a.b} c") == "${a: this is not the name of a variable | [${a.b} c]");
}

TEST_CASE("shell: substitutions") {
  const Shell s("a \"x $(b | c) y\" <(d) --e=$(f)g");
  const shell::Word& quoted = s.word(1);
  REQUIRE(quoted.parts.size() == 1);
  REQUIRE(quoted.parts[0].parts.size() == 3);
  CHECK(Shell::print(*quoted.parts[0].parts[1].list) == "[b] | [c]");
  CHECK(s.word(2).parts[0].kind == PartKind::process);
  CHECK(Shell::print(*s.word(3).parts[1].list) == "[f]");
  CHECK(!quoted.known);
}

TEST_CASE("shell: backquotes are read in place, through the backslashes that nesting takes") {
  const Shell s(R"(a `b \`c \\\`d\\\`\` '\\.'`)");
  const shell::List* outer = s.word(1).parts[0].list;
  REQUIRE(s.script.problems.empty());
  const shell::Command& b = outer->items[0].pipeline.commands[0];
  CHECK(b.words[0].raw == "b");
  CHECK(b.words[2].value == "\\.");
  const shell::Command& c = b.words[1].parts[0].list->items[0].pipeline.commands[0];
  CHECK(c.words[0].raw == "c");
  CHECK(Shell::print(*c.words[1].parts[0].list) == "[d]");

  const Shell quoted(R"(a "`b \"c d\"`" `e \$f \\$g`)");
  const shell::Command& inner =
      quoted.word(1).parts[0].parts[0].list->items[0].pipeline.commands[0];
  CHECK(inner.words[1].value == "c d");
  const shell::Command& dollars = quoted.word(2).parts[0].list->items[0].pipeline.commands[0];
  CHECK(dollars.words[1].parts[0].kind == PartKind::parameter);
  CHECK(dollars.words[2].value == "$g");
}

TEST_CASE("shell: arithmetic and extended patterns") {
  const Shell s("a $((1 + $(b))) $[2] !(c|$(d)).e");
  CHECK(s.word(1).parts[0].kind == PartKind::arithmetic);
  CHECK(Shell::print(*s.word(1).parts[0].parts[0].list) == "[b]");
  CHECK(s.word(2).parts[0].kind == PartKind::arithmetic);
  CHECK(s.word(3).parts[0].kind == PartKind::extended_glob);
  CHECK(s.word(3).parts[0].raw == "!(c|$(d))");
  CHECK(s.word(3).glob);
}

TEST_CASE("shell: assignments") {
  const Shell s("A=b C+=\"d e\" F= g[1 ]=x H=i");
  const auto assignments = s.command().assignments;
  REQUIRE(assignments.size() == 3);
  CHECK(assignments[0].name == "A");
  CHECK(assignments[1].append);
  CHECK(assignments[1].value.value == "d e");
  CHECK(assignments[2].value.raw.empty());
  CHECK(s.command().words.size() == 3);  // a subscript holds no bare blank
  const Shell arrays("a[i]=x b=(c \"d e\"\n # f\n [2]=g) h");
  CHECK(arrays.command().assignments[0].name == "a");
  CHECK(arrays.command().assignments[0].value.value == "x");
  const shell::Assignment& list = arrays.command().assignments[1];
  CHECK(list.array);
  REQUIRE(list.elements.size() == 3);
  CHECK(list.elements[1].value == "d e");
  CHECK(print_shell("declare -A a=([k]=\"$(v)\") b; export C=d") ==
        "[declare -A a=([k]=\"$(v)\") b]; [export C=d]");
  CHECK(print_shell("a=(b") == "(: the list is not closed | [a=(b]");
}

TEST_CASE("shell: redirections") {
  const Shell s("a <b >>c 2>&1 >|d &>e {fd}<>f <<<\"g h\" 10>&- <i>j k2>l");
  const auto all = s.command().redirects;
  REQUIRE(all.size() == 11);
  const std::string_view ops[] = {"<", ">>", ">&", ">|", "&>", "<>", "<<<", ">&", "<", ">", ">"};
  const std::string_view targets[] = {"b", "c", "1", "d", "e", "f", "g h", "-", "i", "j", "l"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].op == ops[i]);
    CHECK(all[i].target.value == targets[i]);
  }
  CHECK(all[2].descriptor == "2");
  CHECK(all[5].descriptor == "{fd}");
  CHECK(all[7].descriptor == "10");
  CHECK(s.word(1).raw == "k2");
  CHECK(print_shell("a > ; b") == ">: nothing follows the redirection | [a >]; [b]");
}

TEST_CASE("shell: here-documents") {
  const Shell s("a <<X <<-'Y' | b\n$c $(d)\nX\n\t$e\n\tY\nf");
  const auto docs = s.command().redirects;
  CHECK(docs[0].body == "$c $(d)\n");
  REQUIRE(docs[0].body_parts.size() == 2);
  CHECK(Shell::print(*docs[0].body_parts[1].list) == "[d]");
  CHECK(docs[1].body == "\t$e\n");
  CHECK(docs[1].body_parts.empty());
  CHECK(s.print() == "[a <<X <<-'Y'] | [b]; [f]");
  CHECK(s.script.list.raw.ends_with("\nf"));

  const Shell nested("a \"$(b <<X\nc\nX\n)\" <<Y\nd\nY\ne");
  const shell::List* inner = nested.word(1).parts[0].parts[0].list;
  CHECK(inner->items[0].pipeline.commands[0].redirects[0].body == "c\n");
  CHECK(nested.command().redirects[0].body == "d\n");
  CHECK(nested.command(1).words[0].raw == "e");

  // In a Dockerfile the body may belong to the instruction; and shells only warn of a missing
  // delimiter.
  const Shell bare("cat <<EOF > /x");
  CHECK(bare.script.problems.empty());
  CHECK(bare.command().redirects[0].body.empty());
  CHECK(Shell("cat <<EOF\nb\n").command().redirects[0].body == "b\n");
}

TEST_CASE("shell: unclosed quotes and substitutions are problems at their opening") {
  CHECK(print_shell("a 'b c") == "': the quote is not closed | [a 'b c]");
  CHECK(print_shell("a; \"b $(c") == "$(: the parenthesis is not closed | [a]; [\"b $(c]");
  CHECK(print_shell("a `b") == "`: the backquote is not closed | [a `b]");
  CHECK(print_shell("a ${b") == "${: `${` is not closed | [a ${b]");
  CHECK(print_shell("a $((1 + 2") == "$((: the formula is not closed | [a $((1 + 2]");
}

TEST_CASE("shell: places lead back through the pieces of a joined text") {
  // RUN apt-get update \⏎  && apt-get \⏎install vim
  const std::string_view joined = "apt-get update   && apt-get install vim";
  constexpr plimsoll::text::Piece pieces[] = {{0, 4}, {15, 21}, {28, 36}};
  plimsoll::Arena arena;
  const shell::Script script = shell::parse({.text = joined, .pieces = pieces}, arena);
  REQUIRE(script.list.items.size() == 2);
  const shell::Command& second = script.list.items[1].pipeline.commands[0];
  CHECK(script.text.where(second.words[0].raw) == plimsoll::text::Span{26, 33});
  CHECK(script.text.where(second.words[1].raw) == plimsoll::text::Span{36, 43});
  CHECK(script.text.where(second.words[2].raw) == plimsoll::text::Span{44, 47});
  CHECK(script.text.where(second.raw) == plimsoll::text::Span{26, 47});
}

}  // namespace shell_words_test
