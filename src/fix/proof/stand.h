// Builds and starts services at an engine, and tells what was seen: once before a fix, once after.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "engineapi/engine.h"
#include "engineapi/service.h"
#include "fix/proof/context.h"
#include "parse/compose/load.h"

namespace plimsoll::fix::proof {

struct StandSettings {
  std::uint32_t patience_ms = 60'000;  // for one service to become healthy
  std::string network = "none";        // of RUN instructions
  bool local = true;                   // the engine sees this file system
  std::vector<std::pair<std::string, std::string>> build_arguments{};  // --build-arg
  std::string target{};                                                // --target
  std::vector<std::string> folders{};  // files below are the project's own; absolute
  std::function<void(std::string_view)> progress{};
};

// How a container fared.
enum class End : std::uint8_t {
  none,     // it was not started
  healthy,  // its health check says so
  running,  // it has no health check, and ran on
  exited,
  not_healthy,
};

struct Seen {
  // Why nothing can be said: a base image that is missing, a right that is never given. Empty: it
  // was tried.
  std::string untried{};
  std::string build_error{}, start_error{};  // why there is no image, or no process
  End end{};
  std::int64_t exit_code = 0;
  bool oom_killed = false;
  std::string health_output{}, log{};
  std::vector<engineapi::Change> changes{};  // in its own file system, not in what is mounted
  std::uint32_t ms = 0;                      // until the end was seen
  std::int64_t memory = 0, pids = 0;         // limits
  std::string user{};
  bool read_only = false;
  std::vector<std::string> private_texts{};  // values of its environment: not to be shown

  [[nodiscard]] bool works() const {
    return end == End::healthy || end == End::running || (end == End::exited && exit_code == 0);
  }
};
using SeenServices = std::map<std::string, Seen, std::less<>>;

struct Side {
  const parse::compose::Project& project;
  const Fs& fs;             // with the texts of this side
  std::string_view name{};  // "before"
};

class Stand {
 public:
  Stand(engineapi::Engine& engine, const StandSettings& settings, const std::atomic<bool>& stop)
      : engine_(engine), settings_(settings), stop_(stop) {}

  // Starts these services and what they need, and removes them again. `patience` is that of single
  // services.
  SeenServices run(const Side& side, const std::set<std::string, std::less<>>& services,
                   const std::map<std::string, std::uint32_t, std::less<>>& patience);
  // A Dockerfile that no project builds: its image, and the container of that alone.
  Seen run_dockerfile(const ContextOrder& order, const Fs& fs, std::string_view side,
                      std::uint32_t patience_ms);

 private:
  friend class Performance;
  // The id of an image; empty: `seen` says why there is none.
  std::string build(const ContextOrder& wanted, const Fs& fs, std::string_view what, Seen& seen);

  engineapi::Engine& engine_;
  const StandSettings& settings_;
  const std::atomic<bool>& stop_;
  std::map<std::string, engineapi::Built> built_;  // by what was sent
};

}  // namespace plimsoll::fix::proof
