// AppArmor profiles: blocks, flags, rules with braces in them, and what is broken.
#include <doctest/doctest.h>

#include <string>

#include "../shared_data.h"
#include "base/arena.h"
#include "parse/apparmor/parse.h"

namespace apparmor_test {

using namespace plimsoll;
using namespace plimsoll::parse::apparmor;

TEST_CASE("blocks, flags and rules of a profile") {
  const std::string text =
      "abi <abi/3.0>,\n"
      "#include <tunables/global>\n"
      "@{HOME_DIRS}=/home/ /srv/home/\n"
      "# a comment, with a comma {\n"
      "profile \"my app\" /usr/bin/app flags=(complain, attach_disconnected) {\n"
      "  #include <abstractions/base>\n"
      "  capability chown, # why\n"
      "  /{etc,usr/share}/app/** r,\n"
      "  @{PROC}/@{pid}/stat r,\n"
      "  network inet\n    stream,\n"
      "  ptrace (read, trace) peer=app,\n"
      "  /usr/bin/sh {\n"
      "    deny /\"a,b\" w,\n"
      "  }\n"
      "  ^hat {\n  }\n"
      "}\n";
  Arena arena;
  const Tree tree = plimsoll::parse::apparmor::parse(text, arena);
  CHECK(tree.problems.empty());
  REQUIRE(tree.statements.size() == 3);
  CHECK(tree.statements[0].text == "abi <abi/3.0>");
  CHECK(tree.statements[2].text == "@{HOME_DIRS}=/home/ /srv/home/");
  REQUIRE(tree.profiles.size() == 3);
  const Profile& app = tree.profiles[0];
  CHECK(app.name == "my app");
  REQUIRE(app.flags.size() == 2);
  CHECK(app.flags[0].name == "complain");
  CHECK(text.substr(app.flags[1].where.begin, app.flags[1].where.size()) == "attach_disconnected");
  REQUIRE(app.statements.size() == 6);
  CHECK(app.statements[0].text == "#include <abstractions/base>");
  CHECK(app.statements[1].text == "capability chown");
  CHECK(app.statements[2].text == "/{etc,usr/share}/app/** r");
  CHECK(app.statements[3].text == "@{PROC}/@{pid}/stat r");
  CHECK(app.statements[4].text == "network inet\n    stream");
  CHECK(app.statements[5].text == "ptrace (read, trace) peer=app");
  CHECK(tree.profiles[1].name == "/usr/bin/sh");
  CHECK(tree.profiles[1].parent == 1);
  REQUIRE(tree.profiles[1].statements.size() == 1);
  CHECK(tree.profiles[1].statements[0].text == "deny /\"a,b\" w");
  CHECK(tree.profiles[2].name == "^hat");
  CHECK(tree.profiles[2].parent == 1);
}

TEST_CASE("what is broken is told, and the rest is read") {
  Arena arena;
  CHECK(plimsoll::parse::apparmor::parse("profile a {\n  file,\n", arena).problems.size() == 1);
  CHECK(plimsoll::parse::apparmor::parse("}\n", arena).problems.size() == 1);
  const Tree tree =
      plimsoll::parse::apparmor::parse("profile a {\n  file\n}\nprofile b {\n}\n", arena);
  CHECK(tree.problems.size() == 1);
  CHECK(tree.profiles.size() == 2);
  CHECK(plimsoll::parse::apparmor::parse("", arena).profiles.empty());
  CHECK(plimsoll::parse::apparmor::parse("{", arena).problems.size() >= 1);
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "profile a {\n";
  CHECK_FALSE(plimsoll::parse::apparmor::parse(deep, arena).problems.empty());
}

TEST_CASE("the profile that Docker gives its containers") {
  REQUIRE_SHARED_DATA(data)
  const std::string text = test::read_file(data + "/profile/docker-default-apparmor.txt");
  Arena arena;
  const Tree tree = plimsoll::parse::apparmor::parse(text, arena);
  CHECK(tree.problems.empty());
  REQUIRE(tree.profiles.size() == 1);
  CHECK(tree.profiles[0].flags.size() == 2);
  CHECK(tree.profiles[0].statements.size() > 15);
}

}  // namespace apparmor_test
