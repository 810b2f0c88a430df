// Finds which of one unit's fixes can stand together: all of them, as a rule, and if not, the most
// that halving shows.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fix/prove.h"

namespace plimsoll::fix {

// Asked in turns: `next` gives the set to try, `tried` is told how that went.
class Search {
 public:
  explicit Search(std::vector<std::size_t> fixes);

  // All that is to be applied in the next trial: what is proved, and some more. None: it is done.
  std::optional<std::vector<std::size_t>> next();
  void tried(const Failure* failure);  // null: the trial stood

  [[nodiscard]] const std::set<std::size_t>& proved() const { return proved_; }
  [[nodiscard]] const std::map<std::size_t, std::string>& dropped() const { return dropped_; }

 private:
  struct Part {
    std::vector<std::size_t> fixes;
    std::vector<std::size_t> sibling{};  // with all of these it is known to fail,
    Failure known{};                     // like this
  };
  void split(Part part, const Failure& failure);
  [[nodiscard]] bool is_proved(const std::vector<std::size_t>& fixes) const;

  std::set<std::size_t> proved_;
  std::map<std::size_t, std::string> dropped_;  // with the reason
  std::vector<Part> open_;                      // the last one is next
};

}  // namespace plimsoll::fix
