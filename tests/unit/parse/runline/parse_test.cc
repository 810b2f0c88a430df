// Options, image and command of run lines, by pflag's rules.
#include <doctest/doctest.h>

#include "parse/runline/runline_fixture.h"

namespace parse_test {

using plimsoll::test::print_run_lines;
using plimsoll::test::RunLines;

TEST_CASE("run lines: all ways to write an option's value") {
  CHECK(print_run_lines("docker run --publish 80:80 nginx") == "run [publish=80:80] nginx []");
  CHECK(print_run_lines("docker run --publish=80:80 nginx") == "run [publish=80:80] nginx []");
  CHECK(print_run_lines("docker run -p 80:80 nginx") == "run [publish=80:80] nginx []");
  CHECK(print_run_lines("docker run -p80:80 nginx") == "run [publish=80:80] nginx []");
  CHECK(print_run_lines("docker run -p=80:80 nginx") == "run [publish=80:80] nginx []");
  // pflag looks for `=` only where something follows it.
  CHECK(print_run_lines("docker run -e= nginx") == "run [env==] nginx []");
  CHECK(print_run_lines("docker run --env= nginx") == "run [env=] nginx []");
  CHECK(print_run_lines("docker run -e A=b=c nginx") == "run [env=A=b=c] nginx []");
  // A value may look like an option.
  CHECK(print_run_lines("docker run --entrypoint --version nginx") ==
        "run [entrypoint=--version] nginx []");
}

TEST_CASE("run lines: switches take a value only behind `=`, and bundle") {
  CHECK(print_run_lines("docker run --rm true") == "run [rm=true] true []");
  CHECK(print_run_lines("docker run --rm=false true") == "run [rm=false] true []");
  CHECK(print_run_lines("docker run -itd alpine sh") ==
        "run [interactive=true tty=true detach=true] alpine [sh]");
  CHECK(print_run_lines("docker run -itp 80:80 alpine") ==
        "run [interactive=true tty=true publish=80:80] alpine []");
  CHECK(print_run_lines("docker run -itp80:80 alpine") ==
        "run [interactive=true tty=true publish=80:80] alpine []");
  CHECK(print_run_lines("docker run -it=false alpine") ==
        "run [interactive=true tty=false] alpine []");
  CHECK(print_run_lines("docker run --privileged=yes alpine") ==
        "run [] … ! --privileged is true or false");
  CHECK(print_run_lines("docker run --privileged=T alpine") == "run [privileged=T] alpine []");
}

TEST_CASE("run lines: nothing behind the image is an option") {
  CHECK(print_run_lines("docker run alpine --privileged -p 80:80") ==
        "run [] alpine [--privileged -p 80:80]");
  CHECK(print_run_lines("docker run --rm -- alpine ls -l") == "run [rm=true] alpine [ls -l]");
  CHECK(print_run_lines("docker run -d nginx -- x") == "run [detach=true] nginx [-- x]");
  CHECK(print_run_lines("docker run -") == "run [] - []");
}

TEST_CASE("run lines: what the program refuses is said, with its place") {
  const RunLines lines("docker run -d --nonsense x alpine");
  CHECK(lines.print() == "run [detach=true] … ! docker run has no option '--nonsense'");
  CHECK(lines.at(lines.lines[0].problem_where) == "--nonsense");
  CHECK(print_run_lines("docker run -dZ alpine") ==
        "run [detach=true] … ! docker run has no option '-Z'");
  CHECK(print_run_lines("docker run --=x alpine") == "run [] … ! docker run has no option '--'");
  CHECK(print_run_lines("docker run --help") == "run [] … ! docker run has no option '--help'");
  CHECK(print_run_lines("docker run -d --name") ==
        "run [detach=true] … ! the option --name lacks its value");
  CHECK(print_run_lines("docker run -d") == "run [detach=true] … ! no image is named");
  CHECK(print_run_lines("docker run [OPTIONS] IMAGE") == "run [] … ! this is no image's name");
  // Only `run` starts what it makes.
  CHECK(print_run_lines("docker create -d alpine") ==
        "create [] … ! docker create has no option '-d'");
}

TEST_CASE("run lines: programs, their own options, and what stands before them") {
  for (const char* text : {
           "docker container run alpine",
           "docker -H tcp://h:2375 run alpine",
           "docker --host=tcp://h:2375 -D --tlsverify --context x run alpine",
           "docker -lerror -c prod run alpine",
           "/usr/bin/docker run alpine",
           "sudo docker run alpine",
           "sudo -u root -E docker run alpine",
           "sudo --user root A=b docker run alpine",
           "env A=b C= docker run alpine",
           "A=b exec docker run alpine",
           "time nohup nice -n 5 docker run alpine",
           "timeout -k 5 30s docker run alpine",
           "timeout 30 docker run alpine",
           "xargs -n1 docker run alpine",
           "eval docker run alpine",
           "podman --log-level debug run alpine",
           "nerdctl -n k8s.io run alpine",
           "$DOCKER run alpine",
           "${CONTAINER_ENGINE:-docker} run alpine",
       }) {
    CAPTURE(text);
    CHECK(print_run_lines(text) == "run [] alpine []");
  }
  for (const char* text : {
           "docker",
           "docker run",
           "docker ps run",
           "docker compose run web",
           "docker build .",
           "echo docker run alpine",
           "docker exec run alpine",
           "dockerd run alpine",
           "docker --nonsense run alpine",
           "$APP run alpine",
           "docker $VERB alpine",
           "apt-get install docker run",
       }) {
    CAPTURE(text);
    CHECK(print_run_lines(text).empty());
  }
}

TEST_CASE("run lines: podman and nerdctl have options of their own") {
  CHECK(print_run_lines("podman run --pod web --replace alpine") ==
        "run [pod=web replace=true] alpine []");
  CHECK(print_run_lines("docker run --replace alpine") ==
        "run [] … ! docker run has no option '--replace'");
  CHECK(print_run_lines("nerdctl run --rootfs x") == "run [rootfs=true] x []");
}

TEST_CASE("run lines: what a shell fills in is a hole") {
  const RunLines lines("docker run -v \"$PWD\":/app:ro --name=a-$X-b -p${PORT:-80}:80 alpine");
  CHECK(lines.print() == "run [volume=$PWD:/app:ro name=a-$X-b publish=${PORT:-80}:80] alpine []");
  const auto& options = lines.lines[0].options;
  REQUIRE(options.size() == 3);
  REQUIRE(options[0].value.holes.size() == 1);
  CHECK(options[0].value.holes[0].begin == 0);
  CHECK(options[0].value.holes[0].end == 4);
  REQUIRE(options[1].value.holes.size() == 1);
  CHECK(options[1].value.holes[0].begin == 2);
  CHECK(options[1].value.holes[0].end == 4);
  CHECK(lines.at(options[1].value.where) == "a-$X-b");
  REQUIRE(options[2].value.holes.size() == 1);
  CHECK(options[2].value.holes[0].end == 11);
}

TEST_CASE(
    "run lines: a word that may be options hides what is missing, one that may be all hides all") {
  CHECK(print_run_lines("docker run $OPTS -p 80:80 alpine") == "run [publish=80:80] … alpine []");
  CHECK(print_run_lines("docker run -d \"${args[@]}\" alpine") == "run [detach=true] … alpine []");
  CHECK(print_run_lines("docker run \"$@\"") == "run [] …");
  CHECK(print_run_lines("docker run ${DEBUG:+-e DEBUG=1} alpine") == "run [] … alpine []");
  CHECK(print_run_lines("docker run -d $X --privileged") == "run [detach=true] …");
  CHECK(print_run_lines("docker run -d $(things) alpine") == "run [detach=true] …");
  CHECK(print_run_lines("docker run --$X alpine") == "run [] …");
  CHECK(print_run_lines("docker run -d$X alpine") == "run [detach=true] …");
  // Names and what follows tell an image.
  CHECK(print_run_lines("docker run -d $IMAGE --privileged") ==
        "run [detach=true] $IMAGE [--privileged]");
  CHECK(print_run_lines("docker run \"${REGISTRY}/app:1\"") == "run [] ${REGISTRY}/app:1 []");
  CHECK(print_run_lines("docker run $USER/app ls") == "run [] $USER/app [ls]");
  CHECK(print_run_lines("docker run $(docker build -q .)") == "run [] $(docker build -q .) []");
  CHECK(print_run_lines("docker run app:$V") == "run [] app:$V []");
}

TEST_CASE("run lines: places are those of the source, over continued lines too") {
  const RunLines lines("docker run \\\n  -p 80:80 \\\n  --name='a b' \\\n  nginx:1 \\\n  -g x\n");
  REQUIRE(lines.lines.size() == 1);
  const auto& line = lines.lines[0];
  CHECK(lines.at(line.program.where) == "docker");
  CHECK(lines.at(line.verb_word.where) == "run");
  REQUIRE(line.options.size() == 2);
  CHECK(lines.at(line.options[0].where) == "-p 80:80");
  CHECK(lines.at(line.options[0].value.where) == "80:80");
  CHECK(lines.at(line.options[1].where) == "--name='a b'");
  CHECK(line.options[1].value.text == "a b");
  CHECK(lines.at(line.image.where) == "nginx:1");
  CHECK(lines.at(line.command[0].where) == "-g");
  CHECK(line.source == 7);
}

}  // namespace parse_test
