// What run lines come to: a row for each option, then the grammars of their values one by one. All
// expected values are by docker/cli's documentation and source, not by ours.
#include <doctest/doctest.h>

#include "facts/runline_fixture.h"

namespace runline_test {

using namespace plimsoll;
using test::print_options;
using test::RunLineFacts;

namespace {

struct Row {
  const char *options, *expected;
};

void check_rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.options);
    CHECK(print_options(row.options) == row.expected);
  }
}

}  // namespace

TEST_CASE("run line facts: each option of docker run") {
  check_rows({
      {"--add-host a:1.2.3.4", "host=a:1.2.3.4"},
      {"--annotation k=v", "annotation=k=v"},
      {"-a stdout --attach stderr", ""},
      {"--blkio-weight 100 --blkio-weight-device /dev/sda:10", ""},
      {"--cap-add net_admin", "cap-add=NET_ADMIN"},
      {"--cap-drop ALL", "cap-drop=ALL"},
      {"--cgroup-parent /x", "cgroup-parent=/x"},
      {"--cgroupns host", "cgroupns=host"},
      {"--cidfile /tmp/x", ""},
      {"--cpu-count 1 --cpu-percent 5 --io-maxbandwidth 1m --io-maxiops 3", ""},
      {"--cpu-period 50000 --cpu-quota 25000", "cpus=0.5"},
      {"--cpu-rt-period 1 --cpu-rt-runtime 1", ""},
      {"-c 512", ""},
      {"--cpus 1.5", "cpus=1.5"},
      {"--cpuset-cpus 0-2 --cpuset-mems 0", ""},
      {"-d --detach-keys ctrl-x", ""},
      {"--device /dev/fuse", "device=/dev/fuse:/dev/fuse:rwm"},
      {"--device-cgroup-rule 'c 1:3 rwm'", "device-rule=c 1:3 rwm"},
      {"--device-read-bps /dev/sda:1mb --device-write-iops /dev/sda:5", ""},
      {"--disable-content-trust=false", ""},
      {"--dns 1.1.1.1 --dns-opt x --dns-option y --dns-search z", ""},
      {"--domainname d", ""},
      {"--entrypoint /bin/sh", "entrypoint=/bin/sh command=removed"},
      {"--env A=b", "env=A=b"},
      {"--env-file .env", "env-file=.env"},
      {"--expose 80 --expose 90-95/udp", "expose=80/tcp expose=90-95/udp"},
      {"--gpus all", "gpus=all"},
      {"--group-add docker", "group=docker"},
      {"--health-cmd 'curl -f http://localhost || exit 1'",
       "health=curl -f http://localhost || exit 1(curl)"},
      {"--health-interval 5s --health-retries 3 --health-timeout 1s --health-start-period 1s "
       "--health-start-interval 1s",
       ""},
      {"--no-healthcheck", "health=removed"},
      {"-h web", "hostname=web"},
      {"--init", "init=true"},
      {"-i", "interactive=true"},
      {"--ip 10.0.0.1 --ip6 ::1 --link-local-ip 169.254.1.1 --mac-address 02:42:00:00:00:01", ""},
      {"--ipc host", "ipc=host"},
      {"--isolation default", "isolation=default"},
      {"--kernel-memory 5m", ""},
      {"-l a=b --label c --label-file f", "label=a=b label=c="},
      {"--link db:d", "link=db:d"},
      {"--log-driver json-file --log-opt max-size=1m", "logging=json-file,max-size=1m"},
      {"-m 512m", "memory=536870912"},
      {"--memory-reservation 1m --memory-swappiness 0", ""},
      {"--memory-swap 1g", "swap=1073741824"},
      {"--mount type=bind,src=/a,dst=/b,readonly", "mount=bind(/a:/b,ro)"},
      {"--name web", "name=web"},
      {"--network host", "network=host"},
      {"--net none", "network=none"},
      {"--network-alias a --net-alias b", ""},
      {"--oom-kill-disable", "oom-kill-disable=true"},
      {"--oom-score-adj -900", "oom-score=-900"},
      {"--pid host", "pid=host"},
      {"--pids-limit 100", "pids=100"},
      {"--platform linux/arm64", "platform=linux/arm64"},
      {"--privileged", "privileged=true"},
      {"-p 8080:80", "publish=[]8080:80/tcp"},
      {"-P", "publish-all=true"},
      {"--pull always", "pull=always"},
      {"-q --sig-proxy=false", ""},
      {"--read-only", "read-only=true"},
      {"--restart always", "restart=always"},
      {"--rm", "rm=true"},
      {"--runtime runsc", "runtime=runsc"},
      {"--security-opt no-new-privileges", "security-opt=no-new-privileges"},
      {"--shm-size 1g", ""},
      {"--stop-signal SIGINT --stop-timeout 5", "stop-signal=SIGINT"},
      {"--storage-opt size=1g", ""},
      {"--sysctl net.core.somaxconn=10", "sysctl=net.core.somaxconn=10"},
      {"--tmpfs /tmp:size=1m,exec", "mount=tmpfs(:/tmp,size=1m,exec)"},
      {"-t", "tty=true"},
      {"--ulimit nofile=10:20", "ulimit=nofile=10:20"},
      {"--use-api-socket", "api-socket=true"},
      {"-u 1000:1000", "user=1000:1000"},
      {"--userns host", "userns=host"},
      {"--uts host", "uts=host"},
      {"-v /a:/b", "mount=bind(/a:/b,create)"},
      {"--volume-driver x", ""},
      {"--volumes-from web:ro", "volumes-from=web:ro"},
      {"-w /app", "workdir=/app"},
  });
}

TEST_CASE("run line facts: published ports") {
  check_rows({
      {"-p 80", "publish=[]0:80/tcp"},
      {"-p 80/UDP", "publish=[]0:80/udp"},
      {"-p 127.0.0.1:8080:80", "publish=[127.0.0.1]8080:80/tcp"},
      {"-p 127.0.0.1::80", "publish=[127.0.0.1]0:80/tcp"},
      {"-p [::1]:8080:80", "publish=[::1]8080:80/tcp"},
      {"-p ::1:8080:80", "publish=[::1]8080:80/tcp"},
      {"-p 8000-8010:8000-8010", "publish=[]8000-8010:8000-8010/tcp"},
      {"-p 8000-8010:80", "publish=[]8000-8010:80/tcp"},
      {"-p 8000-8002:80-81", "! --publish names ranges of different sizes"},
      {"-p published=8080,target=80,protocol=udp", "publish=[]8080:80/udp"},
      {"-p target=80", "publish=[]0:80/tcp"},
      {"-p target=80,x", "! --publish is no list of name=value"},
      {"-p :80", "publish=[]0:80/tcp"},
      {"-p 80:", "! --publish names no port of the container"},
      {"-p 80:http", "! --publish names no port of the container"},
      {"-p 65536:80", "! --publish names no port of the host"},
      {"-p localhost:80:80", "! --publish names no IP address"},
      {"-p 80:80/icmp", "! --publish names no protocol"},
      {"-p 90-80", "! --publish names no port of the container"},
      {"-p $P:80", "publish=?[]0:80/tcp"},
      {"-p 127.0.0.1:${P:-80}:80", "publish=?[127.0.0.1]0:80/tcp"},
  });
}

TEST_CASE("run line facts: volumes") {
  check_rows({
      {"-v /tmp", "mount=volume(:/tmp)"},
      {"-v data:/d", "mount=volume(data:/d)"},
      {"-v data:/d:ro", "mount=volume(data:/d,ro)"},
      {"-v ./x:/d", "mount=bind(./x:/d,create)"},
      {"-v ~/x:/d", "mount=bind(~/x:/d,create)"},
      {"-v /a:/b:ro,rshared,z", "mount=bind(/a:/b,ro,create,rshared)"},
      {"-v 'C:\\x:/d'", "mount=bind(C:\\x:/d,create)"},
      {"-v /a:/b:ro:x", "! --volume has too many colons"},
      {"-v :/b", "! --volume has an empty part"},
      {"-v $PWD:/b", "mount=bind($PWD:/b,create)"},
      {"-v \"$(pwd)/x:/b:ro\"", "mount=bind($(pwd)/x:/b,ro,create)"},
      {"-v ${X:-/a}:/b", "mount=?volume(${X:-/a}:/b)"},
      {"-v /a:$T", "mount=?bind(/a:$T,create)"},
      {"-v $VOLUME", "mount=?volume(:$VOLUME)"},
  });
}

TEST_CASE("run line facts: mounts") {
  check_rows({
      {"--mount src=data,dst=/d", "mount=volume(data:/d)"},
      {"--mount target=/d", "mount=volume(:/d)"},
      {"--mount TYPE=Bind,Source=/a,Destination=/b", "mount=bind(/a:/b)"},
      {"--mount type=bind,src=/a,dst=/b,ro=false", "mount=bind(/a:/b)"},
      {"--mount type=bind,src=/a,dst=/b,ro=1", "mount=bind(/a:/b,ro)"},
      {"--mount type=bind,src=/a,dst=/b,ro=yes",
       "! --mount has a switch that is neither true nor false"},
      {"--mount type=bind,src=/a,dst=/b,bind-propagation=rshared", "mount=bind(/a:/b,rshared)"},
      {"--mount type=bind,src=/a,dst=/b,bind-create-src", "mount=bind(/a:/b,create)"},
      {"--mount type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=1770",
       "mount=tmpfs(:/t,size=1m,mode=1770)"},
      {"--mount type=image,src=alpine,dst=/i", "mount=image(alpine:/i)"},
      {"--mount 'type=bind,\"src=/a,b\",dst=/b'", "mount=bind(/a,b:/b)"},
      {"--mount type=bind,dst=/b", "! --mount names no source"},
      {"--mount type=bind,src=/a", "! --mount names no target"},
      {"--mount type=none,dst=/b", "! --mount has a type that does not exist"},
      {"--mount dst=/b,x=y", "! --mount has a key that does not exist"},
      {"--mount dst", "! --mount is no list of name=value"},
      {"--mount type=bind,src=$PWD/x,dst=/b", "mount=bind($PWD/x:/b)"},
      {"--mount type=volume,src=$V,dst=/b", "mount=?volume($V:/b)"},
      {"--mount type=bind,src=/a,dst=/b,consistency=cached", "mount=bind(/a:/b)"},
      {"--mount type=bind,src=/a,dst=/b,volume-nocopy",
       "! --mount has a key of another type of mount"},
      {"--mount type=volume,src=a,dst=/b,volume-nocopy,volume-opt=o=bind", "mount=volume(a:/b)"},
  });
}

TEST_CASE("run line facts: devices") {
  check_rows({
      {"--device /dev/a:/dev/b", "device=/dev/a:/dev/b:rwm"},
      {"--device /dev/a:r", "device=/dev/a:/dev/a:r"},
      {"--device /dev/a:/dev/b:rw", "device=/dev/a:/dev/b:rw"},
      {"--device /dev/a:rr", "device=/dev/a:rr:rwm"},
      {"--device /dev/a:/dev/b:x", "! --device has permissions other than r, w and m"},
      {"--device vendor.com/gpu=all", "device=vendor.com/gpu=all::"},
      {"--device $D", "device=?$D:$D:rwm"},
  });
}

TEST_CASE("run line facts: sizes and numbers") {
  check_rows({
      {"-m 6291456", "memory=6291456"},
      {"-m 1.5g", "memory=1610612736"},
      {"-m 1GiB", "memory=1073741824"},
      {"-m 1Kb", "memory=1024"},
      {"-m 10b", "memory=10"},
      {"-m '1 g'", "memory=1073741824"},
      {"-m 0", "memory=0"},
      {"-m 1x", "! --memory is no size"},
      {"-m g", "! --memory is no size"},
      {"-m 1gg", "! --memory is no size"},
      {"-m=-1", "! --memory is no size"},
      {"-m $M", "memory=?"},
      {"--memory-swap -1", "swap=-1"},
      {"--cpus .5", "cpus=0.5"},
      {"--cpus 1/2", "cpus=0.5"},
      {"--cpus 0", "cpus=0"},
      {"--cpus x", "! --cpus is no number of processors"},
      {"--cpus 1.0000000001", "! --cpus is no number of processors"},
      {"--cpu-quota 50000", "cpus=0.5"},
      {"--cpu-quota -1", ""},
      {"--cpus 1 --cpu-quota 1000", "cpus=1 ! --cpu-quota and --cpus exclude each other"},
      {"--pids-limit -1", "pids=-1"},
      {"--pids-limit many", "! --pids-limit is no number"},
      {"--ulimit nofile=10", "ulimit=nofile=10:10"},
      {"--ulimit core=-1", "ulimit=core=-1:-1"},
      {"--ulimit nofile=20:10", "! --ulimit is no limit of the form name=soft:hard"},
      {"--ulimit files=20", "! --ulimit is no limit of the form name=soft:hard"},
  });
}

TEST_CASE("run line facts: the process") {
  check_rows({
      {"-e K", "env=K"},
      {"-e K=", "env=K="},
      {"-e K=$V", "env=?K=$V"},
      {"-e $K=v", "env=?$K=v"},
      {"--cap-add CAP_SYS_ADMIN --cap-add all", "cap-add=SYS_ADMIN cap-add=ALL"},
      {"--cap-add CAP_ALL", "! --cap-add names no capability"},
      {"--cap-drop NET_ADMIN,CHOWN", "! --cap-drop names no capability"},
      {"--entrypoint ''", "entrypoint=removed"},
      {"--entrypoint $E", "entrypoint=? command=removed"},
      {"-u ''", ""},
      {"-u $UID", "user=?"},
      {"-u \"$(id -u):$(id -g)\"", "user=?"},
      {"--privileged=false", "privileged=false"},
      {"--privileged=$P", "privileged=?"},
      {"--restart on-failure:5", "restart=on-failure:5"},
      {"--restart on-failure", "restart=on-failure"},
      {"--restart no", "restart=no"},
      {"--restart sometimes", "! --restart is no restart policy"},
      {"--restart always:5", "! --restart is no restart policy"},
      {"--rm --restart always", "restart=always rm=true ! --rm and --restart exclude each other"},
      {"--rm --restart no", "restart=no rm=true"},
      {"--no-healthcheck --health-cmd x",
       "health=removed ! --no-healthcheck and --health-cmd exclude each other"},
      {"--health-cmd 'bash -c \"wget -q x\"'", "health=bash -c \"wget -q x\"(wget)"},
      {"--log-opt a=b", "logging=,a=b"},
      {"--log-driver none --log-opt a=b",
       "logging=none,a=b ! --log-opt can't be given with --log-driver none"},
      {"--network a --network b", "network=a net=a net=b"},
      {"--network name=a,alias=x", "network=a net=a"},
      {"--network container:x", "network=container:x"},
      {"-u 1 -u 2", "user=2"},
      {"--security-opt seccomp:unconfined --security-opt seccomp=builtin",
       "security-opt=seccomp:unconfined security-opt=seccomp=builtin"},
  });
  CHECK(RunLineFacts("docker run img a 'b c'").print() == "command=a,b c");
  CHECK(RunLineFacts("docker run img a $B").print() == "command=?");
}

TEST_CASE("run line facts: places") {
  RunLineFacts run("docker run -d --user=10 -v /a:/b img:1 x y");
  CHECK(run.at(run.c().user.where) == "--user=10");
  CHECK(run.at(run.c().mounts.items[0].where) == "-v /a:/b");
  CHECK(run.at(run.c().image.where) == "img:1");
  CHECK(run.at(run.c().command.where) == "x y");
  CHECK(run.at(run.c().read_only.where) == "run");
  CHECK(run.at(run.c().added_capabilities.where) == "run");
  CHECK(run.at(run.c().where) == "docker run -d --user=10 -v /a:/b img:1 x y");
  CHECK(run.c().user.where.source == 3);
  CHECK(run.c().kind == facts::ContainerKind::run);
}

TEST_CASE("run line facts: what is not said, and what can't be seen") {
  RunLineFacts plain("docker run img");
  CHECK(plain.c().read_only.absent());
  CHECK(plain.c().published_ports.complete);
  CHECK(plain.c().user.unknown());  // the image may say it
  CHECK(plain.c().user.origin == facts::Origin::base_image);
  RunLineFacts hidden("docker run $OPTS --init img");
  CHECK(hidden.c().read_only.unknown());
  CHECK(hidden.c().read_only.unknown_because == "what $OPTS holds is not known");
  CHECK(hidden.c().init.known());
  CHECK_FALSE(hidden.c().published_ports.complete);
  CHECK(hidden.c().user.unknown());
  RunLineFacts broken("docker run --init --nonsense img");
  CHECK(broken.c().init.known());
  CHECK(broken.c().read_only.unknown());
  CHECK(broken.c().image.unknown());
  CHECK(broken.print() == "init=true ! docker run has no option '--nonsense'");
  RunLineFacts file("docker run --env-file x img");
  CHECK_FALSE(file.c().environment.complete);
}

TEST_CASE("run line facts: what is known of the image lies under them") {
  RunLineFacts alpine("docker run alpine:3.22");
  REQUIRE(alpine.c().base != nullptr);
  CHECK(alpine.c().user.absent());
  CHECK(alpine.at(alpine.c().user.where) == "run");
  RunLineFacts own("docker run -u 1000 alpine:3.22");
  CHECK(own.c().user.value == "1000");
  CHECK(own.c().user.origin == facts::Origin::written);
}

}  // namespace runline_test
