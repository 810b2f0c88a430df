// Whatever listens at the socket, an answer is read up to its limit and for its time.
#include "engineapi/client.h"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>

#include "engineapi/engine.h"
#include "engineapi/fake_engine.h"

namespace client_test {

using namespace plimsoll;
using namespace plimsoll::engineapi;
using Answer = FakeEngine::Answer;

namespace {

std::string http(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

constexpr const char* kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

struct Conversation {
  explicit Conversation(FakeEngine::Speak speak) : engine(std::move(speak)) {
    Result<Client> opened =
        Client::open({.socket = engine.path(), .named = "unix://" + engine.path()}, stop);
    REQUIRE_MESSAGE(opened.has_value(), "libcurl is not installed");
    client.emplace(std::move(*opened));
  }
  Result<Response> ask(Request request) { return client->ask(request); }

  FakeEngine engine;
  std::atomic<bool> stop{false};
  std::optional<Client> client{};
};

}  // namespace

TEST_CASE("a request has its method, path, type and body, and the answer comes back whole") {
  std::string heard;
  Conversation talk([&](const std::string& request) {
    heard = request;
    return Answer{"HTTP/1.1 201 Created\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\n{}"};
  });
  const auto answer = talk.ask({.method = "POST", .path = "/v1.41/x?a=%20b", .body = "{\"a\": 1}"});
  REQUIRE(answer.has_value());
  CHECK(answer->status == 201);
  CHECK(answer->good());
  CHECK(answer->body == "{}");
  CHECK(answer->header("api-version") == "1.41");
  CHECK(answer->header("nothing").empty());
  CHECK(heard.starts_with("POST /v1.41/x?a=%20b HTTP/1.1\r\n"));
  CHECK(heard.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(heard.find("Expect:") == std::string::npos);
}

TEST_CASE("a failure is an answer, and a redirection is not followed") {
  Conversation talk([](const std::string& request) {
    if (request.starts_with("GET /moved"))
      return Answer{
          "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"};
    return Answer{http("404 Not Found", "{\"message\":\"no such thing\"}")};
  });
  const auto missing = talk.ask({.path = "/x"});
  REQUIRE(missing.has_value());
  CHECK(missing->status == 404);
  CHECK(read_message(missing->body) == "no such thing");
  const auto moved = talk.ask({.path = "/moved"});
  REQUIRE(moved.has_value());
  CHECK(moved->status == 302);
}

TEST_CASE("an answer without end is cut") {
  Conversation talk([](const std::string& request) {
    if (request.starts_with("GET /headers"))
      return Answer{"HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"};
    if (request.starts_with("GET /failing"))
      return Answer{"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\nmore\r\n"};
    return Answer{kChunked, "4\r\nmore\r\n"};
  });
  for (const char* path : {"/body", "/failing", "/headers"}) {
    const auto answer = talk.ask({.path = path, .max_bytes = 100'000});
    REQUIRE_FALSE_MESSAGE(answer.has_value(), path);
    CHECK(answer.error().message.size() < 1000);
  }
  std::size_t taken = 0;
  const auto enough =
      talk.ask({.path = "/body", .max_bytes = 1 << 20, .sink = [&](std::string_view b) {
                  taken += b.size();
                  return taken < 1000;
                }});
  CHECK(enough.has_value());
  CHECK(taken >= 1000);
}

TEST_CASE("who says nothing, or not all, is not waited for") {
  Conversation talk([](const std::string& request) {
    if (request.starts_with("GET /silent")) return Answer{"", "", true};
    if (request.starts_with("GET /half"))
      return Answer{kChunked + std::string("4\r\nhal"), "", true};
    return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"};
  });
  const auto begin = std::chrono::steady_clock::now();
  for (const char* path : {"/silent", "/half"}) {
    const auto answer = talk.ask({.path = path, .timeout_ms = 200});
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == ErrorKind::timed_out);
  }
  CHECK_FALSE(talk.ask({.path = "/short", .timeout_ms = 2000}).has_value());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}

TEST_CASE("what is no HTTP, or broken, fails") {
  Conversation talk([](const std::string& request) {
    if (request.starts_with("GET /chunks"))
      return Answer{kChunked + std::string("zz\r\nno length\r\n0\r\n\r\n")};
    if (request.starts_with("GET /old")) return Answer{"just text\n"};
    return Answer{std::string("\0\xFF\xFE\r\n\r\n", 7)};
  });
  for (const char* path : {"/chunks", "/old", "/bytes"})
    CHECK_FALSE_MESSAGE(talk.ask({.path = path, .timeout_ms = 2000}).has_value(), path);
}

TEST_CASE("who is told to stop stops") {
  Conversation talk([](const std::string&) { return Answer{"", "", true}; });
  talk.stop = true;
  const auto answer = talk.ask({.path = "/x", .timeout_ms = 20'000});
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().message == "interrupted");
}

TEST_CASE("nobody listens") {
  std::atomic<bool> stop{false};
  Result<Client> client =
      Client::open({.socket = "/nonexistent/engine.sock", .named = "unix:///nonexistent"}, stop);
  REQUIRE(client.has_value());
  const auto answer = client->ask({.path = "/_ping"});
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().kind == ErrorKind::not_found);
}

}  // namespace client_test
