// Run lines in the files of each carrier.
#include <doctest/doctest.h>

#include "parse/runline/runline_fixture.h"

namespace extract_test {

using plimsoll::parse::runline::Carrier;
using plimsoll::parse::runline::carrier_of;
using plimsoll::test::print_run_lines;
using plimsoll::test::RunLines;

TEST_CASE("run lines: which files are read") {
  CHECK(carrier_of("a/b.sh", "") == Carrier::shell);
  CHECK(carrier_of("bin/start", "#!/bin/bash -e\n") == Carrier::shell);
  CHECK(carrier_of("bin/start", "#!/usr/bin/env -S sh\n") == Carrier::shell);
  CHECK(carrier_of("bin/start", "#!/usr/bin/python3\n") == Carrier::none);
  CHECK(carrier_of("bin/start", "") == Carrier::none);
  CHECK(carrier_of("Makefile", "") == Carrier::makefile);
  CHECK(carrier_of("x/rules.mk", "") == Carrier::makefile);
  CHECK(carrier_of("README.md", "") == Carrier::markdown);
  CHECK(carrier_of(".github/workflows/ci.yml", "") == Carrier::github);
  CHECK(carrier_of("x/action.yaml", "") == Carrier::github);
  CHECK(carrier_of(".gitlab-ci.yml", "") == Carrier::gitlab);
  CHECK(carrier_of("ci/build.gitlab-ci.yml", "") == Carrier::gitlab);
  CHECK(carrier_of("docker-compose.yml", "") == Carrier::none);
  CHECK(carrier_of("Jenkinsfile", "") == Carrier::jenkins);
  CHECK(carrier_of("x/app.service", "") == Carrier::systemd);
  CHECK(carrier_of("package.json", "") == Carrier::package_json);
  CHECK(carrier_of("Vagrantfile", "") == Carrier::vagrant);
  CHECK(carrier_of("main.c", "") == Carrier::none);
}

TEST_CASE("run lines in scripts: wherever a command may stand") {
  CHECK(print_run_lines("if ! docker run a; then docker run b; fi", Carrier::shell) ==
        "run [] a []\nrun [] b []");
  CHECK(print_run_lines("f() { docker run a; }", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("id=$(docker run -d a)", Carrier::shell) == "run [detach=true] a []");
  CHECK(print_run_lines("x \"$(docker run a)\" | docker run -i b", Carrier::shell) ==
        "run [] a []\nrun [interactive=true] b []");
  CHECK(print_run_lines("for i in 1 2; do docker run a & done", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("# docker run a\necho docker run b\n", Carrier::shell).empty());
  CHECK(print_run_lines("docker run a > out 2>&1", Carrier::shell) == "run [] a []");
}

TEST_CASE("run lines in scripts: here-documents are data unless a shell reads them") {
  CHECK(print_run_lines("cat <<EOF\ndocker run a\nEOF\n", Carrier::shell).empty());
  CHECK(print_run_lines("bash <<EOF\ndocker run a\nEOF\n", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("sudo bash -s <<'EOF'\ndocker run a $X\nEOF\n", Carrier::shell) ==
        "run [] a [$X]");
  CHECK(print_run_lines("ssh -p 22 host <<EOF\ndocker run a \\$X\nEOF\n", Carrier::shell) ==
        "run [] a [$X]");
  CHECK(print_run_lines("bash script.sh <<EOF\ndocker run a\nEOF\n", Carrier::shell).empty());
  // What the here-document's own expansions run, runs.
  CHECK(print_run_lines("cat <<EOF\n$(docker run a)\nEOF\n", Carrier::shell) == "run [] a []");
}

TEST_CASE("run lines in scripts: scripts that are given as words") {
  CHECK(print_run_lines("bash -c 'docker run a'", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("sh -ec \"docker run -v $PWD:/x a\"", Carrier::shell) ==
        "run [volume=$PWD:/x] a []");
  CHECK(print_run_lines("ssh host docker run a", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("ssh host 'docker run a'", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("su - app -c 'docker run a'", Carrier::shell) == "run [] a []");
  CHECK(print_run_lines("eval \"docker run a\"", Carrier::shell) == "run [] a []");
  const RunLines lines("bash -c \"docker run -e A=\\\"b c\\\" img\"", Carrier::shell);
  REQUIRE(lines.print() == "run [env=A=b c] img []");
  CHECK(lines.at(lines.lines[0].options[0].value.where) == "A=\\\"b c\\\"");
  CHECK(lines.at(lines.lines[0].image.where) == "img");
}

TEST_CASE("run lines in Makefiles") {
  const RunLines lines(
      "IMG = x\n"
      "up: build\n"
      "\t@docker run -d \\\n"
      "\t  -v $$PWD:/app -v $(CURDIR)/data:/d \\\n"
      "\t  --name '$(NAME)' $(IMG)\n"
      "\t-$(DOCKER) run --rm a $@\n"
      "down: ; docker run b\n"
      "NOTE := docker run c\n",
      Carrier::makefile);
  CHECK(lines.print() ==
        "run [detach=true volume=$PWD:/app volume=$(CURDIR)/data:/d name=$(NAME)] $(IMG) []\n"
        "run [rm=true] a [$@]\n"
        "run [] b []");
  CHECK(lines.at(lines.lines[0].options[1].value.where) == "$$PWD:/app");
  CHECK(lines.at(lines.lines[0].image.where) == "$(IMG)");
  CHECK_FALSE(lines.lines[0].options[3].value.known());
}

TEST_CASE("run lines in Markdown: fences of commands, without prompts and output") {
  const RunLines lines(
      "docker run prose\n"
      "```bash\n"
      "# a comment\n"
      "docker run -p 80:80 \\\n"
      "  a\n"
      "```\n"
      "1. item\n\n"
      "   ```console\n"
      "   $ docker run b \\\n"
      "   >   x\n"
      "   it's docker run output\n"
      "   # docker run c\n"
      "   ```\n"
      "```yaml\n$ docker run d\n```\n"
      "> ```\n> $ sudo docker run e\n> ```\n"
      "~~~sh\nme@host:~$ docker run f\n~~~\n",
      Carrier::markdown);
  CHECK(lines.print() ==
        "run [publish=80:80] a []\n"
        "run [] b [x]\n"
        "run [] c []\n"
        "run [] e []\n"
        "run [] f []");
  CHECK(lines.at(lines.lines[0].options[0].where) == "-p 80:80");
  CHECK(lines.at(lines.lines[1].command[0].where) == "x");
}

TEST_CASE("run lines in GitHub workflows") {
  const RunLines lines(
      "on: push\n"
      "jobs:\n"
      "  a:\n"
      "    steps:\n"
      "      - run: docker run --rm a\n"
      "      - name: two\n"
      "        run: |\n"
      "          echo x\n"
      "          docker run -e TOKEN=${{ secrets.TOKEN }} \\\n"
      "            '${{ env.IMAGE }}'\n"
      "      - run: >-\n"
      "          docker run\n"
      "          -p 80:80\n"
      "          c\n"
      "      - run: \"docker run -e \\\"A=b\\\" d\"\n"
      "      - uses: x/y\n"
      "        with: {args: docker run e}\n",
      Carrier::github);
  REQUIRE(lines.print() ==
          "run [rm=true] a []\n"
          "run [env=TOKEN=${{ secrets.TOKEN }}] ${{ env.IMAGE }} []\n"
          "run [publish=80:80] c []\n"
          "run [env=A=b] d []");
  CHECK(lines.at(lines.lines[0].image.where) == "a");
  CHECK(lines.at(lines.lines[1].options[0].value.where) == "TOKEN=${{ secrets.TOKEN }}");
  CHECK(lines.at(lines.lines[1].image.where) == "'${{ env.IMAGE }}'");
  CHECK(lines.at(lines.lines[2].options[0].where) == "-p 80:80");
  CHECK(lines.at(lines.lines[2].image.where) == "c");
  CHECK(lines.at(lines.lines[3].options[0].value.where) == "\\\"A=b\\\"");
  CHECK(lines.at(lines.lines[3].image.where) == "d");
}

TEST_CASE("run lines in GitLab CI files") {
  const RunLines lines(
      "before_script: docker run z\n"
      "build:\n"
      "  image: docker:24\n"
      "  script:\n"
      "    - docker run -v \"$CI_PROJECT_DIR:/x\" a\n"
      "    - 'docker run --name ''b'' b'\n"
      "    - |\n"
      "      if true; then\n"
      "        docker run c\n"
      "      fi\n",
      Carrier::gitlab);
  CHECK(lines.print() ==
        "run [] z []\nrun [volume=$CI_PROJECT_DIR:/x] a []\nrun [name=b] b []\nrun [] c []");
  CHECK(lines.at(lines.lines[1].options[0].value.where) == "\"$CI_PROJECT_DIR:/x\"");
  CHECK(lines.at(lines.lines[2].image.where) == "b");
  CHECK(lines.at(lines.lines[3].image.where) == "c");
}

TEST_CASE("run lines in Jenkinsfiles") {
  const RunLines lines(
      "// sh 'docker run no'\n"
      "pipeline { stages { stage('x') { steps {\n"
      "  sh 'docker run a'\n"
      "  sh \"docker run -e A=${env.A} b\"\n"
      "  sh '''\n    docker run \\\\\n      -d c\n  '''\n"
      "  sh(returnStdout: true, script: 'docker run d')\n"
      "  sh label: 'docker run no', script: \"\"\"docker run -e \"B=c\" e\"\"\"\n"
      "  echo 'docker run no'\n"
      "} } } }\n",
      Carrier::jenkins);
  CHECK(lines.print() ==
        "run [] a []\nrun [env=A=${env.A}] b []\nrun [detach=true] c []\nrun [] d []\n"
        "run [env=B=c] e []");
  CHECK(lines.at(lines.lines[2].options[0].where) == "-d");
}

TEST_CASE("run lines in systemd units") {
  const RunLines lines(
      "[Service]\n"
      "Environment=X=docker\n"
      "ExecStartPre=-/usr/bin/docker rm web\n"
      "ExecStart=/usr/bin/docker run --rm --name %n \\\n"
      "  # a comment\n"
      "  -e URL=http://h/?a=b&c=d -e \"A=b c\" -e P=${PASS} $OPTS a:1\n"
      "ExecStopPost=/bin/sh -c 'docker run b'\n"
      "Description=docker run c\n",
      Carrier::systemd);
  CHECK(lines.print() ==
        "run [rm=true name=%n env=URL=http://h/?a=b&c=d env=A=b c env=P=${PASS}] … a:1 []\n"
        "run [] b []");
  CHECK(lines.at(lines.lines[0].options[3].value.where) == "\"A=b c\"");
  CHECK(lines.at(lines.lines[0].image.where) == "a:1");
  CHECK(lines.at(lines.lines[1].image.where) == "b");
}

TEST_CASE("run lines in package.json") {
  const RunLines lines(
      "{\"name\": \"docker run no\", \"scripts\": {\n"
      "  \"db\": \"docker run -e \\\"A=b\\\" -v $PWD:/x pg && echo\",\n"
      "  \"test\": \"jest\"}}\n",
      Carrier::package_json);
  REQUIRE(lines.print() == "run [env=A=b volume=$PWD:/x] pg []");
  CHECK(lines.at(lines.lines[0].options[0].value.where) == "\\\"A=b\\\"");
  CHECK(lines.at(lines.lines[0].image.where) == "pg");
}

TEST_CASE("run lines in Vagrantfiles") {
  const RunLines lines(
      "config.vm.provision \"shell\", inline: <<-SHELL\n"
      "  apt-get update\n"
      "  docker run -d a\n"
      "SHELL\n"
      "config.vm.provision \"shell\", inline: \"docker run b\"\n",
      Carrier::vagrant);
  CHECK(lines.print() == "run [detach=true] a []\nrun [] b []");
  CHECK(lines.at(lines.lines[0].options[0].where) == "-d");
}

}  // namespace extract_test
