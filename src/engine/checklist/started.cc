// The items that only whoever starts a container decides: a Dockerfile can't say them.
#include "engine/checklist/items.h"
#include "facts/security.h"

namespace plimsoll::engine::items {
namespace {

constexpr const char* kLater = "it is said where the container is started";

template <class T>
bool is_limit(const facts::Fact<T>& fact) {
  return fact.known() && fact.value > 0;
}

}  // namespace

ItemAnswer resource_limits(const facts::Container& c) {
  if (!c.running()) return not_applicable(kLater);
  const bool memory = is_limit(c.memory_bytes), cpus = is_limit(c.cpus);
  if (memory && cpus)
    return {ItemVerdict::pass,
            "memory and processors are limited",
            {c.memory_bytes.where, c.cpus.where}};
  if (!memory && !c.memory_bytes.unknown())
    return failed(cpus ? "memory is not limited" : "memory and processors are not both limited",
                  c.memory_bytes.where);
  if (!cpus && !c.cpus.unknown()) return failed("processors are not limited", c.cpus.where);
  return unknown("a limit's value is not known",
                 c.memory_bytes.unknown() ? c.memory_bytes.where : c.cpus.where);
}

ItemAnswer read_only_filesystem(const facts::Container& c) {
  if (!c.running()) return not_applicable(kLater);
  if (c.read_only.unknown())
    return unknown("whether the root file system is read-only is not known", c.read_only.where);
  if (c.read_only.known() && c.read_only.value)
    return passed("the root file system is read-only", c.read_only.where);
  return failed("the root file system can be written to", c.read_only.where);
}

ItemAnswer no_new_privileges(const facts::Container& c) {
  if (!c.running()) return not_applicable(kLater);
  const facts::Fact<bool> set = facts::no_new_privileges(c);
  if (set.unknown()) return unknown("whether no-new-privileges is set is not known", set.where);
  if (set.known() && set.value) return passed("no-new-privileges is set", set.where);
  return failed("processes can gain privileges", set.where);
}

}  // namespace plimsoll::engine::items
