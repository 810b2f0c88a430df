// The items that an image decides, unless whoever starts it says otherwise.
#include <string_view>

#include "base/concat.h"
#include "data/base_image.h"
#include "engine/checklist/items.h"
#include "facts/health_tool.h"
#include "facts/project.h"
#include "facts/user.h"

namespace plimsoll::engine::items {
namespace {

std::string_view image_of(const facts::Container& c) {
  return c.image.known() ? c.image.value : std::string_view("the image");
}

// A distribution that is made to be small.
bool is_small(data::Family family) {
  using enum data::Family;
  return family == none || family == alpine || family == wolfi || family == busybox;
}

}  // namespace

ItemAnswer non_root_user(const facts::Container& c) {
  const facts::Fact<std::string_view>& user = c.user;
  if (user.unknown())
    return unknown(concat({"as whom it starts is not known: ", user.unknown_because}), user.where);
  // As unstated-user has it: an image of nothing has no users, and its one program needs none.
  if (!user.known() && c.scratch) return not_applicable("an image built on nothing has no users");
  if (!user.known()) return failed("no user is stated, so it starts as root", user.where);
  if (facts::is_root(user.value)) return failed("it starts as root", user.where);
  return passed(concat({"it starts as ", user.value}), user.where);
}

ItemAnswer minimal_base(const facts::Container& c) {
  const text::Place& where = c.image.where;
  if (c.scratch) return passed("it is built on nothing", where);
  if (c.base == nullptr)
    return unknown(concat({"what ", image_of(c), " is made of is not known"}), where);
  if (c.base->full_size)
    return failed(concat({image_of(c), " is a full distribution with build tools"}), where);
  if (is_small(c.base->family)) return passed(concat({image_of(c), " is a minimal image"}), where);
  if (!c.base->smaller.empty())
    return failed(concat({image_of(c), " has a smaller variant, ", c.base->smaller}), where);
  return passed(concat({image_of(c), " holds little beside what it is for"}), where);
}

ItemAnswer health_check(const facts::Container& c) {
  const facts::Fact<facts::HealthCheck>& health = c.health_check;
  if (c.kind == facts::ContainerKind::job) return not_applicable("a job ends");
  if (health.unknown())
    return unknown(concat({"whether there is one is not known: ", health.unknown_because}),
                   health.where);
  if (health.presence == facts::Presence::removed)
    return failed("the health check is switched off", health.where);
  if (health.absent()) return failed("no health check is stated", health.where);
  if (const std::string_view tool = facts::lacking_health_tool(c); !tool.empty())
    return failed(concat({"the health check calls ", tool, ", which the image lacks"}),
                  health.where);
  return passed("a health check is stated", health.where);
}

}  // namespace plimsoll::engine::items
