// The one file of this room that takes JSON apart.
#include "engineapi/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "base/concat.h"

namespace plimsoll::engineapi {
namespace {

using Json = nlohmann::json;

constexpr unsigned kDepth = 64;
constexpr std::size_t kLineLimit = std::size_t{1} << 20;     // of one object of a build's output
constexpr std::size_t kOutputLimit = std::size_t{16} << 10;  // of it that is kept

// A text of brackets would become a tree many times its size.
bool is_too_deep(std::string_view json) {
  unsigned depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++i;
    if (quoted) continue;
    if ((c == '[' || c == '{') && ++depth > kDepth) return true;
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  return false;
}

Json parse_json(std::string_view text) {
  return is_too_deep(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
}

const Json* find(const Json* json, const char* key) {
  if (json == nullptr || !json->is_object()) return nullptr;
  const auto found = json->find(key);
  return found == json->end() ? nullptr : &*found;
}

const Json* find_all(const Json& json, std::initializer_list<const char*> keys) {
  const Json* at = &json;
  for (const char* key : keys) at = find(at, key);
  return at;
}

std::string text(const Json* json) {
  return json != nullptr && json->is_string() ? json->get<std::string>() : std::string();
}
std::int64_t integer(const Json* json) {
  return json != nullptr && json->is_number_integer() ? json->get<std::int64_t>() : 0;
}
bool truth(const Json* json) {
  return json != nullptr && json->is_boolean() && json->get<bool>();
}
bool holds_something(const Json* json) {
  return json != nullptr && json->is_array() && !json->empty();
}

tl::unexpected<Error> unreadable() {
  return fail(ErrorKind::malformed, "the engine's answer can't be read");
}

HealthPlan read_health(const Json* check) {
  const Json* test = find(check, "Test");
  HealthPlan plan{.set = holds_something(test) && text(&test->front()) != "NONE",
                  .interval = integer(find(check, "Interval")),
                  .timeout = integer(find(check, "Timeout")),
                  .start_period = integer(find(check, "StartPeriod")),
                  .retries = integer(find(check, "Retries"))};
  return plan;
}

}  // namespace

Result<ImageFacts> read_image(std::string_view json) {
  const Json image = parse_json(json);
  ImageFacts facts{.id = text(find(&image, "Id"))};
  if (facts.id.empty()) return unreadable();
  facts.health = read_health(find_all(image, {"Config", "Healthcheck"}));
  facts.runs = holds_something(find_all(image, {"Config", "Cmd"})) ||
               holds_something(find_all(image, {"Config", "Entrypoint"}));
  return facts;
}

Result<State> read_state(std::string_view json) {
  const Json container = parse_json(json);
  const Json* state = find(&container, "State");
  if (state == nullptr || !state->is_object()) return unreadable();
  State result{.running = truth(find(state, "Running")),
               .oom_killed = truth(find(state, "OOMKilled")),
               .exit_code = integer(find(state, "ExitCode")),
               .error = text(find(state, "Error")),
               .health = text(find_all(*state, {"Health", "Status"}))};
  const Json* log = find_all(*state, {"Health", "Log"});
  if (holds_something(log)) result.health_output = text(find(&log->back(), "Output"));
  return result;
}

Result<std::vector<Change>> read_changes(std::string_view json) {
  std::vector<Change> changes;
  if (trimmed(json).empty()) return changes;
  const Json read = parse_json(json);
  if (read.is_null()) return changes;
  if (!read.is_array()) return unreadable();
  for (const Json& one : read) {
    const std::int64_t kind = integer(find(&one, "Kind"));
    if (kind >= 0 && kind <= 2)
      changes.push_back({text(find(&one, "Path")), static_cast<Change::Kind>(kind)});
  }
  return changes;
}

std::string read_text(std::string_view json, const char* member) {
  const Json read = parse_json(json);
  return text(find(&read, member));
}

std::string read_message(std::string_view body) {
  std::string message = read_text(body, "message");
  if (message.empty()) message = body.substr(0, 1000);
  while (!message.empty() && is_space(message.back())) message.pop_back();
  return message;
}

void BuildStream::take(std::string_view block) {
  while (!block.empty()) {
    const std::size_t end = block.find('\n');
    rest_ += skips_ ? std::string_view() : block.substr(0, end);
    if (rest_.size() > kLineLimit) {
      rest_.clear();
      skips_ = true;  // up to its end
    }
    if (end == std::string_view::npos) return;
    if (!skips_) read_line(rest_);
    rest_.clear();
    skips_ = false;
    block.remove_prefix(end + 1);
  }
}

void BuildStream::read_line(std::string_view line) {
  const Json read = parse_json(line);
  if (!read.is_object()) return;
  if (const std::string error = text(find(&read, "error")); !error.empty()) error_ = error;
  const std::string id = text(find_all(read, {"aux", "ID"}));
  if (!id.empty()) image_ = id;
  note(text(find(&read, "stream")));
}

void BuildStream::note(std::string_view text) {
  output_ += text;
  if (output_.size() > 2 * kOutputLimit) output_.erase(0, output_.size() - kOutputLimit);
}

std::string read_frames(std::string_view bytes) {
  constexpr std::size_t kHeader = 8;
  std::string result;
  while (bytes.size() >= kHeader) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (byte(0) > 2 || byte(1) != 0 || byte(2) != 0 || byte(3) != 0) break;
    const std::size_t length = static_cast<std::size_t>(byte(4)) << 24U |
                               static_cast<std::size_t>(byte(5)) << 16U |
                               static_cast<std::size_t>(byte(6)) << 8U | byte(7);
    bytes.remove_prefix(kHeader);
    result += bytes.substr(0, length);
    bytes.remove_prefix(std::min(length, bytes.size()));
  }
  result += bytes;
  return result;
}

}  // namespace plimsoll::engineapi
