// .env files. Expected values by what compose-go's own .env files show, and the documentation of
// docker run --env-file.
#include <doctest/doctest.h>

#include "parse/compose/dotenv.h"

namespace compose_dotenv_test {

using namespace plimsoll::parse::compose;

namespace {

struct Read {
  explicit Read(std::string bytes, bool raw = false) : text(std::move(bytes)) {
    const Lookup outside = [](std::string_view name) -> const std::string* {
      static const std::string value = "outside";
      return name == "HOME" || name == "BOTH" ? &value : nullptr;
    };
    got = raw ? parse_raw_env(text, outside, variables) : parse_dotenv(text, outside, variables);
  }
  [[nodiscard]] std::string value(std::string_view name) const {
    const auto found = variables.find(name);
    return found == variables.end() ? "(not set)" : found->second;
  }
  [[nodiscard]] std::string at(plimsoll::text::Span span) const {
    return text.substr(span.begin, span.size());
  }

  std::string text;
  Variables variables;
  Dotenv got;
};

}  // namespace

TEST_CASE("compose dotenv: words") {
  const Read read(
      "\xEF\xBB\xBF# note\nA=b c  # note\n\nexport B = x#y \nC: d\r\nE=\nF=$A-${HOME}\n");
  CHECK(read.got.fault.empty());
  CHECK(read.value("A") == "b c");
  CHECK(read.value("B") == "x#y");
  CHECK(read.value("C") == "d");
  CHECK(read.value("E").empty());
  CHECK(read.value("F") == "b c-outside");
  REQUIRE(read.got.assignments.size() == 5);
  CHECK(read.at(read.got.assignments[0].name_at) == "A");
  CHECK(read.at(read.got.assignments[0].value_at) == "b c");
  CHECK(read.at(read.got.assignments[1].name_at) == "B");
  CHECK(read.got.assignments[4].uses.size() == 2);
}

TEST_CASE("compose dotenv: quotes") {
  const Read read("A='$B \\'x\\' \\n\ny'\nB=\"l1\\nl2 \\$C \\\"q\\\" \\0101 $A\"\nC='a' D=b\n");
  CHECK(read.got.fault.empty());
  CHECK(read.value("A") == "$B 'x' \\n\ny");
  CHECK(read.value("B") == "l1\nl2 $C \"q\" A $B 'x' \\n\ny");
  CHECK(read.value("C") == "a");
  CHECK(read.value("D") == "b");
  CHECK(read.at(read.got.assignments[0].value_at) == "'$B \\'x\\' \\n\ny'");
}

TEST_CASE("compose dotenv: what is outside wins in expansions, and gives names alone their value") {
  const Read read("BOTH=own\nX=$BOTH\nHOME\nGONE\nlast");
  CHECK(read.value("BOTH") == "own");
  CHECK(read.value("X") == "outside");
  CHECK(read.value("HOME") == "outside");
  CHECK(read.value("GONE") == "(not set)");
  CHECK(read.value("") == "last");
  REQUIRE(read.got.assignments.size() == 5);
  CHECK(read.got.assignments[2].inherited);
  CHECK_FALSE(read.got.assignments[3].set);
}

TEST_CASE("compose dotenv: what is refused, and where") {
  for (const auto& [text, where] : {std::pair("A=1\nB C=2\n", "B C"), std::pair("A=1\nB!=2\n", "!"),
                                    std::pair("A=\"x\nB=1\n", "\"x"),
                                    std::pair("A=${U:?}\n", "${U:?}"), std::pair("A=${\n", "${")}) {
    CAPTURE(text);
    const Read read(text);
    CHECK_FALSE(read.got.fault.empty());
    CHECK(read.at(read.got.fault_at) == where);
  }
}

TEST_CASE("compose dotenv: values do not grow without end") {
  std::string text = "A0=" + std::string(1000, 'x') + "\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = "$A" + std::to_string(i - 1);
    text += "A" + std::to_string(i) + "=" + last + last + "\n";
  }
  CHECK_FALSE(Read(text).got.fault.empty());
}

TEST_CASE("compose raw env: one variable a line, as it stands") {
  const Read read("# note\n  A='b' # c \r\nB=$A\nHOME\nGONE\n\nC=\n", true);
  CHECK(read.got.fault.empty());
  CHECK(read.value("A") == "'b' # c ");
  CHECK(read.value("B") == "$A");
  CHECK(read.value("HOME") == "outside");
  CHECK(read.value("GONE") == "(not set)");
  CHECK(read.value("C").empty());
  CHECK(read.at(read.got.assignments[0].name_at) == "A");
  CHECK(read.at(read.got.assignments[0].value_at) == "'b' # c ");
  CHECK_FALSE(Read("=x\n", true).got.fault.empty());
  CHECK_FALSE(Read("A =x\n", true).got.fault.empty());
  CHECK_FALSE(Read("A=\xFF\n", true).got.fault.empty());
}

}  // namespace compose_dotenv_test
