// Works out what capabilities and security options come to, by the engine's order of rules.
// Source: moby daemon/pkg/oci/caps/utils.go, TweakCapabilities; daemon/daemon_unix.go,
// parseSecurityOpt; docker/cli cli/command/container/opts.go, parseSystemPaths.
#include "facts/security.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/names.h"

namespace plimsoll::facts {
namespace {

constexpr std::string_view kAll = "ALL";

// How the engine reads a name: in any case, with or without "CAP_"; but `CAP_ALL` is none.
bool is_capability(std::string_view written, std::string_view name) {
  const auto same = [&](std::string_view text) {
    return std::ranges::equal(text, name, {}, [](char c) { return upper(c); });
  };
  if (same(written)) return true;
  if (name == kAll || written.size() < 4) return false;
  return same(written.substr(4)) &&
         std::ranges::equal(written.substr(0, 4), std::string_view("CAP_"), {},
                            [](char c) { return upper(c); });
}

const Fact<Capability>* find(const FactList<Capability>& list, std::string_view name) {
  for (const Fact<Capability>& item : list.items)
    if (item.known() && is_capability(item.value, name)) return &item;
  return nullptr;
}

// Why there may be elements that nobody can see here; null: there are none.
struct Doubt {
  bool any = false;
  text::Place where{};
  std::string_view because{};
};
template <class T>
Doubt doubt(const FactList<T>& list) {
  for (const Fact<T>& item : list.items)
    if (item.unknown()) return {true, item.where, item.unknown_because};
  if (!list.complete) return {true, list.where, "the list is not known as a whole"};
  return {};
}

Fact<bool> unknown(const Doubt& why) {
  Fact<bool> fact{.presence = Presence::unknown, .where = why.where};
  fact.unknown_because = why.because;
  return fact;
}

template <class T>
Fact<bool> decided(bool value, const Fact<T>& by) {
  return {.presence = Presence::known,
          .value = value,
          .where = by.where,
          .origin = by.origin,
          .via = by.via,
          .editable = by.editable};
}

Fact<bool> by_default(bool value, text::Place where) {
  return {.presence = Presence::known,
          .value = value,
          .where = where,
          .origin = Origin::engine_default};
}

// As if nothing were added.
Fact<bool> kept_default(const Container& c, Capability capability) {
  const Doubt drops = doubt(c.dropped_capabilities);
  if (const Fact<Capability>* dropped = find(c.dropped_capabilities, capability))
    return decided(false, *dropped);
  if (const Fact<Capability>* all = find(c.dropped_capabilities, kAll)) return decided(false, *all);
  if (!std::ranges::binary_search(default_capabilities(), capability))
    return by_default(false, c.added_capabilities.where);
  return drops.any ? unknown(drops) : by_default(true, c.dropped_capabilities.where);
}

// Of a container that is not privileged.
Fact<bool> tweaked(const Container& c, Capability capability) {
  const Doubt adds = doubt(c.added_capabilities), drops = doubt(c.dropped_capabilities);
  const Fact<Capability>* const dropped = find(c.dropped_capabilities, capability);
  if (const Fact<Capability>* all = find(c.added_capabilities, kAll)) {
    if (dropped != nullptr) return decided(false, *dropped);
    return drops.any ? unknown(drops) : decided(true, *all);
  }
  if (const Fact<Capability>* added = find(c.added_capabilities, capability)) {
    // An ALL that can't be seen would let a drop of the same name hold.
    return dropped != nullptr && adds.any ? unknown(adds) : decided(true, *added);
  }
  // An addition that can't be seen takes nothing away.
  const Fact<bool> kept = kept_default(c, capability);
  return adds.any && !(kept.known() && kept.value) ? unknown(adds) : kept;
}

// One security option, taken apart as the engine does it.
struct Option {
  std::string_view key, value;
  bool bare = false;
};
Option split(std::string_view text) {
  std::size_t at = text.find('=');
  if (at == std::string_view::npos) at = text.find(':');
  if (at == std::string_view::npos) return {.key = text, .value = {}, .bare = true};
  return {.key = text.substr(0, at), .value = text.substr(at + 1)};
}

// The last option that `is_of` takes; an unknown one behind it might be another. Null and no doubt:
// there is none.
struct Last {
  const Fact<std::string_view>* option = nullptr;
  Doubt doubt{};
};
template <class IsOf>
Last last_option(const Container& c, IsOf is_of) {
  const FactList<std::string_view>& list = c.security_options;
  for (auto item = list.items.rbegin(); item != list.items.rend(); ++item) {
    if (item->unknown()) return {nullptr, {true, item->where, item->unknown_because}};
    if (item->known() && is_of(split(item->value))) return {&*item, {}};
  }
  if (!list.complete) return {nullptr, {true, list.where, "the list is not known as a whole"}};
  return {};
}

// Go's strconv.ParseBool. Null: the engine refuses the value.
const bool* parse_bool(std::string_view text) {
  static constexpr bool kYes = true, kNo = false;
  static constexpr std::string_view kTrue[] = {"1", "t", "T", "true", "TRUE", "True"};
  static constexpr std::string_view kFalse[] = {"0", "f", "F", "false", "FALSE", "False"};
  if (std::ranges::find(kTrue, text) != std::end(kTrue)) return &kYes;
  return std::ranges::find(kFalse, text) != std::end(kFalse) ? &kNo : nullptr;
}

// An option that may stand bare, or with a Boolean value.
Fact<bool> boolean_option(const Container& c, std::string_view key) {
  const Last last = last_option(c, [&](const Option& o) { return o.key == key; });
  if (last.doubt.any) return unknown(last.doubt);
  if (last.option == nullptr) return {.where = c.security_options.where};
  const Option option = split(last.option->value);
  if (option.bare) return decided(true, *last.option);
  if (const bool* value = parse_bool(option.value)) return decided(*value, *last.option);
  return unknown({true, last.option->where, "the engine refuses the option: it is no Boolean"});
}

Fact<std::string_view> profile(const Container& c, std::string_view key) {
  const Last last = last_option(c, [&](const Option& o) { return o.key == key && !o.bare; });
  if (last.doubt.any) {
    Fact<std::string_view> fact{.presence = Presence::unknown, .where = last.doubt.where};
    fact.unknown_because = last.doubt.because;
    return fact;
  }
  if (last.option == nullptr) return {.where = c.security_options.where};
  Fact<std::string_view> fact = *last.option;
  fact.value = split(fact.value).value;
  return fact;
}

// An option that nothing takes back: one is enough, wherever it stands.
template <class Matches>
Fact<bool> switched_on(const Container& c, Matches matches) {
  for (const Fact<std::string_view>& item : c.security_options.items)
    if (item.known() && matches(item.value)) return decided(true, item);
  if (const Doubt why = doubt(c.security_options); why.any) return unknown(why);
  return {.where = c.security_options.where};
}

}  // namespace

std::span<const Capability> default_capabilities() {
  return data::default_capabilities();
}

std::span<const Capability> all_capabilities() {
  return data::capabilities();
}

Fact<bool> has_capability(const Container& container, Capability capability) {
  if (container.privileged.known() && container.privileged.value)
    return decided(true, container.privileged);
  const Fact<bool> result = tweaked(container, capability);
  if (!container.privileged.unknown() || (result.known() && result.value)) return result;
  return unknown({true, container.privileged.where, container.privileged.unknown_because});
}

Fact<bool> no_new_privileges(const Container& container) {
  return boolean_option(container, "no-new-privileges");
}

Fact<std::string_view> seccomp_profile(const Container& container) {
  return profile(container, "seccomp");
}

Fact<std::string_view> apparmor_profile(const Container& container) {
  return profile(container, "apparmor");
}

Fact<bool> selinux_disabled(const Container& container) {
  return switched_on(container, [](std::string_view text) {
    const Option option = split(text);
    return option.bare ? option.key == "disable"
                       : option.key == "label" && option.value == "disable";
  });
}

Fact<bool> system_paths_unconfined(const Container& container) {
  return switched_on(container,
                     [](std::string_view text) { return text == "systempaths=unconfined"; });
}

Fact<bool> writable_cgroups(const Container& container) {
  return boolean_option(container, "writable-cgroups");
}

}  // namespace plimsoll::facts
