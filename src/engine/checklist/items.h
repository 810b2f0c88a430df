// The items that are judged from a container's facts. Private to the folder.
#pragma once
#include <string>
#include <utility>

#include "engine/verdict.h"
#include "facts/container.h"

namespace plimsoll::engine::items {

inline ItemAnswer passed(std::string reason, const text::Place& where) {
  return {ItemVerdict::pass, std::move(reason), {where}};
}
inline ItemAnswer failed(std::string reason, const text::Place& where) {
  return {ItemVerdict::fail, std::move(reason), {where}};
}
inline ItemAnswer unknown(std::string reason, const text::Place& where) {
  return {ItemVerdict::unknown, std::move(reason), {where}};
}
inline ItemAnswer not_applicable(std::string reason) {
  return {ItemVerdict::not_applicable, std::move(reason), {}};
}

// image.cc
ItemAnswer non_root_user(const facts::Container& c);
ItemAnswer minimal_base(const facts::Container& c);
ItemAnswer health_check(const facts::Container& c);
// started.cc: what only whoever starts the container says
ItemAnswer resource_limits(const facts::Container& c);
ItemAnswer read_only_filesystem(const facts::Container& c);
ItemAnswer no_new_privileges(const facts::Container& c);

}  // namespace plimsoll::engine::items
