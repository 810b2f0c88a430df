// Words, flags, exec forms, pairs and mounts.
#include "dockerfile_fixture.h"

namespace dockerfile_instructions_test {

using plimsoll::test::Dockerfile;
using plimsoll::test::words;
using namespace plimsoll::parse;
using dockerfile::Keyword;

namespace {

// The one instruction behind FROM.
struct One {
  explicit One(const std::string& line) : file("FROM a\n" + line + "\n") {}
  const dockerfile::Instruction* operator->() const { return &file[1]; }
  const dockerfile::Instruction& operator*() const { return file[1]; }
  Dockerfile file;
};

}  // namespace

TEST_CASE("keywords are known in any case, even as Go lowers them") {
  CHECK(One("hEaLtHcHeCk NONE")->keyword == Keyword::healthcheck);
  CHECK(One("wor\u212Adir /x")->keyword == Keyword::workdir);
  CHECK(One("RUNX y")->keyword == Keyword::unknown);
  CHECK(dockerfile::name(Keyword::stopsignal) == "STOPSIGNAL");
  CHECK(dockerfile::name(Keyword::unknown).empty());
}

TEST_CASE("the exec form is a JSON array of strings, and nothing else is") {
  const One exec(R"(CMD ["a", "b\u00e9\n", ""])");
  CHECK(exec->exec_form);
  CHECK(words(*exec) == "a|b\u00E9\n|");
  CHECK(exec.file.at(exec->words[0].span) == "a");
  CHECK(exec.file.at(exec->words[1].span) == R"(b\u00e9\n)");
  CHECK(exec->words[2].span.size() == 0);
  for (const char* shell :
       {"['a']", R"(["a",])", R"(["a"] # c)", R"(["a")", "[a]", R"(["a" "b"])", R"(["\x"])", "[01]",
        "[1e999]", R"("a")", "[tru]", R"(["a"]])", R"([{"a" 1}])"}) {
    const One command(std::string("CMD ") + shell);
    CHECK_MESSAGE(!command->exec_form, shell);
    CHECK(words(*command) == shell);
    CHECK(command.file.problems().empty());
  }
  CHECK(One("ENTRYPOINT []")->exec_form);
  CHECK(One("ENTRYPOINT []")->words.empty());
  CHECK(words(*One(R"(CMD ["\ud83d\ude00\ud800"])")) == "\U0001F600\uFFFD");
  for (const char* wrong : {"[1]", "[[\"a\"]]", "[null]", "[{\"a\": []}]", "[\"a\", true]"})
    CHECK_MESSAGE(One(std::string("CMD ") + wrong).file.problems().find("array of strings only") !=
                      std::string::npos,
                  wrong);
}

TEST_CASE("ADD, COPY and VOLUME fall back to words") {
  CHECK(words(*One("COPY ['a', \"b\"]")) == "['a',|\"b\"]");
  CHECK(words(*One("VOLUME /a\t/b  /c")) == "/a|/b|/c");
  CHECK(words(*One(R"(ADD ["a b", "/c"])")) == "a b|/c");
}

TEST_CASE("HEALTHCHECK has a type, then a command") {
  CHECK(words(*One("HEALTHCHECK --retries=3 CMD a  b")) == "CMD|a  b");
  const One exec(R"(HEALTHCHECK cmd ["a", "b"])");
  CHECK(exec->exec_form);
  CHECK(words(*exec) == "cmd|a|b");
}

TEST_CASE("flags end at the first other word or at --, and lose their quotes") {
  const One copy(R"(COPY --from="b c" --chown=a\ b --link -- --x /to)");
  REQUIRE(copy->flags.size() == 3);
  CHECK(copy->flag("from")->value == "b c");
  CHECK(copy.file.at(copy->flag("from")->value_span) == "\"b c\"");
  CHECK(copy.file.at(copy->flag("from")->span) == "--from=\"b c\"");
  CHECK(copy->flag("chown")->value == "a b");
  CHECK(!copy->flag("link")->has_value);
  CHECK(copy->flag("x") == nullptr);
  CHECK(words(*copy) == "--x|/to");
  CHECK(copy->rest == "--x /to");
  CHECK(One("RUN -x --mount=y")->flags.empty());
}

TEST_CASE("mounts are split into options") {
  const One run(
      "RUN --mount=type=Cache,TARGET=/x,ro --mount=from=b,dst=/a,target=/c \\\n  "
      "--mount=\\\"a=b\\\",c x");
  REQUIRE(run->mounts.size() == 3);
  CHECK(run->mounts[0].type == "cache");
  CHECK(run->mounts[0].option("target", "dst") == "/x");
  CHECK(run->mounts[0].options[2].key == "ro");
  CHECK(run.file.at(run->mounts[0].options[1].value_span) == "/x");
  CHECK(run->mounts[1].type == "bind");
  CHECK(run->mounts[1].option("target", "dst") == "/c");
  CHECK(run.file.at(run->mounts[1].options[0].span) == "from=b");
  CHECK(run->mounts[2].options.size() == 2);
  CHECK(run->mounts[2].option("a") == "b");
  CHECK(run.file.problems().empty());
}

TEST_CASE("ENV has pairs or one pair of the old form") {
  const One env(R"(ENV a=b c="d e" f=g\ h i=)");
  REQUIRE(env->pairs.size() == 4);
  CHECK(env->pairs[1].key == "c");
  CHECK(env->pairs[1].value == "\"d e\"");
  CHECK(env.file.at(env->pairs[1].value_span) == "\"d e\"");
  CHECK(env->pairs[2].value == "g\\ h");
  CHECK(env->pairs[3].has_value);
  CHECK(env->pairs[3].value.empty());
  CHECK(env->pairs[3].value_span.begin == env->pairs[3].span.end);
  const One old("LABEL key  some \"value=x\" \\\n  more");
  CHECK(old->legacy_pair);
  REQUIRE(old->pairs.size() == 1);
  CHECK(old->pairs[0].key == "key");
  CHECK(old->pairs[0].value == "some \"value=x\"   more");
}

TEST_CASE("ARG takes names and pairs") {
  const One arg("ARG a b=c d= \"e=f g\"");
  REQUIRE(arg->pairs.size() == 4);
  CHECK(!arg->pairs[0].has_value);
  CHECK(arg->pairs[1].value == "c");
  CHECK(arg->pairs[2].has_value);
  CHECK(arg->pairs[3].key == "\"e");
}

TEST_CASE("ONBUILD holds an instruction of its own") {
  const One onbuild("onbuild COPY --from=x a \\\n  b");
  REQUIRE(onbuild->trigger != nullptr);
  CHECK(onbuild->trigger->keyword == Keyword::copy);
  CHECK(onbuild->trigger->flag("from")->value == "x");
  CHECK(words(*onbuild->trigger) == "a|b");
  CHECK(onbuild.file.at(onbuild->trigger->words[1].span) == "b");
  CHECK(onbuild->flags.empty());
  CHECK(onbuild.file.problems().empty());
  CHECK(One("ONBUILD COPY --whatever a b").file.problems().empty());  // judged when the child is
                                                                      // built
}

TEST_CASE("the whole rest is one word where Docker does not split") {
  CHECK(words(*One("WORKDIR a b  c ")) == "a b  c");
  CHECK(words(*One("USER \"a\"")) == "\"a\"");
  CHECK(words(*One("EXPOSE 80 8000-8010/udp")) == "80|8000-8010/udp");
  CHECK(words(*One("MAINTAINER A <b@c>")) == "A <b@c>");
}

}  // namespace dockerfile_instructions_test
