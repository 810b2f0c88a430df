// Lines, comments, continuations and directives.
#include "dockerfile_fixture.h"

namespace dockerfile_lines_test {

using plimsoll::test::Dockerfile;
using plimsoll::test::words;
using namespace plimsoll::parse;
using dockerfile::Keyword;
using dockerfile::NodeKind;

TEST_CASE("an instruction of one line is not copied") {
  const Dockerfile file("FROM a\n  run  echo  hi  \n");
  CHECK(file.problems().empty());
  REQUIRE(file.tree.instructions.size() == 2);
  const auto& run = file[1];
  CHECK(run.keyword == Keyword::run);
  CHECK(run.keyword_text == "run");
  CHECK(run.joined.text.data() == file.source.bytes().data() + 9);
  CHECK(run.joined.pieces.size() == 1);
  CHECK(run.rest == "echo  hi");
  CHECK(file.at(run.span) == "run  echo  hi  ");
  CHECK(words(run) == "echo  hi");
}

TEST_CASE("continued lines are joined, and words know where they stand") {
  const Dockerfile file("FROM a\nCOPY one \\  \n  # inner\n\n  two\\\n three /to\n");
  CHECK(file.problems().empty());
  const auto& copy = file[1];
  CHECK(copy.joined.text == "COPY one   two three /to");
  CHECK(words(copy) == "one|two|three|/to");
  CHECK(file.at(copy.words[1].span) == "two");
  CHECK(file.at(copy.words[3].span) == "/to");
  REQUIRE(copy.inner_comments.size() == 1);
  CHECK(file.at(copy.inner_comments[0]) == "# inner");
  CHECK(copy.empty_continuation.size() > 0);
  CHECK(file.source.position(copy.empty_continuation.begin).line == 4);
}

TEST_CASE("a doubled escape character does not continue a line, blanks behind one do not matter") {
  CHECK(Dockerfile("FROM a\nRUN a \\\\\nRUN b").tree.instructions.size() == 3);
  CHECK(Dockerfile("FROM a\nRUN a \\ \t\nRUN b").tree.instructions.size() == 2);
  CHECK(Dockerfile("FROM a\nRUN a `\nRUN b").tree.instructions.size() == 3);
  const Dockerfile backtick("# escape=`\nFROM a\nRUN a `\nRUN b\nRUN c:\\\nRUN d");
  CHECK(backtick.tree.escape == '`');
  CHECK(backtick.tree.instructions.size() == 4);
}

TEST_CASE("a continuation at the end of the file is ended") {
  const Dockerfile file("FROM a\nRUN b \\");
  CHECK(file.problems().empty());
  CHECK(words(file[1]) == "b");
  CHECK(Dockerfile("FROM a\nRUN b \\\n\n# c\n").problems().empty());
  const Dockerfile lone("\\\n\nFROM a");
  CHECK(lone.problems().empty());
  CHECK(lone.at(lone[0].keyword_span) == "FROM");
}

TEST_CASE("CRLF, a byte order mark, bytes that are not UTF-8 and NUL are read") {
  const Dockerfile file(
      "\xEF\xBB\xBF# escape=`\r\nFROM a\r\nRUN b `\r\n  c\r\nUSER \xFF\r\nUSER a\0b\r\n");
  CHECK(file.problems().empty());
  CHECK(file.tree.nodes[0].kind == NodeKind::byte_order_mark);
  CHECK(file.tree.nodes[1].kind == NodeKind::directive);
  CHECK(words(file[1]) == "b   c");
  CHECK(words(file[2]) == "\xFF");
  CHECK(file.printed() == file.source.bytes());
}

TEST_CASE("the block of comments directly above belongs to an instruction") {
  const Dockerfile file("# far\n\n# one\n  # two\nFROM a\nRUN b\n# old\n#\n# new\nRUN c");
  REQUIRE(file[0].comments.size() == 2);
  CHECK(file.at(file[0].comments[0]) == "# one");
  CHECK(file.at(file[0].comments[1]) == "# two");
  CHECK(file[1].comments.empty());
  REQUIRE(file[2].comments.size() == 1);
  CHECK(file.at(file[2].comments[0]) == "# new");
}

TEST_CASE("directives stand at the very top") {
  const Dockerfile file(
      "# syntax = docker/dockerfile:1 \n#ESCAPE=`\n# check=skip=all\n# other=x\n# escape=\\\nFROM "
      "a");
  CHECK(file.problems().empty());
  REQUIRE(file.tree.directives.size() == 3);
  CHECK(file.tree.directives[1].name == "ESCAPE");
  CHECK(file.tree.directives[2].value == "skip=all");
  CHECK(file.at(file.tree.directives[2].value_span) == "skip=all");
  CHECK(file.tree.escape == '`');
  CHECK(file.tree.syntax == "docker/dockerfile:1");
  CHECK(!file.tree.foreign_frontend);
  CHECK(Dockerfile("\n# escape=`\nFROM a").tree.escape == '\\');
  CHECK(Dockerfile("# c\n# escape=`\nFROM a").tree.escape == '\\');
}

TEST_CASE("the syntax directive comes in three forms, and behind a #! line") {
  CHECK(Dockerfile("#!/x\n# syntax=a/b\nFROM a").tree.syntax == "a/b");
  CHECK(Dockerfile("// syntax=a/b:1 more\nFROM a").tree.syntax == "a/b:1");
  const Dockerfile json("{\"x\": [1, {}], \"syntax\": \"a\\/b\"}\n");
  CHECK(json.tree.syntax == "a/b");
  CHECK(json.tree.foreign_frontend);
  CHECK(Dockerfile("{\"syntax\": \"a\"} x").tree.syntax.empty());
  for (const char* own : {"docker/dockerfile", "docker.io/docker/dockerfile:1.7-labs",
                          "docker/dockerfile-upstream:master", "docker/dockerfile@sha256:00"})
    CHECK(!Dockerfile("# syntax=" + std::string(own) + "\nFROM a").tree.foreign_frontend);
  CHECK(Dockerfile("# syntax=ghcr.io/docker/dockerfile\nFROM a").tree.foreign_frontend);
}

TEST_CASE("wrong directives are problems") {
  CHECK(Dockerfile("# escape=x\nFROM a").problems() ==
        "x: the escape character must be \\ or `, not x\n");
  CHECK(Dockerfile("# escape=`\n# Escape=`\nFROM a").problems() ==
        "# Escape=`: only one Escape directive can be used\n");
  CHECK(Dockerfile("# escape= \nFROM a").problems() ==
        " : the escape character must be \\ or `, not  \n");
}

TEST_CASE("a line of more than 65535 bytes does not fit Docker's buffer") {
  const std::string most(65535 - 4, 'x');
  CHECK(Dockerfile("FROM a\nRUN " + most + "\nRUN b").problems().empty());
  const Dockerfile file("FROM a\nRUN x" + most + "\nRUN b");
  REQUIRE(file.tree.problems.size() == 1);
  CHECK(file.tree.problems[0].message == "a line may have at most 65535 bytes, this one has 65536");
  CHECK(file[1].broken);
  CHECK(!file[2].broken);
}

TEST_CASE("a file without instructions is refused") {
  for (const char* text : {"", "\n", "# c\n", "\xEF\xBB\xBF", "# escape=`\n\n"})
    CHECK(Dockerfile(text).problems() == ": the file has no instructions\n");
}

TEST_CASE("time is linear") {
  std::string lines = "FROM a\nRUN a";
  for (int i = 0; i < 200'000; ++i) lines += " \\\n b";
  lines += "\n# escape=x";
  const Dockerfile file(lines);
  CHECK(file.problems().empty());
  CHECK(file[1].joined.pieces.size() == 200'001);
  std::string nested = "FROM a\nRUN <<EOF ";
  for (int i = 0; i < 10'000; ++i) nested += "${a:-";
  CHECK(Dockerfile(nested).tree.instructions.size() == 2);  // the stack is not the limit
  CHECK(Dockerfile("FROM a\nCMD " + std::string(60'000, '[')).problems().empty());
}

}  // namespace dockerfile_lines_test
