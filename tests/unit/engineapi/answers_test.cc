// Answers are taken apart whatever is in them.
#include "engineapi/answers.h"

#include <doctest/doctest.h>

namespace answers_test {

using namespace plimsoll;
using namespace plimsoll::engineapi;

TEST_CASE("an image and a container's state") {
  const auto image = read_image(
      R"({"Id":"sha256:1","Config":{"Cmd":["x"],"Healthcheck":{"Test":["CMD","a"],"Interval":5,"Retries":2}}})");
  REQUIRE(image.has_value());
  CHECK(image->id == "sha256:1");
  CHECK(image->runs);
  CHECK(image->health.set);
  CHECK(image->health.interval == 5);
  CHECK_FALSE(read_image(R"({"Id":"1","Config":{"Healthcheck":{"Test":["NONE"]}}})")->health.set);
  CHECK_FALSE(read_image("{}").has_value());
  CHECK_FALSE(read_image("[1").has_value());

  const auto state = read_state(
      R"({"State":{"Running":false,"ExitCode":137,"OOMKilled":true,"Health":{"Status":"unhealthy","Log":[{"Output":"a"},{"Output":"b"}]}}})");
  REQUIRE(state.has_value());
  CHECK(state->oom_killed);
  CHECK(state->exit_code == 137);
  CHECK(state->health == "unhealthy");
  CHECK(state->health_output == "b");
  const auto odd = read_state(R"({"State":{"Running":"yes","ExitCode":"1","Health":[]}})");
  REQUIRE(odd.has_value());
  CHECK_FALSE(odd->running);
  CHECK(odd->exit_code == 0);
  CHECK_FALSE(read_state(R"({"State":7})").has_value());
}

TEST_CASE("changes") {
  CHECK(read_changes("null")->empty());
  CHECK(read_changes("")->empty());
  const auto changes =
      read_changes(R"([{"Path":"/var","Kind":0},{"Path":"/var/x","Kind":1},{"Kind":9},7])");
  REQUIRE(changes.has_value());
  REQUIRE(changes->size() == 3);  // what is no object has no path
  CHECK((*changes)[1].path == "/var/x");
  CHECK((*changes)[1].kind == Change::Kind::added);
  CHECK_FALSE(read_changes("{}").has_value());
}

TEST_CASE("brackets without end become no tree") {
  CHECK_FALSE(read_image(std::string(1 << 20, '[')).has_value());
  CHECK(
      read_image(R"({"Id":"1","a":")" + std::string(1000, '[') + "\"}").has_value());  // in a text
}

TEST_CASE("a build's output comes in blocks of any size") {
  const std::string text =
      "{\"stream\":\"Step 1/2\\n\"}\r\n{\"aux\":{\"ID\":\"sha256:base\"}}\n"
      "{\"id\":\"moby.buildkit.trace\",\"aux\":\"AAAA\"}\nnonsense\n"
      "{\"stream\":\"Step 2/2\\n\"}\n{\"aux\":{\"ID\":\"sha256:done\"}}\n";
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, text.size()}) {
    BuildStream stream;
    for (std::size_t at = 0; at < text.size(); at += size) stream.take(text.substr(at, size));
    CHECK(stream.image() == "sha256:done");
    CHECK(stream.error().empty());
    CHECK(stream.output() == "Step 1/2\nStep 2/2\n");
  }
  BuildStream failing;
  failing.take("{\"errorDetail\":{\"code\":1},\"error\":\"no\"}\n");
  CHECK(failing.error() == "no");
}

TEST_CASE("a line without end is skipped, the next is read, and output is bounded") {
  BuildStream stream;
  for (int i = 0; i < 64; ++i) stream.take(std::string(1 << 16, 'x'));
  stream.take("\n{\"error\":\"seen\"}\n");
  CHECK(stream.error() == "seen");
  for (int i = 0; i < 100; ++i) stream.take("{\"stream\":\"" + std::string(10'000, 'y') + "\"}\n");
  CHECK(stream.output().size() < 100'000);
}

TEST_CASE("logs come in frames, or as they are") {
  const std::string frames =
      std::string("\1\0\0\0\0\0\0\3out", 11) + std::string("\2\0\0\0\0\0\0\4err\n", 12);
  CHECK(read_frames(frames) == "outerr\n");
  CHECK(read_frames("plain text of a terminal") == "plain text of a terminal");
  CHECK(read_frames(std::string("\1\0\0\0\xFF\xFF\xFF\xFFshort", 13)) == "short");
}

}  // namespace answers_test
