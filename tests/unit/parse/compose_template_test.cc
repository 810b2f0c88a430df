// Variables of one text. Expected values by the Compose specification, "Interpolation"; where texts
// are odd, by what compose-go makes of them.
#include <doctest/doctest.h>

#include <map>

#include "parse/compose/template.h"

namespace compose_template_test {

using namespace plimsoll::parse::compose;

namespace {

const std::string* environment(std::string_view name) {
  static const std::map<std::string, std::string, std::less<>> variables{
      {"A", "one"},
      {"EMPTY", ""},
      {"DOLLAR", "$A"},
      {"a_1", "low"},
      {"BIG", std::string(100000, 'x')}};
  const auto found = variables.find(name);
  return found == variables.end() ? nullptr : &found->second;
}

std::string text_of(std::string_view text) {
  const Interpolated got = interpolate(text, environment);
  return got ? got.text : "refused: " + got.message;
}

}  // namespace

TEST_CASE("compose template: names and dollars") {
  CHECK(text_of("no variable") == "no variable");
  CHECK(text_of("$A/${A}x$a_1") == "one/onexlow");
  CHECK(text_of("$$A $${A} $$$A") == "$A ${A} $one");
  CHECK(text_of("$1 $(x) $. a$") == "$1 $(x) $. a$");
  CHECK(text_of("$UNSET|${UNSET}|") == "||");
  CHECK(text_of("$DOLLAR") == "$A");  // values are no templates
}

TEST_CASE("compose template: all operators") {
  CHECK(text_of("${A:-d} ${EMPTY:-d} ${U:-d}") == "one d d");
  CHECK(text_of("${A-d} ${EMPTY-d} ${U-d}") == "one  d");
  CHECK(text_of("${A:+r} ${EMPTY:+r} ${U:+r}") == "r  ");
  CHECK(text_of("${A+r} ${EMPTY+r} ${U+r}") == "r r ");
  CHECK(text_of("${A:?e} ${A?e} ${EMPTY?e}") == "one one ");
  CHECK(text_of("${EMPTY:?set it}") ==
        "refused: required variable EMPTY is missing a value: set it");
  CHECK(text_of("${U?$A}") == "refused: required variable U is missing a value: one");
  CHECK(text_of("${U:?}") == "refused: required variable U is missing a value");
}

TEST_CASE("compose template: defaults in each other, and braces") {
  CHECK(text_of("${U:-${V:-${A}}}") == "one");
  CHECK(text_of("${U:-a${V:-b}c} ${V:-d}") == "abc d");
  CHECK(text_of("${U:-{x}}") == "{x}");
  CHECK(text_of("${U:-{}}") == "{}");  // braces that do not pair for Compose: to the last one
  CHECK(text_of("${U:-{} ${A}}") == "{} one");
  CHECK(text_of("${A:-${} x") == "one x");  // never looked at
  CHECK(text_of("${U:-a\nb}").starts_with("refused: invalid"));
}

TEST_CASE("compose template: what is no variable after all") {
  for (const char* text : {"${", "${}", "${A", "${1}", "${A!x}", "${A:x}", "${A b}", "x ${ A }"}) {
    CAPTURE(text);
    const Interpolated got = interpolate(text, environment);
    CHECK(got.fault == Interpolated::Fault::format);
    CHECK(got.fault_at.begin == std::string_view(text).find("${"));
  }
}

TEST_CASE("compose template: who was asked, and where") {
  const std::string text = "p: ${U:-x$V}/${A:-$W}$EMPTY";
  const Interpolated got = interpolate(text, environment);
  REQUIRE(got.uses.size() == 4);  // the default of A was not needed
  const auto at = [&](std::size_t i) {
    return text.substr(got.uses[i].where.begin, got.uses[i].where.size());
  };
  CHECK(at(0) == "${U:-x$V}");
  CHECK(got.uses[0].op == Operator::default_if_empty);
  CHECK_FALSE(got.uses[0].set);
  CHECK_FALSE(got.uses[0].is_missing());
  CHECK(at(1) == "$V");
  CHECK(got.uses[1].name == "V");
  CHECK(got.uses[1].is_missing());
  CHECK(at(2) == "${A:-$W}");
  CHECK(got.uses[2].set);
  CHECK(at(3) == "$EMPTY");
  CHECK(got.uses[3].set);
  CHECK(got.uses[3].empty);
}

TEST_CASE("compose template: it ends") {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "${U:-";
  CHECK(interpolate(deep, environment).fault == Interpolated::Fault::format);
  CHECK(interpolate(deep + std::string(5000, '}'), environment).fault ==
        Interpolated::Fault::too_large);
  std::string wide;
  for (int i = 0; i < 50; ++i) wide += "$BIG";
  CHECK(interpolate(wide, environment).fault == Interpolated::Fault::too_large);
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "${U:-}";
  CHECK(interpolate(many, environment).uses.size() == 100000);
}

}  // namespace compose_template_test
