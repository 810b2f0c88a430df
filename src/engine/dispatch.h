// Asks the enabled rules about facts of one kind.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/selection.h"
#include "facts/build.h"
#include "facts/container.h"
#include "facts/context.h"
#include "facts/daemon.h"
#include "facts/project.h"
#include "facts/suppression.h"

namespace plimsoll::engine {

// A rule's findings with the rule's index in Selection::enabled.
struct Raised {
  std::uint32_t rule = 0;
  rules::Finding finding;
};

// The enabled rules, sorted by what they look at; made once a run and shared by its threads.
class Dispatch {
 public:
  explicit Dispatch(const Selection& selection);

  // Findings in no particular order.
  void ask_build(const facts::Build& build, std::vector<Raised>& out) const;  // and its commands
  // Those rules that look at containers of its kind; of one that is built from a stage, all.
  void ask_container(const facts::Container& container, std::vector<Raised>& out) const;
  void ask_context(const facts::Context& context, std::vector<Raised>& out) const;
  void ask_project(const facts::Project& project, std::vector<Raised>& out) const;
  void ask_daemon(const facts::Daemon& daemon, std::vector<Raised>& out) const;

  // Of the comments that accept findings, once those are known.
  void ask_suppression(const facts::Suppression& suppression, std::vector<Raised>& out) const;
  [[nodiscard]] bool asks_suppressions() const { return !suppressions_.empty(); }

 private:
  struct ByName {
    std::string_view name;
    std::uint32_t rule;
  };
  using Rules = std::vector<std::uint32_t>;
  void ask_command(const facts::Command& command, std::vector<Raised>& out) const;
  template <class On, class Fact>
  void ask_all(const Rules& rules, const Fact& fact, std::vector<Raised>& out) const;

  const Selection& selection_;
  std::vector<ByName> commands_;  // sorted by name
  Rules builds_, images_, running_, built_, also_running_, contexts_, projects_, also_projects_,
      daemons_, suppressions_;
};

}  // namespace plimsoll::engine
