// Here-documents: which words begin one, and which lines they take.
#include "dockerfile_fixture.h"

namespace dockerfile_heredocs_test {

using plimsoll::test::Dockerfile;
using plimsoll::test::words;
using namespace plimsoll::parse;

namespace {

// The here-documents of the instruction behind FROM, as "name[flags]=body;".
std::string heredocs(const std::string& lines) {
  const Dockerfile file("FROM a\n" + lines);
  std::string result;
  for (const auto& h : file[1].heredocs) {
    result += std::string(h.name) + "[" + (h.expand ? "x" : "") + (h.strip_tabs ? "-" : "");
    result += (h.descriptor != 0 ? std::to_string(h.descriptor) : "") +
              "]=" + std::string(h.body.text) + ";";
  }
  return result + file.problems();
}

}  // namespace

TEST_CASE("words that begin a here-document") {
  CHECK(heredocs("RUN <<EOF\nbody\nEOF\n") == "EOF[x]=body\n;");
  CHECK(heredocs("RUN <<-EOF\n\t\tbody\n \tx\n\tEOF\n") == "EOF[x-]=body\n \tx\n;");
  CHECK(heredocs("COPY <<\"EOF\" /x\nbody\nEOF\n") == "EOF[]=body\n;");
  CHECK(heredocs("COPY <<'E O F' /x\nbody\nE O F\n") == "E O F[]=body\n;");
  CHECK(heredocs("RUN 3<<EOF cat\nEOF\n") == "EOF[x3]=;");
  CHECK(heredocs("RUN << EOF\nb\nEOF\n") == "EOF[x]=b\n;");
  CHECK(heredocs("RUN <<\\EOF\nb\nEOF\n") == "EOF[x]=b\n;");  // BuildKit: escaped is not quoted
  CHECK(heredocs("RUN <<E\"O\"F\nb\nEOF\n") == "EOF[]=b\n;");
  CHECK(heredocs("ONBUILD RUN <<EOF\nb\nEOF\n") == "EOF[x]=b\n;");
  CHECK(heredocs("RUN <<$x\nb\n$x\n") == "$x[x]=b\n;");
}

TEST_CASE("words that begin none") {
  CHECK(heredocs("RUN cat <<<EOF\n").empty());
  CHECK(heredocs("RUN a<<EOF\n").empty());
  CHECK(heredocs("RUN [\"<<EOF\"]\n").empty());
  CHECK(heredocs("CMD cat <<EOF\n").empty());
  CHECK(heredocs("RUN echo \"<<EOF\"\n").empty());
  CHECK(heredocs("RUN it's <<EOF\n").empty());  // the line cannot be lexed, so BuildKit sees none
  CHECK(heredocs("RUN <<\"\"\n").empty());
}

TEST_CASE("several are read in order") {
  const Dockerfile file("FROM a\nCOPY <<one <<-two /to/\n1\none\n\t2\n\ttwo\nRUN x\n");
  CHECK(file.problems().empty());
  REQUIRE(file[1].heredocs.size() == 2);
  const auto& two = file[1].heredocs[1];
  CHECK(two.body.text == "2\n");
  CHECK(file.at(two.body.where(two.body.text.substr(0, 1))) == "2");
  CHECK(file.at(two.body_span) == "\t2\n");
  CHECK(file.at(two.terminator) == "\ttwo");
  CHECK(file.at(two.word) == "<<-two");
  CHECK(file.at(file[1].span) == "COPY <<one <<-two /to/\n1\none\n\t2\n\ttwo");
  CHECK(words(file[2]) == "x");
}

TEST_CASE("only the exact line ends one, CRLF aside") {
  CHECK(heredocs("RUN <<EOF\r\na\r\n EOF\r\nEOF \r\nEOF\r\n") == "EOF[x]=a\r\n EOF\r\nEOF \r\n;");
  CHECK(heredocs("RUN <<EOF\nEOF") == "EOF[x]=;");
  CHECK(heredocs("RUN <<EOF\nx\\\nEOF\n") == "EOF[x]=x\\\n;");
  CHECK(heredocs("RUN <<EOF \\\n && x\nb\nEOF\n") == "EOF[x]=b\n;");
}

TEST_CASE("what follows the end is a new instruction, and a missing end a problem") {
  const Dockerfile file("FROM a\nRUN <<EOF\nFROM b\nEOF\nUSER c");
  CHECK(file.tree.instructions.size() == 3);
  CHECK(heredocs("RUN <<EOF\nb\n") ==
        "EOF[x]=b\n;<<EOF: the here-document has no end: no line is exactly \"EOF\"\n");
  CHECK(heredocs("COPY x <<EOF\nEOF\n")
            .find("<<EOF: COPY cannot take a here-document as its destination") !=
        std::string::npos);
}

}  // namespace dockerfile_heredocs_test
