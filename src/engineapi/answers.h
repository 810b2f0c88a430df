// What is read out of an engine's answers. All of it comes from elsewhere: whatever is missing or
// of a wrong type counts as not said. Source: Docker Engine API v1.41.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll::engineapi {

// A health check as an image or a container has it. Times in nanoseconds; 0: the engine's default.
struct HealthPlan {
  bool set = false;  // there is one, and it is not switched off
  std::int64_t interval = 0, timeout = 0, start_period = 0, retries = 0;
};

struct ImageFacts {
  std::string id{};
  HealthPlan health{};
  bool runs = false;  // it has a command or an entry point
};

struct State {
  bool running = false, oom_killed = false;
  std::int64_t exit_code = 0;
  std::string error{};          // why it could not be started
  std::string health{};         // "healthy", "unhealthy", "starting"; empty: no check
  std::string health_output{};  // what the check said last
};

struct Change {
  std::string path{};
  enum class Kind : std::uint8_t { modified, added, removed } kind{};
};

Result<ImageFacts> read_image(std::string_view json);
Result<State> read_state(std::string_view json);
// "null" where nothing was changed.
Result<std::vector<Change>> read_changes(std::string_view json);
// The member's text; empty: there is none.
std::string read_text(std::string_view json, const char* member);
// What a failure says: {"message": "..."}, or text.
std::string read_message(std::string_view body);

// The output of a build: objects of JSON, one after another, which come in blocks of any size.
class BuildStream {
 public:
  void take(std::string_view block);

  [[nodiscard]] const std::string& image() const { return image_; }    // id; empty: none was made
  [[nodiscard]] const std::string& error() const { return error_; }    // empty: none was told
  [[nodiscard]] const std::string& output() const { return output_; }  // its last lines

 private:
  void read_line(std::string_view line);
  void note(std::string_view text);

  std::string rest_;  // of a line that has not ended
  bool skips_ = false;
  std::string image_{}, error_{}, output_{};
};

// Logs of a container without a terminal: frames of a kind, a length, bytes. What follows no frame
// is taken as it is. Source: API, "ContainerAttach", stream format.
std::string read_frames(std::string_view bytes);

}  // namespace plimsoll::engineapi
