// The operations of an engine that proving needs. Nothing is pulled, nothing is published, and all
// that is made has a label and is remembered, so that it can be removed.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engineapi/answers.h"
#include "engineapi/client.h"

namespace plimsoll::engineapi {

// The label of all that is made; its value names the run.
inline constexpr std::string_view kLabel = "plimsoll.prove";

struct BuildOrder {
  std::string_view context{};     // a tar
  std::string_view dockerfile{};  // its path in the context
  std::string_view target{};
  std::vector<std::pair<std::string, std::string>> arguments{};
  std::string_view network = "none";  // of RUN
  std::uint32_t timeout_ms = 600'000;
};

struct Built {
  std::string image{};   // id; empty: it does not build
  std::string error{};   // why not
  std::string output{};  // its last lines, if the builder tells them
};

class Engine {
 public:
  // `run` names this run in labels and names: letters and digits.
  Engine(Ask ask, std::string run) : ask_(std::move(ask)), run_(std::move(run)) {}

  // Asks whether anybody is there and what versions it speaks. Before anything else.
  Result<void> greet();

  // None: the engine has no such image.
  Result<std::optional<ImageFacts>> image(std::string_view reference);
  // Fails only where the engine can't be asked; a build that fails is an answer.
  Result<Built> build(const BuildOrder& order);
  // An internal network, which leads nowhere. Gives its name.
  Result<std::string> make_network();
  Result<std::string> make_volume();
  // `body` is what POST /containers/create wants. Gives the id.
  Result<std::string> create(std::string_view body);
  Result<void> start(const std::string& container);
  Result<State> state(const std::string& container);
  // The last lines of both outputs.
  std::string logs(const std::string& container);
  // What it wrote into its own file system.
  std::vector<Change> changes(const std::string& container);
  // Unpacks a tar at a path of a container that may not have been started yet.
  Result<void> unpack(const std::string& container, std::string_view where, std::string_view tar);
  void remove_container(const std::string& container);

  // Removes containers, networks and volumes; images are kept, to be used again.
  std::vector<std::string> remove_run();
  // Removes containers, networks, volumes and images that were made here. What can't be removed is
  // left, and told by its name.
  std::vector<std::string> clean_up();

  [[nodiscard]] const std::string& run() const { return run_; }

 private:
  [[nodiscard]] std::string path(std::string_view rest) const;
  Result<Response> post(std::string_view rest, std::string_view body = {});
  Result<Built> build_with(const BuildOrder& order, bool new_builder);
  void remove_all(std::vector<std::string>& names, std::string_view rest, std::string_view query,
                  std::vector<std::string>& left);

  Ask ask_;
  std::string run_;
  std::string version_ = "1.41";
  bool has_new_builder_ = true;
  unsigned made_ = 0;
  std::vector<std::string> containers_{}, networks_{}, volumes_{}, images_{};
};

// Every byte that is no letter or digit as %XX.
std::string url_encode(std::string_view text);

}  // namespace plimsoll::engineapi
