// A service is started when those that it needs are as it wants them, as `docker compose up` does.
#include "fix/proof/stand.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "base/concat.h"
#include "base/sha256.h"
#include "fix/proof/copies.h"

namespace plimsoll::fix::proof {

using engineapi::MountOrder;
using engineapi::Node;
using engineapi::PreparedMount;
using engineapi::ServiceOrder;

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kStep = std::chrono::milliseconds(150);
constexpr std::uint32_t kGraceMs = 3000;  // a container without a health check runs on for so long
constexpr std::size_t kMostServices = 50;
constexpr std::size_t kPrivateText = 6;  // shorter ones would hide half of each line

std::uint32_t since(Clock::time_point begin) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count());
}

std::string_view node_text(const Node* node) {
  return node == nullptr ? std::string_view() : std::string_view(node->text);
}

// The build of a service; an error says why it can't be made here.
Result<ContextOrder> context_of(const Node& build) {
  ContextOrder order{.folder = std::string(node_text(build.find("context"))),
                     .inline_text = std::string(node_text(build.find("dockerfile_inline"))),
                     .target = std::string(node_text(build.find("target")))};
  if (!order.folder.starts_with('/'))
    return fail(ErrorKind::unsupported, "its build context is elsewhere");
  for (const char* key : {"secrets", "ssh", "additional_contexts", "privileged", "entitlements"})
    if (const Node* node = build.find(key);
        node != nullptr && (!node->items.empty() || !node->members.empty() || node->boolean))
      return fail(ErrorKind::unsupported, concat({"its build has `", key, "`"}));
  const std::string_view file = node_text(build.find("dockerfile"));
  order.dockerfile = file.starts_with('/')
                         ? std::string(file)
                         : join_path(order.folder, file.empty() ? "Dockerfile" : file);
  if (const Node* arguments = build.find("args"))
    for (const auto& argument : arguments->members)
      if (!argument.value->is(parse::compose::NodeKind::null))
        order.arguments.emplace_back(argument.key, node_text(argument.value));
  return order;
}

}  // namespace

std::string Stand::build(const ContextOrder& wanted, const Fs& fs, std::string_view what,
                         Seen& seen) {
  ContextOrder order = wanted;
  order.arguments.insert(order.arguments.end(), settings_.build_arguments.begin(),
                         settings_.build_arguments.end());
  const Result<PackedContext> packed = pack_context(order, fs);
  if (!packed) {
    seen.untried = packed.error().message;
    return {};
  }
  if (packed->downloads && settings_.network == "none") {
    seen.untried = "its build downloads something, which wants --prove-network";
    return {};
  }
  for (const std::string& name : packed->images) {
    const auto image = engine_.image(name);
    if (!image || !*image) {
      seen.untried =
          image ? concat({"its base ", name, " is not at the engine"}) : image.error().message;
      return {};
    }
  }
  std::string key = concat({sha256(packed->tar), "\n", packed->dockerfile, "\n", order.target});
  for (const auto& [name, value] : order.arguments) key += concat({"\n", name, "=", value});
  auto known = built_.find(key);
  if (known == built_.end()) {
    if (settings_.progress) settings_.progress(concat({"building ", what}));
    Result<engineapi::Built> built = engine_.build({.context = packed->tar,
                                                    .dockerfile = packed->dockerfile,
                                                    .target = order.target,
                                                    .arguments = order.arguments,
                                                    .network = settings_.network});
    if (!built) {
      seen.untried = built.error().message;
      return {};
    }
    known = built_.emplace(std::move(key), std::move(*built)).first;
  }
  seen.build_error = known->second.error;
  return known->second.image;
}

// One run of some services of a project.
class Performance {
 public:
  Performance(Stand& stand, const Side& side,
              const std::map<std::string, std::uint32_t, std::less<>>& patience)
      : stand_(stand), engine_(stand.engine_), side_(side), patience_(patience) {}

  SeenServices run(const std::set<std::string, std::less<>>& wanted) {
    const Node* services = side_.project.model->find("services");
    for (const std::string& name : wanted) order(name, services, 0);
    if (const std::string why = open_network(); !why.empty()) {
      for (const std::string& name : wanted) seen_[name].untried = why;
      return std::move(seen_);
    }
    for (Actor& actor : actors_) perform(actor);
    for (Actor& actor : actors_)
      if (!actor.container.empty()) finish(actor);
    for (Actor& actor : actors_) {
      if (wanted.contains(actor.order.name)) seen_[actor.order.name] = std::move(actor.seen);
      if (!actor.container.empty()) engine_.remove_container(actor.container);
    }
    for (const std::string& name : wanted)
      if (!seen_.contains(name)) seen_[name].untried = "it is no service of the project";
    return std::move(seen_);
  }

  // A Dockerfile's image.
  Seen run_image(const std::string& image, std::string_view name) {
    Actor actor{.order = {.name = std::string(name)}};
    start(actor, image);
    if (!actor.container.empty()) {
      finish(actor);
      engine_.remove_container(actor.container);
    }
    return std::move(actor.seen);
  }

 private:
  struct Actor {
    ServiceOrder order;
    const Node* node = nullptr;  // null: an image alone
    std::string container{};     // empty: it was not started
    bool has_health = false;
    Clock::time_point begin{};
    Seen seen{};
  };

  // Those that it needs come first.
  void order(const std::string& name, const Node* services, unsigned depth) {
    if (!ordered_.insert(name).second || depth > kMostServices || actors_.size() > kMostServices)
      return;
    const Node* node = services == nullptr ? nullptr : services->find(name);
    if (node == nullptr) return;
    ServiceOrder made = engineapi::order_of(name, *node, *side_.project.model);
    for (const engineapi::DependencyOrder& need : made.needs)
      order(need.service, services, depth + 1);
    const Node* read_only = node->find("read_only");
    Seen seen{.memory = made.memory,
              .pids = made.pids,
              .user = made.user,
              .read_only = read_only != nullptr && read_only->boolean};
    if (const Node* variables = node->find("environment"))
      for (const auto& variable : variables->members)
        if (variable.value->text.size() >= kPrivateText)
          seen.private_texts.push_back(variable.value->text);
    actors_.push_back({.order = std::move(made), .node = node, .seen = std::move(seen)});
  }

  std::string open_network() {
    Result<std::string> network = engine_.make_network();
    if (!network) return network.error().message;
    network_ = std::move(*network);
    return {};
  }

  void perform(Actor& actor) {
    Seen& seen = actor.seen;
    seen.untried = actor.order.unsafe;
    if (!seen.untried.empty()) return;
    const std::string image = image_of(actor);
    if (image.empty() || !wait_for_needs(actor)) return;
    start(actor, image);
  }

  std::string image_of(Actor& actor) {
    if (actor.order.build == nullptr) return actor.order.image;
    Result<ContextOrder> order = context_of(*actor.order.build);
    if (!order) {
      actor.seen.untried = order.error().message;
      return {};
    }
    return stand_.build(*order, side_.fs, what(actor), actor.seen);
  }

  [[nodiscard]] std::string what(const Actor& actor) const {
    return concat({actor.order.name, " ", side_.name});
  }

  // False: `seen` says which of them is not as it should be.
  bool wait_for_needs(Actor& actor) {
    for (const engineapi::DependencyOrder& need : actor.order.needs) {
      const auto other = std::ranges::find_if(
          actors_, [&](const Actor& a) { return a.order.name == need.service; });
      if (!need.required) continue;
      if (other == actors_.end() || &*other == &actor) continue;
      if (other->container.empty()) {
        take_over(*other, actor);
        return false;
      }
      if (need.condition == "service_started" || need.condition.empty()) continue;
      settle(*other, need.condition == "service_completed_successfully");
      if (other->seen.works()) continue;
      take_over(*other, actor);
      return false;
    }
    return true;
  }

  static void take_over(const Actor& other, Actor& actor) {
    if (!other.seen.untried.empty())
      actor.seen.untried = concat({other.order.name, ", which it needs: ", other.seen.untried});
    else
      actor.seen.start_error = concat({other.order.name, ", which it needs, does not work"});
  }

  void start(Actor& actor, const std::string& image) {
    Seen& seen = actor.seen;
    const auto facts = engine_.image(image);
    if (!facts || !*facts) {
      seen.untried =
          facts ? concat({"its image ", image, " is not at the engine"}) : facts.error().message;
      return;
    }
    engineapi::Preparation with{.image = (*facts)->id, .network = network_, .label = engine_.run()};
    actor.has_health = !actor.order.health_off && (actor.order.health.set || (*facts)->health.set);
    with.has_health = actor.has_health;
    with.health_retries = patience(actor) / 1000 + 10;
    if (node_text(actor.node == nullptr ? nullptr : actor.node->find("network_mode")) == "none")
      with.network.clear();
    if (!prepare_mounts(actor, with)) return;
    if (stand_.settings_.progress) stand_.settings_.progress(concat({"starting ", what(actor)}));
    const Result<std::string> container = engine_.create(
        actor.node == nullptr ? engineapi::image_body(with)
                              : engineapi::create_body(actor.order, *actor.node, with));
    if (!container) {
      (container.error().kind == ErrorKind::unsupported ? seen.start_error : seen.untried) =
          container.error().message;
      return;
    }
    actor.container = *container;
    if (const Result<void> started = engine_.start(actor.container); !started)
      (started.error().kind == ErrorKind::unsupported ||
               started.error().kind == ErrorKind::not_found
           ? seen.start_error
           : seen.untried) = started.error().message;
    actor.begin = Clock::now();  // a busy engine takes its time to start it
  }

  // False: `seen` says what can't be mounted.
  bool prepare_mounts(Actor& actor, engineapi::Preparation& with) {
    for (const MountOrder& mount : actor.order.mounts) {
      PreparedMount prepared{.order = &mount};
      Result<void> done;
      if (mount.kind == MountOrder::Kind::named)
        done = use_volume(mount.source, prepared);
      else if (mount.kind == MountOrder::Kind::host)
        done = copy_from_host(mount, with.image, prepared);
      else if (mount.kind == MountOrder::Kind::text)
        done = copy_text(mount, prepared);
      if (!done) {
        actor.seen.untried = done.error().message;
        return false;
      }
      with.mounts.push_back(std::move(prepared));
    }
    return true;
  }

  // Services share the volumes of a project.
  Result<void> use_volume(const std::string& name, PreparedMount& prepared) {
    std::string& volume = volumes_[name];
    if (volume.empty()) {
      Result<std::string> made = engine_.make_volume();
      if (!made) return tl::unexpected(made.error());
      volume = std::move(*made);
    }
    prepared.volume = volume;
    return {};
  }

  Result<void> take_path(const Result<std::string>& path, PreparedMount& prepared) {
    if (!path) return tl::unexpected(path.error());
    if (!stand_.settings_.local)
      return fail(ErrorKind::unsupported, "it mounts a file, and the engine is elsewhere");
    prepared.path = *path;
    return {};
  }

  Result<void> copy_text(const MountOrder& mount, PreparedMount& prepared) {
    return take_path(copies_.add(mount.source, mount.mode), prepared);
  }

  Result<void> copy_from_host(const MountOrder& mount, const std::string& image,
                              PreparedMount& prepared) {
    HostKind kind = look_at(mount.source, stand_.settings_.folders);
    // A file that a fix makes.
    if (kind == HostKind::missing)
      if (const Result<FileStatus> made = side_.fs.status(mount.source);
          made && made->kind == FileKind::file)
        kind = HostKind::file;
    if (kind == HostKind::foreign || (kind == HostKind::missing && !mount.may_be_missing))
      return fail(ErrorKind::unsupported, concat({"it mounts ", mount.source, " of the host"}));
    if (kind == HostKind::file)
      return take_path(copies_.add_file(mount.source, side_.fs), prepared);
    prepared.fresh = true;
    // What one service writes there the others see.
    const bool is_known = volumes_.contains(mount.source);
    if (const Result<void> made = use_volume(mount.source, prepared); !made) return made;
    if (kind == HostKind::missing || is_known) return {};
    return fill(mount.source, image, prepared.volume);
  }

  Result<void> fill(const std::string& folder, const std::string& image,
                    const std::string& volume) {
    const Result<std::string> tar = pack_folder(folder, side_.fs);
    if (!tar) return tl::unexpected(tar.error());
    const Result<std::string> filler =
        engine_.create(engineapi::fill_body(image, volume, engine_.run()));
    if (!filler) return tl::unexpected(filler.error());
    const Result<void> done = engine_.unpack(*filler, engineapi::kFillTarget, *tar);
    engine_.remove_container(*filler);
    return done;
  }

  [[nodiscard]] std::uint32_t patience(const Actor& actor) const {
    const auto own = patience_.find(actor.order.name);
    return own == patience_.end() ? stand_.settings_.patience_ms : own->second;
  }

  // Waits until it is known how the container fares.
  void settle(Actor& actor, bool to_its_end) {
    Seen& seen = actor.seen;
    if (seen.end != End::none || !seen.start_error.empty() || !seen.untried.empty()) return;
    if (stand_.settings_.progress) stand_.settings_.progress(concat({"waiting for ", what(actor)}));
    while (true) {
      const Result<engineapi::State> state = engine_.state(actor.container);
      seen.ms = since(actor.begin);
      if (!state || stand_.stop_.load()) {
        seen.untried = state ? "interrupted" : state.error().message;
        return;
      }
      if (look(actor, *state, to_its_end)) return;
      std::this_thread::sleep_for(kStep);
    }
  }

  // True: it is known.
  [[nodiscard]] bool look(Actor& actor, const engineapi::State& state, bool to_its_end) {
    Seen& seen = actor.seen;
    seen.exit_code = state.exit_code;
    seen.oom_killed = state.oom_killed;
    seen.health_output = state.health_output;
    if (!state.running) {
      seen.end = End::exited;
      return true;
    }
    const bool is_late = seen.ms > patience(actor);
    if (actor.has_health && !to_its_end) {
      if (state.health == "healthy") seen.end = End::healthy;
      if (seen.end == End::none && is_late) seen.end = End::not_healthy;
    } else if (to_its_end ? is_late : seen.ms > kGraceMs) {
      seen.end = to_its_end ? End::not_healthy : End::running;
    }
    return seen.end != End::none;
  }

  void finish(Actor& actor) {
    settle(actor, false);
    if (!actor.seen.untried.empty()) return;
    actor.seen.log = engine_.logs(actor.container);
    actor.seen.changes = engine_.changes(actor.container);
    // The engine makes a mount's place where there is none.
    std::erase_if(actor.seen.changes, [&](const engineapi::Change& change) {
      return std::ranges::any_of(
          actor.order.mounts, [&](const MountOrder& mount) { return mount.target == change.path; });
    });
  }

  Stand& stand_;
  engineapi::Engine& engine_;
  const Side& side_;
  const std::map<std::string, std::uint32_t, std::less<>>& patience_;
  std::vector<Actor> actors_;
  std::set<std::string, std::less<>> ordered_;
  std::map<std::string, std::string, std::less<>> volumes_;
  std::string network_;
  Copies copies_;
  SeenServices seen_;
};

SeenServices Stand::run(const Side& side, const std::set<std::string, std::less<>>& services,
                        const std::map<std::string, std::uint32_t, std::less<>>& patience) {
  SeenServices seen = Performance(*this, side, patience).run(services);
  engine_.remove_run();
  return seen;
}

Seen Stand::run_dockerfile(const ContextOrder& order, const Fs& fs, std::string_view side,
                           std::uint32_t patience_ms) {
  Seen seen;
  const std::string name = order.dockerfile;
  const std::string image = build(order, fs, concat({name, " ", side}), seen);
  if (image.empty()) return seen;
  const auto facts = engine_.image(image);
  if (facts && *facts && !(*facts)->runs) {
    seen.end = End::exited;  // that it builds is all that can be asked
    return seen;
  }
  const std::map<std::string, std::uint32_t, std::less<>> patience{{name, patience_ms}};
  const parse::compose::Project nothing;
  const Side alone{nothing, fs, side};
  seen = Performance(*this, alone, patience).run_image(image, name);
  engine_.remove_run();
  return seen;
}

}  // namespace plimsoll::fix::proof
