// What Docker refuses, with the place and the words in which we say so.
#include "dockerfile_fixture.h"

namespace dockerfile_problems_test {

using plimsoll::test::Dockerfile;
using plimsoll::test::problems_of;

TEST_CASE("FROM") {
  CHECK(Dockerfile("FROM").problems() ==
        "FROM: FROM takes an image, or an image and AS and a name\n");
  CHECK(Dockerfile("FROM a b").problems() ==
        "FROM a b: FROM takes an image, or an image and AS and a name\n");
  CHECK(Dockerfile("FROM a b c").problems() ==
        "FROM a b c: FROM takes an image, or an image and AS and a name\n");
  CHECK(Dockerfile("FROM a AS 1b")
            .problems()
            .starts_with("1b: \"1b\" cannot be the name of a stage"));
  CHECK(Dockerfile("FROM a AS b/c").problems().starts_with("b/c: "));
  CHECK(Dockerfile("FROM a aS B.c_d-1\nFROM b as b.C_d-1").problems().empty());
  CHECK(Dockerfile("ARG x\nRUN a\nRUN b\nFROM c").problems() ==
        "RUN a: no FROM stands above RUN, so it belongs to no stage\n");
}

TEST_CASE("unknown instructions") {
  CHECK(problems_of("RUNN a") == "RUNN: unknown instruction RUNN (did you mean RUN?)\n");
  CHECK(problems_of("&& a") == "&&: unknown instruction &&\n");
  CHECK(problems_of("WORKDR a\nFRM b") ==
        "WORKDR: unknown instruction WORKDR (did you mean WORKDIR?)\nFRM: unknown instruction FRM "
        "(did you mean FROM?)\n");
}

TEST_CASE("missing arguments") {
  for (const char* keyword : {"ADD", "ARG", "COPY", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL",
                              "MAINTAINER", "ONBUILD", "SHELL", "STOPSIGNAL", "USER", "VOLUME",
                              "WORKDIR", "COPY a", "HEALTHCHECK CMD", "VOLUME []", "SHELL []"})
    CHECK_MESSAGE(problems_of(keyword).find(" need") != std::string::npos, keyword);
  for (const char* keyword : {"RUN", "CMD", "ENTRYPOINT"}) CHECK(problems_of(keyword).empty());
}

TEST_CASE("wrong arguments") {
  CHECK(problems_of("ENV a") == "a: ENV must have two arguments\n");
  CHECK(problems_of("ENV a=b c") == "c: can't find = in \"c\": ENV takes name=value words\n");
  CHECK(problems_of("LABEL =b") == "=b: LABEL needs a name in front of the =\n");
  CHECK(problems_of("ARG a =b") == "=b: ARG needs a name in front of the =\n");
  CHECK(problems_of("VOLUME [\"a\", \" \"]") == " : a VOLUME cannot be an empty text\n");
  CHECK(problems_of("SHELL bash -c") ==
        "bash -c: SHELL needs a JSON array, as in SHELL [\"/bin/bash\", \"-c\"]\n");
  CHECK(problems_of("ONBUILD ONBUILD RUN a") == "ONBUILD: ONBUILD cannot hold ONBUILD\n");
  CHECK(problems_of("ONBUILD from a") == "from: ONBUILD cannot hold FROM\n");
  CHECK(problems_of("ONBUILD ENV a") == "a: ENV must have two arguments\n");
  CHECK(problems_of("ONBUILD NONSENSE").empty());  // Docker finds out only when a child is built
}

TEST_CASE("flags") {
  CHECK(problems_of("COPY --form=a b c") ==
        "--form=a: COPY has no flag --form (did you mean --from?)\n");
  CHECK(problems_of("CMD --x a") == "--x: CMD has no flag --x\n");
  CHECK(problems_of("COPY --from a b c") == "--from: --from needs a value\n");
  CHECK(problems_of("COPY --from=a --from=b c d") == "--from=b: --from is given twice\n");
  CHECK(problems_of("COPY --exclude=a --exclude=b --link=FALSE --parents c d").empty());
  CHECK(problems_of("COPY --link=no c d") ==
        "--link=no: --link is either true or false, not \"no\"\n");
  CHECK(problems_of("COPY --link= c d") == "--link=: --link is either true or false, not \"\"\n");
  CHECK(problems_of("RUN --network=x a") == "x: --network is default, none or host, not \"x\"\n");
  CHECK(problems_of("RUN --security=x a") == "x: --security is sandbox or insecure, not \"x\"\n");
  CHECK(problems_of("ARG --x a\nSTOPSIGNAL --x 9\nHEALTHCHECK --x NONE").empty());
}

TEST_CASE("mounts and devices") {
  CHECK(problems_of("RUN --mount= a") == ": the value of --mount cannot be read: it is empty\n");
  CHECK(problems_of("RUN --mount=a\\\"b a").find("a quote stands within a field") !=
        std::string::npos);
  CHECK(problems_of("RUN --mount=FROM=$x a")
            .starts_with("FROM=$x: from= of a mount takes no variables"));
  CHECK(problems_of("RUN --mount=from=x$ --mount=type=new,target=$y a").empty());
  CHECK(problems_of("RUN --device=a,required=true,name=b a") ==
        "a,required=true,name=b: the device already has the name a\n");
  CHECK(problems_of("RUN --device=name=a,b a") ==
        "name=a,b: unexpected \"b\" in the value of --device\n");
  CHECK(problems_of("RUN --device=a,required=2 a").find("neither true nor false") !=
        std::string::npos);
}

TEST_CASE("HEALTHCHECK") {
  CHECK(problems_of("HEALTHCHECK NONE a") == "a: HEALTHCHECK NONE takes no arguments\n");
  CHECK(problems_of("HEALTHCHECK a b") == "a: HEALTHCHECK takes CMD or NONE, not a\n");
  for (const char* good :
       {"5s", "1h2m3.5s", "0", "", "1ms", ".5s", "5.s", "+1m", "-0s", "9223372036.854775807s"})
    CHECK_MESSAGE(problems_of(std::string("HEALTHCHECK --interval=") + good + " CMD a").empty(),
                  good);
  for (const char* bad :
       {"5", "s", "1d", "1s2", "-", ".s", "1..2s", "9223372036854775808ns", "1\u00B5s"})
    CHECK_MESSAGE(problems_of(std::string("HEALTHCHECK --timeout=") + bad + " CMD a")
                          .find("is not a duration") != std::string::npos,
                  bad);
  for (const char* low : {"999us", "-1s", "1ns"})
    CHECK_MESSAGE(problems_of(std::string("HEALTHCHECK --start-period=") + low + " CMD a")
                          .find("less than 1ms") != std::string::npos,
                  low);
  CHECK(problems_of("HEALTHCHECK --retries=+3 CMD a").empty());
  for (const char* bad : {"x", "2147483648", "+-1", "1.5", "-1"})
    CHECK_MESSAGE(!problems_of(std::string("HEALTHCHECK --retries=") + bad + " CMD a").empty(),
                  bad);
}

TEST_CASE("reading goes on behind a problem, and only the broken instruction is marked") {
  const Dockerfile file("FROM a\nENV x\nRUN b\nCOPY c\n");
  REQUIRE(file.tree.instructions.size() == 4);
  CHECK(file.tree.problems.size() == 2);
  CHECK(file[1].broken);
  CHECK(!file[2].broken);
  CHECK(file[3].broken);
}

}  // namespace dockerfile_problems_test
