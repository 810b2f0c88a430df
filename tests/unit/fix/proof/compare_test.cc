// What a container's last words come to.
#include "fix/proof/compare.h"

#include <doctest/doctest.h>

#include "fix/proof/symptoms.h"

namespace compare_test {

using namespace plimsoll;
using namespace plimsoll::fix::proof;

namespace {

std::string path_of(std::string_view log) {
  const std::vector<Symptom> symptoms = find_symptoms(log);
  return symptoms.empty() ? "none" : symptoms.front().path;
}

std::string reason(const Seen& before, const Seen& after) {
  const std::optional<Worse> worse = compare("web", before, after);
  return worse ? worse->reason : "as good";
}

}  // namespace

TEST_CASE("programs of all kinds name the path that they could not write to") {
  CHECK(path_of("sh: can't create /var/x/y: Read-only file system\n") == "/var/x/y");
  CHECK(path_of("/bin/sh: 1: cannot create /run/a.pid: Read-only file system") == "/run/a.pid");
  CHECK(path_of("OSError: [Errno 30] Read-only file system: '/var/lib/app'") == "/var/lib/app");
  CHECK(path_of("Error: EROFS: read-only file system, open '/data/a b'") == "/data/a b");
  CHECK(path_of("open /x/y: read-only file system") == "/x/y");
  CHECK(path_of("[emerg] 1#1: mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file "
                "system)") == "/var/cache/nginx/client_temp");
  CHECK(path_of(
            "mkdir: cannot create directory \xE2\x80\x98/srv\xE2\x80\x99: Read-only file system") ==
        "/srv");
  CHECK(path_of("Read-only file system") == "");
  CHECK(path_of("all is well at /x") == "none");
}

TEST_CASE("a line is fit for a message, and few are kept") {
  std::string log = "\x1b[31m/a: Permission denied\x1b[0m" + std::string(5000, 'x') + "\n";
  for (int i = 0; i < 500; ++i) log += "/p" + std::to_string(i) + ": Permission denied\n";
  const std::vector<Symptom> symptoms = find_symptoms(log);
  CHECK(symptoms.size() == 50);
  CHECK(symptoms[0].line.size() <= 200);
  CHECK(symptoms[0].line.find('\x1b') == std::string::npos);
}

TEST_CASE("a deed asks for a capability") {
  CHECK(capability_for("chown: /data: Operation not permitted") == "CHOWN");
  CHECK(capability_for("setgroups(1000): Operation not permitted") == "SETGID");
  CHECK(capability_for("nginx: [emerg] bind() to 0.0.0.0:80 failed (1: Operation not permitted)") ==
        "NET_BIND_SERVICE");
  CHECK(capability_for("something: Operation not permitted").empty());
}

TEST_CASE("who ran on must run on, who was healthy must be healthy") {
  const Seen running{.end = End::running}, healthy{.end = End::healthy}, done{.end = End::exited};
  const Seen broken{.end = End::exited, .exit_code = 1, .log = "a\nlast words\n"};
  CHECK(reason(running, running) == "as good");
  CHECK(reason(done, done) == "as good");
  CHECK(reason(running, done) == "web ends with status 0");
  CHECK(reason(running, broken) == "web ends with status 1 (\"last words\")");
  CHECK(reason(healthy, {.end = End::not_healthy, .health_output = "no answer\n"}) ==
        "web does not become healthy (\"no answer\")");
  CHECK(reason(running, {.start_error = "exec: \"a\": permission denied"}).find("is denied") !=
        std::string::npos);
  CHECK(reason(running, {.build_error = "exit code: 1"}) ==
        "web no longer builds (\"exit code: 1\")");
}

TEST_CASE("a read-only root is told with where it wrote before") {
  using Kind = engineapi::Change::Kind;
  const Seen before{.end = End::running,
                    .changes = {{"/var", Kind::modified},
                                {"/var/x", Kind::added},
                                {"/var/x/y", Kind::added},
                                {"/run", Kind::modified},
                                {"/run/pid", Kind::added}}};
  const Seen after{.end = End::exited,
                   .exit_code = 1,
                   .log = "sh: can't create /var/x/y: Read-only file system\n",
                   .read_only = true};
  const std::string told = reason(before, after);
  CHECK(told.find("web writes to /var/x/y, which is read-only then") == 0);
  CHECK(told.find("writes in /run, /var/x:") != std::string::npos);
  CHECK(compare("web", before, after)->words.front() == "read_only");
}

TEST_CASE("a new complaint counts where no health check speaks for the service") {
  const std::string complaint = "mkdir: /x: Read-only file system\n";
  const Seen before{.end = End::running}, after{.end = End::running, .log = complaint};
  CHECK(reason(before, after) != "as good");
  CHECK(reason({.end = End::running, .log = complaint}, after) == "as good");
  CHECK(reason({.end = End::healthy}, {.end = End::healthy, .log = complaint}) == "as good");
}

TEST_CASE("memory, capabilities, accounts") {
  const Seen before{.end = End::running};
  CHECK(reason(before,
               {.end = End::exited, .exit_code = 137, .oom_killed = true, .memory = 16 << 20}) ==
        "web is killed at its memory limit of 16 MiB");
  CHECK(
      reason(before,
             {.end = End::exited, .exit_code = 1, .log = "chown: /d: Operation not permitted\n"}) ==
      "web needs the capability CHOWN (\"chown: /d: Operation not permitted\"); `cap_add: "
      "[CHOWN]` would give it");
  CHECK(reason(before, {.end = End::exited,
                        .exit_code = 1,
                        .log = "sh: can't create /d/x: Permission denied\n",
                        .user = "10"}) ==
        "web is denied /d/x as user 10 (\"sh: can't create /d/x: Permission denied\")");
}

TEST_CASE("what the environment holds is not told") {
  const Seen after{.end = End::exited,
                   .exit_code = 1,
                   .log = "no login with hunter2hunter2\n",
                   .private_texts = {"hunter2hunter2"}};
  CHECK(reason({.end = End::running}, after) == "web ends with status 1 (\"no login with *\")");
}

TEST_CASE("what does not work before is no measure") {
  CHECK(no_measure("web", {.end = End::running}).empty());
  CHECK(no_measure("web", {.untried = "it is privileged"}) == "web: it is privileged");
  CHECK(no_measure("web", {.end = End::exited, .exit_code = 3}) ==
        "before it is fixed, web ends with status 3");
  CHECK(no_measure("web", {.build_error = "no"}) ==
        "web does not build before it is fixed either (\"no\")");
}

}  // namespace compare_test
