// Each thing that a fix must not do, done by a made-up one.
#include "fix/trial.h"

namespace prove_test {

using namespace plimsoll;
using test::Files;
using test::why_not;

static std::string in_dockerfile(const std::string& text, const std::string& old_text,
                                 const std::string& new_text, const std::string& rule = {}) {
  return why_not({{"Dockerfile", text}}, {{"Dockerfile", old_text, new_text, rule}});
}

static const std::string kPlain =
    "FROM debian:12\n# why\nRUN apt-get install -y a \\\n  # inner\n  && b\nUSER 1000\n";

TEST_CASE("what is meant is proved") {
  CHECK(in_dockerfile("FROM debian:12\nRUN apt-get install curl\nUSER 1000\n", "install",
                      "install -y", "apt-without-yes") == "");
  CHECK(in_dockerfile(kPlain, "USER 1000\n", "USER 1000\nENV a=b\n") == "");
}

TEST_CASE("the file must parse as it did") {
  CHECK(in_dockerfile(kPlain, "USER 1000", "USER").starts_with("the file would no longer parse: "));
  // One that is broken already may stay so, but not get worse.
  CHECK(in_dockerfile("FROM debian:12\nFOO\nENV x=1\nUSER 1000\n", "x=1", "x=2") == "");
  CHECK(in_dockerfile("FROM debian:12\nFOO\nENV x=1\nUSER 1000\n", "x=1", "")
            .starts_with("the file would no longer parse: "));
}

TEST_CASE("the finding must be gone") {
  CHECK(in_dockerfile("FROM debian:12\nRUN apt-get install curl\nUSER 1000\n", "install",
                      "install  ", "apt-without-yes") == "its finding would stay");
}

TEST_CASE("no finding must come") {
  CHECK(in_dockerfile("FROM debian:12\nENV a=b\nUSER 1000\n", "ENV a=b\n", "RUN sudo true\n") ==
        "it would add a finding: sudo-in-run in line 2");
  // In a range that is replaced, as many as before may stand.
  CHECK(in_dockerfile("FROM debian:12\nRUN sudo true\nUSER 1000\n", "sudo true", "sudo false") ==
        "");
  CHECK(in_dockerfile("FROM debian:12\nRUN sudo true\nUSER 1000\n", "sudo true",
                      "sudo true && sudo true") == "it would add a finding: sudo-in-run in line 2");
}

TEST_CASE("a finding that was accepted must not come back") {
  CHECK(in_dockerfile("FROM debian:12\n# plimsoll: ignore=sudo-in-run\nRUN sudo true\nUSER 1000\n",
                      "# plimsoll: ignore=sudo-in-run\n",
                      "") == "it would add a finding: sudo-in-run in line 2");
}

TEST_CASE("other instructions must stay as they are") {
  // An open quote in a here-document's name takes what follows into its body.
  CHECK(in_dockerfile("FROM debian:12\nRUN a\nENV c=d\nE\nUSER 1000\n", "RUN a", "RUN cat <<E") !=
        "");
  CHECK(in_dockerfile("FROM debian:12\nRUN a\nENV c=d\nUSER 1000\n", "RUN a", "RUN a \\")
            .starts_with("another instruction would change: that of line 3"));
}

TEST_CASE("comments, marks, line ends and directives must stay") {
  CHECK(in_dockerfile("FROM debian:12\nRUN a\n# why\nE\nUSER 1000\n", "RUN a", "RUN cat <<E") !=
        "");
  CHECK(in_dockerfile("\xEF\xBB\xBF"
                      "FROM debian:12\nUSER 1000\n",
                      "\xEF\xBB\xBF", "") == "the byte order mark would not be kept");
  CHECK(in_dockerfile("FROM debian:12\r\nENV a=b\r\nUSER 1000\r\n", "ENV a=b\r\n",
                      "ENV a=b\nENV c=d\r\n") == "the file's line ends would not be kept");
  CHECK(in_dockerfile("# escape=`\nFROM debian:12\nUSER 1000\n", "# escape=`\n", "") ==
        "the directives at the top of the file would change");
}

static const std::string kCompose =
    "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n    ports: ['80:80']\n";

static std::string in_compose(const std::string& old_text, const std::string& new_text,
                              const std::string& rule = {}) {
  return why_not({{"compose.yaml", kCompose}}, {{"compose.yaml", old_text, new_text, rule}},
                 {"privileged-container"});
}

TEST_CASE("a Compose project must load, and change where it is edited alone") {
  CHECK(in_compose("privileged: true", "privileged: false", "privileged-container") == "");
  CHECK(in_compose("    privileged: true\n", "", "privileged-container") == "");
  CHECK(in_compose("\n    ports", "\n    read_only: true\n    ports") == "");
  CHECK(in_compose("'80:80'", "'127.0.0.1:80:80'") == "");
  CHECK(in_compose("image: nginx:1.27", "imag: nginx:1.27")
            .starts_with("Compose would refuse the project: "));
  // A plain scalar that runs on takes the new line as its own.
  CHECK(in_compose("\n    privileged: true", "\n      x\n    privileged: true") ==
        "it would also change services.web.image");
}

TEST_CASE("of a run line only options change, and only where the change is") {
  const test::Files files = {
      {"run.sh", "docker run -d -e A=b nginx:1.27 nginx -g x\necho docker run\n"}};
  const auto why = [&](std::string old_text, std::string new_text) {
    return test::why_not(files, {{"run.sh", std::move(old_text), std::move(new_text), ""}},
                         {"privileged-container"});
  };
  CHECK(why("run -d", "run --cap-drop ALL -d").empty());
  CHECK(why(" -d", "").empty());
  CHECK(why("run -d", "run --memory 1g --cap-drop ALL -d").empty());
  // It would be taken for the image.
  CHECK(!why("run -d", "run ALL -d").empty());
  // A switch that takes the next word for its value, and one that the program refuses.
  CHECK(!why("run", "run --memory").empty());
  CHECK(!why("run -d", "run --no-such -d").empty());
  CHECK(why("nginx -g x", "nginx -g y") == "the line would start another command");
  CHECK(why("docker run -d", "docker create").empty() == false);
  CHECK(why("echo docker run", "docker run a").find("come or go") != std::string::npos);
}

}  // namespace prove_test
