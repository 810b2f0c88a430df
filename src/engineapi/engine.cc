// Source: Docker Engine API v1.41. Engine 29 speaks 1.40 at least, so 1.41 suits them all.
#include "engineapi/engine.h"

#include <algorithm>
#include <cstdio>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/json_writer.h"

namespace plimsoll::engineapi {
namespace {

constexpr std::uint64_t kLogLimit = std::uint64_t{1} << 20;
constexpr std::uint64_t kBuildLimit = std::uint64_t{64} << 20;
constexpr unsigned kNewest = 41, kOldest = 24;  // of version 1; older ones know no health checks

std::string json_text(const std::function<void(JsonWriter&)>& fill) {
  std::string text;
  JsonWriter json([&](std::string_view block) { text += block; });
  fill(json);
  json.flush();
  return text;
}

tl::unexpected<Error> refused(std::string_view what, const Response& response) {
  const ErrorKind kind = response.status == 404 ? ErrorKind::not_found : ErrorKind::unsupported;
  return fail(kind, concat({what, ": ", read_message(response.body)}));
}

}  // namespace

std::string url_encode(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (is_word_char(c)) {
      result += c;
      continue;
    }
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(c));
    result += code;
  }
  return result;
}

std::string Engine::path(std::string_view rest) const {
  return concat({"/v", version_, rest});
}

Result<Response> Engine::post(std::string_view rest, std::string_view body) {
  return ask_({.method = "POST", .path = path(rest), .body = body});
}

Result<void> Engine::greet() {
  const Result<Response> answer = ask_({.path = "/_ping", .timeout_ms = 10'000});
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused("the engine", *answer);
  const std::string version = answer->header("api-version");
  unsigned major = 0, minor = 0;
  if (std::sscanf(version.c_str(), "%u.%u", &major, &minor) != 2 || major != 1)
    return fail(ErrorKind::unsupported, "what answers is no container engine");
  if (minor < kOldest)
    return fail(ErrorKind::unsupported, concat({"the engine speaks version ", version,
                                                " of its interface, which is too old"}));
  version_ = concat({"1.", std::to_string(std::min(minor, kNewest))});
  if (answer->header("ostype") == "windows")
    return fail(ErrorKind::unsupported, "the engine runs containers of Windows");
  has_new_builder_ = answer->header("libpod-api-version").empty() && minor >= 39;
  return {};
}

Result<std::optional<ImageFacts>> Engine::image(std::string_view reference) {
  const Result<Response> answer =
      ask_({.path = path(concat({"/images/", url_encode(reference), "/json"}))});
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 404) return std::optional<ImageFacts>();
  if (!answer->good()) return refused(concat({"image ", reference}), *answer);
  const Result<ImageFacts> facts = read_image(answer->body);
  if (!facts) return tl::unexpected(facts.error());
  return std::optional<ImageFacts>(*facts);
}

// The new builder takes a context without a session; engines whose one is broken or absent say so
// before they build anything.
Result<Built> Engine::build(const BuildOrder& order) {
  if (has_new_builder_) {
    Result<Built> built = build_with(order, true);
    const bool refuses =
        built && built->image.empty() && built->error.find("buildkit not") != std::string::npos;
    if (!refuses) return built;
    has_new_builder_ = false;
  }
  return build_with(order, false);
}

Result<Built> Engine::build_with(const BuildOrder& order, bool new_builder) {
  const std::string arguments = json_text([&](JsonWriter& json) {
    json.begin_object();
    for (const auto& [name, value] : order.arguments) json.member(name, value);
    json.end_object();
  });
  const std::string labels = json_text([&](JsonWriter& json) {
    json.begin_object();
    json.member(kLabel, run_);
    json.end_object();
  });
  const std::string query =
      concat({"/build?version=", new_builder ? "2" : "1",
              "&pull=0&rm=1&forcerm=1&dockerfile=", url_encode(order.dockerfile),
              "&target=", url_encode(order.target), "&networkmode=", url_encode(order.network),
              "&buildargs=", url_encode(arguments), "&labels=", url_encode(labels)});
  BuildStream stream;
  const Result<Response> answer = ask_({.method = "POST",
                                        .path = path(query),
                                        .body = order.context,
                                        .content_type = "application/x-tar",
                                        .timeout_ms = order.timeout_ms,
                                        .max_bytes = kBuildLimit,
                                        .sink = [&](std::string_view block) {
                                          stream.take(block);
                                          return true;
                                        }});
  Built built{.image = stream.image(), .error = stream.error(), .output = stream.output()};
  if (!built.error.empty()) built.image.clear();
  if (!built.image.empty()) images_.push_back(built.image);
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) built.error = read_message(answer->body);
  if (built.image.empty() && built.error.empty()) built.error = "the engine does not say why";
  return built;
}

Result<std::string> Engine::make_network() {
  std::string name = concat({"plimsoll-", run_, "-", std::to_string(++made_)});
  const std::string body = json_text([&](JsonWriter& json) {
    json.begin_object();
    json.member("Name", name);
    json.member("Driver", "bridge");
    json.key("Internal"), json.boolean(true);
    json.object("Labels");
    json.member(kLabel, run_);
    json.end_object();
    json.end_object();
  });
  const Result<Response> answer = post("/networks/create", body);
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused("making a network", *answer);
  networks_.push_back(name);
  return name;
}

Result<std::string> Engine::make_volume() {
  std::string name = concat({"plimsoll-", run_, "-", std::to_string(++made_)});
  const std::string body = json_text([&](JsonWriter& json) {
    json.begin_object();
    json.member("Name", name);
    json.object("Labels");
    json.member(kLabel, run_);
    json.end_object();
    json.end_object();
  });
  const Result<Response> answer = post("/volumes/create", body);
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused("making a volume", *answer);
  volumes_.push_back(name);
  return name;
}

Result<std::string> Engine::create(std::string_view body) {
  std::string name = concat({"plimsoll-", run_, "-", std::to_string(++made_)});
  const Result<Response> answer = post(concat({"/containers/create?name=", name}), body);
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused("creating a container", *answer);
  containers_.push_back(name);
  return name;
}

Result<void> Engine::start(const std::string& container) {
  const Result<Response> answer = post(concat({"/containers/", container, "/start"}));
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused("starting it", *answer);
  return {};
}

Result<State> Engine::state(const std::string& container) {
  const Result<Response> answer =
      ask_({.path = path(concat({"/containers/", container, "/json"}))});
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused("looking at it", *answer);
  return read_state(answer->body);
}

std::string Engine::logs(const std::string& container) {
  std::string bytes;
  const Result<Response> answer =
      ask_({.path = path(concat({"/containers/", container, "/logs?stdout=1&stderr=1&tail=400"})),
            .max_bytes = 2 * kLogLimit,
            .sink = [&](std::string_view block) {
              bytes += block;
              return bytes.size() < kLogLimit;
            }});
  return answer && answer->good() ? read_frames(bytes) : std::string();
}

std::vector<Change> Engine::changes(const std::string& container) {
  const Result<Response> answer =
      ask_({.path = path(concat({"/containers/", container, "/changes"}))});
  if (!answer || !answer->good()) return {};
  Result<std::vector<Change>> changes = read_changes(answer->body);
  return changes ? std::move(*changes) : std::vector<Change>();
}

Result<void> Engine::unpack(const std::string& container, std::string_view where,
                            std::string_view tar) {
  const Result<Response> answer =
      ask_({.method = "PUT",
            .path = path(concat({"/containers/", container, "/archive?path=", url_encode(where)})),
            .body = tar,
            .content_type = "application/x-tar",
            .timeout_ms = 120'000});
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->good()) return refused(concat({"copying to ", where}), *answer);
  return {};
}

void Engine::remove_container(const std::string& container) {
  std::vector<std::string> one{container}, left;
  remove_all(one, "/containers/", "?force=1&v=1", left);
  if (left.empty()) std::erase(containers_, container);
}

void Engine::remove_all(std::vector<std::string>& names, std::string_view rest,
                        std::string_view query, std::vector<std::string>& left) {
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    const Result<Response> answer =
        ask_({.method = "DELETE", .path = path(concat({rest, url_encode(*name), query}))});
    if (!answer || (!answer->good() && answer->status != 404)) left.push_back(*name);
  }
  names.clear();
}

std::vector<std::string> Engine::remove_run() {
  std::vector<std::string> left;
  remove_all(containers_, "/containers/", "?force=1&v=1", left);
  remove_all(networks_, "/networks/", "", left);
  remove_all(volumes_, "/volumes/", "?force=1", left);
  return left;
}

std::vector<std::string> Engine::clean_up() {
  std::vector<std::string> left = remove_run();
  remove_all(images_, "/images/", "", left);
  return left;
}

}  // namespace plimsoll::engineapi
