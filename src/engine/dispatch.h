// Asks the enabled rules about what one Dockerfile says.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/selection.h"
#include "facts/build.h"
#include "facts/container.h"
#include "facts/context.h"
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
  void ask(const facts::Build& build, const facts::Container& container,
           const facts::Context& context, std::vector<Raised>& out) const;

  // Of the comments that accept findings, once those are known.
  void ask_suppression(const facts::Suppression& suppression, std::vector<Raised>& out) const;
  [[nodiscard]] bool asks_suppressions() const { return !suppressions_.empty(); }

 private:
  struct ByName {
    std::string_view name;
    std::uint32_t rule;
  };
  void ask_command(const facts::Command& command, std::vector<Raised>& out) const;
  void ask_commands(const facts::Build& build, std::vector<Raised>& out) const;

  const Selection& selection_;
  std::vector<ByName> commands_;  // sorted by name
  std::vector<std::uint32_t> builds_, containers_, contexts_, suppressions_;
};

}  // namespace plimsoll::engine
