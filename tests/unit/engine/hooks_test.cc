// A `pre_start` container has its service's keys: what they say is told once.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/fs.h"
#include "engine/check.h"
#include "engine/selection.h"

namespace hooks_test {

using namespace plimsoll;
using namespace plimsoll::engine;

namespace {

// "line subject" of each of the rule's findings.
std::vector<std::string> told_of(const std::string& compose, const std::string& rule) {
  const MemoryFs fs({{"compose.yaml", compose}});
  const Verdict verdict =
      check({.paths = {"."}, .today = 20261124},
            *select_rules({.preset = rules::Preset::all, .select = {rule}}), fs);
  std::vector<std::string> found;
  for (const Judged& j : verdict.findings)
    found.push_back(std::to_string(verdict.source(0).position(j.finding.where.span.begin).line) +
                    " " + j.subject.name);
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("what a hook inherits is the service's, what it says itself is its own") {
  const std::string compose =
      "services:\n  web:\n    image: x:1\n    network_mode: host\n    privileged: true\n"
      "    pre_start:\n      - command: [a]\n      - command: [b]\n        privileged: true\n"
      "  other:\n    image: x:1\n    network_mode: host\n";
  CHECK(told_of(compose, "host-network") == Texts{"4 web", "12 other"});
  CHECK(told_of(compose, "privileged-container") == Texts{"5 web", "9 web.pre_start[1]"});
}

TEST_CASE("what a hook alone is, is told of it") {
  const std::string compose =
      "services:\n  web:\n    image: x:1\n    pre_start:\n      - image: busybox\n"
      "        command: [a]\n        privileged: true\n";
  CHECK(told_of(compose, "untagged-image") == Texts{"5 web.pre_start[0]"});
  CHECK(told_of(compose, "privileged-container") == Texts{"7 web.pre_start[0]"});
}

}  // namespace hooks_test
