// A service of a Compose project as an engine wants to be asked for it, and what of it is never
// asked for: no host path is mounted, no port published, nothing of the host shared.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engineapi/answers.h"
#include "parse/compose/tree.h"

namespace plimsoll::engineapi {

using Node = parse::compose::Node;

struct MountOrder {
  enum class Kind : std::uint8_t {
    named,      // a volume of the project
    anonymous,  // a volume of the container's own
    host,       // a file or folder of the host: what lies there is copied
    text,       // a file with these bytes
    memory,
  } kind{};
  std::string target{};
  std::string source{};  // named: the volume's key; host: an absolute path; text: the bytes
  bool read_only = false;
  bool may_be_missing = false;             // host: an empty folder then
  std::uint32_t mode = 0444;               // text
  std::int64_t size = 0, memory_mode = 0;  // memory
};

struct DependencyOrder {
  std::string service{}, condition{};  // "service_healthy" …
  bool required = true;
};

struct ServiceOrder {
  std::string name{};
  std::string image{};          // empty: it is built
  const Node* build = nullptr;  // its section
  std::vector<MountOrder> mounts{};
  std::vector<DependencyOrder> needs{};
  HealthPlan health{};      // as the service says; `set`: it has a test of its own
  bool health_off = false;  // `disable: true`, `test: NONE`
  std::int64_t memory = 0, pids = 0;
  std::string user{};
  std::string unsafe{};  // why it is never started: "it is privileged"; empty: it may be
};

// Of `model`, the whole project's. Reads nothing but the model.
ServiceOrder order_of(std::string_view name, const Node& service, const Node& model);

// Where a mount's bytes are, for the engine: a volume's name, or a path of the host that was made
// for this; empty: a volume without a name.
struct PreparedMount {
  const MountOrder* order = nullptr;
  std::string volume{}, path{};
  bool fresh = false;  // nothing of the image's goes into the volume
};

struct Preparation {
  std::string image{};    // id
  std::string network{};  // empty: none
  std::vector<PreparedMount> mounts{};
  bool has_health = false;          // of the service or the image
  std::int64_t health_retries = 0;  // so many are allowed at one a second
  std::string_view label{};         // value of kLabel
};

// The body of POST /containers/create. Its health check is asked every second, so that a proof does
// not take as long as an operator's patience.
std::string create_body(const ServiceOrder& order, const Node& service, const Preparation& with);

// That of a container that is never started: folders are unpacked into its volume at kFillTarget.
inline constexpr std::string_view kFillTarget = "/plimsoll";
std::string fill_body(std::string_view image, std::string_view volume, std::string_view label);
// That of an image alone.
std::string image_body(const Preparation& with);

}  // namespace plimsoll::engineapi
