// The configuration that a container would run with, whatever it was read from:
// a Dockerfile stage, a Compose service, a `docker run` line, an image config or a live container.
#pragma once
#include <span>
#include <string_view>

#include "facts/fact.h"

namespace plimsoll::data {
struct BaseImage;
}

namespace plimsoll::facts {

struct Build;
struct Stage;

// One environment variable, label or build argument. `text` is the value after expansion.
struct Variable {
  std::string_view name{}, text{};
  bool has_text = true;  // false: `ARG NAME` without a default
};

enum class HealthTest : std::uint8_t { shell, exec };
struct HealthCheck {
  HealthTest form = HealthTest::shell;
  std::span<const std::string_view> command{};  // exec form: the words; shell form: one text
  std::string_view
      tool{};  // basename of the first program that it runs; empty if that can't be known
  text::Place tool_where{};
};

// CMD or ENTRYPOINT.
struct Program {
  bool exec_form = false;
  std::span<const std::string_view> words{};  // exec form: the words; shell form: one text
};

enum class Protocol : std::uint8_t { tcp, udp, sctp };
struct Port {
  std::uint16_t first = 0, last = 0;  // equal unless a range was written
  Protocol protocol = Protocol::tcp;
};

enum class ContainerKind : std::uint8_t { stage, service, job, run, image, container };

// A service that builds from a Dockerfile is the stage's container (for that target, those build
// arguments and that platform) with the service's facts laid over it.
struct Container {
  ContainerKind kind = ContainerKind::stage;
  std::string_view name{};  // of the stage or service; empty: the last stage has none
  text::Place
      where{};  // what a finding about the whole points at: the final FROM, the service's key
  const Build* build = nullptr;  // what it is built from, if that was read
  const Stage* stage = nullptr;  // the stage that is shipped
  const data::BaseImage* base =
      nullptr;           // facts of the image at the root of the stage's chain; null: never seen
  bool scratch = false;  // that image is `scratch`

  Fact<std::string_view> image{};  // reference of the base image, after expansion
  Fact<std::string_view> user{};   // as USER says, after expansion: name, uid, either with ":group"
  Fact<std::string_view> workdir{};  // absolute
  Fact<Program> entrypoint{}, command{};
  Fact<HealthCheck> health_check{};
  FactList<Variable> environment{};  // ENV, base images' included where known
  FactList<Variable> labels{};
  FactList<Port> ports{};  // EXPOSE
  FactList<std::string_view> volumes{};
  Fact<std::string_view> stop_signal{};
};

}  // namespace plimsoll::facts
