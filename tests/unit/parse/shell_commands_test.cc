// Lists, pipelines and compound commands of shell scripts.
#include <doctest/doctest.h>

#include "parse/shell_fixture.h"

namespace shell_commands_test {

using plimsoll::test::print_shell;
using plimsoll::test::Shell;
namespace shell = plimsoll::parse::shell;

TEST_CASE("shell: lists and pipelines") {
  CHECK(print_shell("") == "");
  CHECK(print_shell("a && b || c; d & e") == "[a] && [b] || [c]; [d] & [e]");
  CHECK(print_shell("a &\n") == "[a] &");
  CHECK(print_shell("a b\nc\n\n  d;\n") == "[a b]; [c]; [d]");
  CHECK(print_shell("! a | b |& c") == "! [a] | [b] |& [c]");
  CHECK(print_shell("a |\n b &&\n # why\n c") == "[a] | [b] && [c]");
  CHECK(print_shell("! ! a") == "[a]");
}

TEST_CASE("shell: raw views of commands and lists end with their last token") {
  const Shell s("  a b >c  ; d & ");
  CHECK(s.command(0).raw == "a b >c");
  CHECK(s.script.list.raw == "a b >c  ; d");
  CHECK(s.script.list.background);
}

TEST_CASE("shell: if, while, until") {
  CHECK(print_shell("if a; then b; elif c; then d; else e; fi >x") ==
        "if[>x]([a])([b])([c])([d])([e])");
  CHECK(print_shell("if (a) then { b; } fi") == "if[](subshell[]([a]))(group[]([b]))");
  CHECK(print_shell("while a; do b; done | c") == "while[]([a])([b]) | [c]");
  CHECK(print_shell("until a\ndo\nb\ndone") == "until[]([a])([b])");
}

TEST_CASE("shell: for and select") {
  CHECK(print_shell("for i in a \"$b\" *.c; do c; done") == "for i[a \"$b\" *.c]([c])");
  CHECK(print_shell("for i do a; done") == "for i[]([a])");
  CHECK(print_shell("for i; do a; done") == "for i[]([a])");
  CHECK(print_shell("for i\nin a\ndo b\ndone") == "for i[a]([b])");
  CHECK(print_shell("for i in a; { b; }") == "for i[a]([b])");
  CHECK(print_shell("for ((i=0; i<3; i++)); do a; done") == "for_arithmetic[i=0; i<3; i++]([a])");
  CHECK(print_shell("select i in a b; do c; done") == "select i[a b]([c])");
}

TEST_CASE("shell: case") {
  CHECK(print_shell("case $x in a|b) c;; (d) e;& f*) ;;& *) g; esac") ==
        "case[$x a b d f* *]([c])([e])()([g])");
  CHECK(print_shell("case x in esac") == "case[x]");
  CHECK(print_shell("case x\nin\n a)\n  b\n  ;;\nesac >y") == "case[x a >y]([b])");
  CHECK(print_shell("$(case x in a) b;; esac)") == "[$(case x in a) b;; esac)]");
}

TEST_CASE("shell: groups, subshells, functions") {
  CHECK(print_shell("{ a; b; } 2>&1") == "group[2>&1]([a]; [b])");
  CHECK(print_shell("{ { a; } }") == "group[](group[]([a]))");
  CHECK(print_shell("(a; b)") == "subshell[]([a]; [b])");
  CHECK(print_shell("f() { a; } >x") == "function f[](group[>x]([a]))");
  CHECK(print_shell("f-1 ( )\n\n(a)") == "function f-1[](subshell[]([a]))");
  CHECK(print_shell("function f { a; }") == "function f[](group[]([a]))");
  CHECK(print_shell("function f() { a; }; f") == "function f[](group[]([a])); [f]");
}

TEST_CASE("shell: tests") {
  CHECK(print_shell("[[ -f $a && ! b == c* ]] && d") == "test[-f $a ! b == c*] && [d]");
  CHECK(print_shell("[[ ( a < b ) || -z \"\" ]]") == "test[a b -z \"\"]");
  CHECK(print_shell("[[ a =~ ^(b|c d)+$ ]]") == "test[a =~ ^(b|c d)+$]");
  CHECK(print_shell("[[ a\n&& b ]]") == "test[a b]");
  CHECK(print_shell("[ a = b ] && [ -z c ]") == "[[ a = b ]] && [[ -z c ]]");
}

TEST_CASE("shell: arithmetic or two subshells") {
  CHECK(print_shell("((a = (1 + 2))) && b") == "arithmetic[a = (1 + 2)] && [b]");
  CHECK(print_shell("((a); (b))") == "subshell[](subshell[]([a]); subshell[]([b]))");
  CHECK(print_shell("a $(( (1) + 2 )) $((b); c)") == "[a $(( (1) + 2 )) $((b); c)]");
}

TEST_CASE("shell: time and coproc") {
  CHECK(print_shell("time -p a | b && c") == "time[]([a] | [b]) && [c]");
  CHECK(print_shell("! time a; time") == "! time[]([a]); time[]");
  CHECK(print_shell("coproc N { a; }; coproc b c") == "coproc[](group[]([a])); coproc[]([b c])");
}

TEST_CASE("shell: reserved words are words where no command starts") {
  CHECK(print_shell("echo if then } done") == "[echo if then } done]");
  CHECK(print_shell("ifx; {a,b}") == "[ifx]; [{a,b}]");
  CHECK(print_shell("in") == "[in]");
}

TEST_CASE("shell: broken scripts keep what precedes, and say where") {
  CHECK(print_shell("a; && b") == "&&: unexpected here | [a]; [b]");
  CHECK(print_shell("a && ") == "&&: no command follows | [a]");
  CHECK(print_shell("a | ; b") == "|: no command follows | [a]; [b]");
  CHECK(print_shell("a; ) b") == "): unexpected here | [a]; [b]");
  CHECK(print_shell("a (b)") == "(: unexpected behind a command | [a]; subshell[]([b])");
  CHECK(print_shell("if a; then b") == "if: `fi` is missing | if[]([a])([b])");
  CHECK(print_shell("if ; then b; fi; c") == ";: unexpected here | if[]()([b]); [c]");
  CHECK(print_shell("while a; b; done; c") == "while: `do` is missing | while[]([a]; [b]); [c]");
  CHECK(print_shell("a; fi; b") == "fi: unexpected here | [a]; [b]");
  CHECK(print_shell("(a; b") == "(: the parenthesis is not closed | subshell[]([a]; [b])");
  CHECK(print_shell("()") == "(: no command follows | subshell[]()");
  CHECK(print_shell("{ a") == "{: `}` is missing | group[]([a])");
  CHECK(print_shell("case a in b c) d;; esac")
            .starts_with("c: expected `)` behind the patterns | case[a b]"));
  CHECK(print_shell("[[ a b c ]]; d") == "b: this is not an operator of [[ ]] | test[a b]; [d]");
  CHECK(print_shell("[[ a == b; c").starts_with("[[: "));
  CHECK(print_shell("f()") == "): the function has no body | function f[]");
  CHECK(print_shell("for in; do a; done").starts_with("for") == true);
  CHECK(print_shell("a | ! b") == "!: unexpected here | [a] | [b]");
}

TEST_CASE("shell: nesting is bounded") {
  for (const char* opening :
       {"(", "((", "$(", "{ ", "if ", "\"$(", "${a:-", "[[ ( ", "f() ", "time ", "!(", "a=($("}) {
    std::string text = "first; ";
    for (int i = 0; i < 20000; ++i) text += opening;
    const Shell s(text);
    CAPTURE(opening);
    CHECK(!s.script.problems.empty());
    CHECK(s.command(0).raw == "first");
  }
  std::string deep;
  for (int i = 0; i < 90; ++i) deep += "( ";
  deep += "a";
  for (int i = 0; i < 90; ++i) deep += " )";
  CHECK(Shell(deep).script.problems.empty());
}

}  // namespace shell_commands_test
