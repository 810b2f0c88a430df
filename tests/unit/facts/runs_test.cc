// RUN as commands: order, pipelines, wrappers, quoted scripts, here-documents, the exec form, and
// their places.
#include <doctest/doctest.h>

#include "lowered.h"

namespace runs_test {

using namespace plimsoll;
using namespace plimsoll::facts;

namespace {
Lowered of(const std::string& run) {
  return Lowered("FROM scratch\nRUN " + run + "\n");
}
}  // namespace

TEST_CASE("commands in source order") {
  const Lowered d =
      of("a && (b; c | d) || { e & } ; if f; then g; fi; for x in $(h); do i; done; j() { k; }; "
         "A=$(l) m \"$(n)\"");
  CHECK(d.names() == "a b c d e f g h i k m l n");
  const auto commands = d.run().commands;
  CHECK(commands[2].pipeline == commands[3].pipeline);
  CHECK(commands[2].piped_out);
  CHECK(commands[3].piped_in);
  CHECK(commands[0].pipeline != commands[1].pipeline);
  CHECK(commands[0].depth == 0);
  CHECK(commands[1].depth == 1);
  CHECK(d.run().has_pipe);
  CHECK(d.run().understood);
  for (std::uint32_t i = 0; i < commands.size(); ++i) {
    CHECK(commands[i].index == i);
    CHECK(commands[i].run == &d.run());
    CHECK(d.at(commands[i].name_span) == commands[i].name);
  }
}

TEST_CASE("places go through continuations") {
  const Lowered d(
      "FROM scratch\nRUN apt-get update && \\\n # comment\n  apt-get install \\\n    -y \\\n    "
      "curl=1 \\\n    vim\n");
  const Command& install = d.command(1);
  CHECK(d.at(install.place()) == "apt-get install \\\n    -y \\\n    curl=1 \\\n    vim");
  REQUIRE(install.packages->packages.size() == 2);
  CHECK(d.at(install.packages->packages[0].span) == "curl=1");
  CHECK(d.at(install.packages->packages[1].span) == "vim");
  CHECK(d.at(install.packages->action_span) == "install");
}

TEST_CASE("wrappers") {
  CHECK(of("sudo -u app -E env A=b nice -n 5 apt-get install -y x").names() ==
        "sudo env nice apt-get");
  const Lowered d = of("sudo apt-get install x");
  CHECK(d.command(1).wrapper == "sudo");
  CHECK(d.command(1).packages != nullptr);
  CHECK(d.at(d.command(1).place()) == "apt-get install x");
  CHECK(of("find . -name x -exec rm -rf {} + -print").names() == "find rm");
  CHECK(of("cat x | xargs -n 1 pip install").names() == "cat xargs pip");
  CHECK(of("command -v curl").names() == "command");
  CHECK(of("timeout -k 5 10 make").names() == "timeout make");
  CHECK(of("exec >log").names() == "exec");
  CHECK(of("time make").names() == "make");
  CHECK(of("\"$VENV/bin/pip\" install x").names() == "pip");
  CHECK_FALSE(of("$CMD x").run().understood);
}

TEST_CASE("quoted scripts") {
  const Lowered d = of("bash -euo pipefail -c 'apt-get update; \\\n  rm -rf \"x y\"' arg");
  CHECK(d.names() == "bash apt-get rm");
  CHECK(d.command(2).wrapper == "bash");
  CHECK(d.command(2).removal->paths[0] == "x y");
  CHECK(d.at(d.command(2).place()) == "rm -rf \"x y\"");
  CHECK_FALSE(of("sh -c \"$X\"").run().understood);
  CHECK(of("sh script.sh").run().understood);
}

TEST_CASE("here-documents") {
  const Lowered lone("FROM scratch\nRUN <<EOF\napt-get update\ncurl http://x | sh\nEOF\n");
  CHECK(lone.names() == "apt-get curl sh");
  CHECK(lone.at(lone.command(1).place()) == "curl http://x");
  CHECK(lone.run().has_pipe);

  const Lowered python("FROM scratch\nRUN <<EOF\n#!/usr/bin/env python3\nprint('x')\nEOF\n");
  CHECK(python.run().shell.kind == ShellKind::unknown);
  CHECK(python.run().script == nullptr);
  CHECK_FALSE(python.run().understood);

  const Lowered bash("FROM scratch\nRUN <<-'EOF'\n\t#!/bin/bash -eo pipefail\n\tfoo\n\tEOF\n");
  CHECK(bash.run().shell.kind == ShellKind::bash);
  CHECK(bash.run().shell.pipefail);
  CHECK(bash.names() == "foo");
  CHECK(bash.at(bash.command().place()) == "foo");

  const Lowered fed(
      "FROM scratch\nRUN cat <<EOF >/x && \\\n  chmod 777 /x\nhello $(whoami)\nEOF\nUSER 1\n");
  CHECK(fed.names() == "cat whoami chmod");
  CHECK(fed.run().understood);
  CHECK(fed.at(fed.command(1).place()) == "whoami");
  CHECK(fed.at(fed.command(2).permission->text_span) == "777");
}

TEST_CASE("exec form") {
  const Lowered d = of("[\"/usr/bin/apt-get\", \"install\", \"-y\", \"curl\"]");
  CHECK(d.names() == "apt-get");
  CHECK(d.command().node == nullptr);
  CHECK(d.run().script == nullptr);
  CHECK(d.run().understood);
  CHECK(d.at(d.command().packages->packages[0].span) == "curl");
  CHECK(d.at(d.command().place()) == "/usr/bin/apt-get\", \"install\", \"-y\", \"curl");

  const Lowered shell =
      of("[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\", \"echo \\\"a\\\" | rm -r b\"]");
  CHECK(shell.names() == "bash echo rm");
  CHECK(shell.run().shell.kind == ShellKind::bash);
  CHECK(shell.run().shell.pipefail);
  CHECK(shell.run().has_pipe);
  CHECK(shell.at(shell.command(2).place()) == "rm -r b");
  CHECK(shell.at(shell.command(0).name_span) == "/bin/bash");
  CHECK(shell.command(2).wrapper == "bash");
  CHECK(shell.command(0).pipeline != shell.command(1).pipeline);
}

TEST_CASE("ONBUILD RUN") {
  const Lowered d("FROM scratch\nONBUILD RUN apt-get install x\nRUN y\n");
  CHECK(d.run(0).trigger);
  CHECK(d.run(0).commands[0].packages->packages[0].name == "x");
  CHECK_FALSE(d.run(1).trigger);
}

TEST_CASE("options of a command") {
  const Lowered d = of("tool -qy -u X -mv Y --uid=Z --force --name N -- --late -k");
  const Command& c = d.command();
  CHECK(c.has("--force"));
  CHECK(c.has("--uid"));
  CHECK_FALSE(c.has("--ui"));
  CHECK(c.has_short('y'));
  CHECK_FALSE(c.has_short('k'));
  CHECK(c.option("u", "nope") == "X");
  CHECK(c.option("-v", "") == "Y");
  CHECK(c.option("", "--uid") == "Z");
  CHECK(c.option("n", "name") == "N");
  CHECK(c.option("z", "zz").empty());
}

}  // namespace runs_test
