// What capabilities and security options come to, by tables that were written by hand from the
// engine's rules.
#include "facts/security.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace plimsoll::facts::security_test {
namespace {

// "?" is an element that can't be known.
template <class Lists>
FactList<std::string_view> list(Lists& storage, const std::string& words, std::uint32_t first) {
  storage.emplace_back();
  std::size_t at = 0;
  while (at < words.size()) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    Fact<std::string_view> item{.presence = Presence::known};
    item.value = std::string_view(words).substr(at, end - at);
    if (item.value == "?") item.presence = Presence::unknown;
    item.where.span = {first + static_cast<std::uint32_t>(at),
                       first + static_cast<std::uint32_t>(end)};
    storage.back().push_back(item);
    at = end + 1;
  }
  return {.items = storage.back(), .where = {0, {first, first}}};
}

// Keeps what the container views.
struct Given {
  std::string adds, drops, options;
  std::vector<std::vector<Fact<std::string_view>>> lists{};
  Container container{};

  Given(std::string add, std::string drop, std::string option)
      : adds(std::move(add)), drops(std::move(drop)), options(std::move(option)) {
    lists.reserve(3);
    container.added_capabilities = list(lists, adds, 100);
    container.dropped_capabilities = list(lists, drops, 200);
    container.security_options = list(lists, options, 300);
  }
};

// "yes 100", "no 200", "?", "absent 300": the answer and where it points.
template <class T>
std::string said(const Fact<T>& fact) {
  const std::string where = std::to_string(fact.where.span.begin);
  if (fact.unknown()) return "? " + where;
  if (fact.absent()) return "absent " + where;
  if constexpr (std::is_same_v<T, bool>)
    return (fact.value ? "yes " : "no ") + where;
  else
    return std::string(fact.value) + " " + where;
}

std::string capability(const std::string& adds, const std::string& drops, Capability name,
                       Fact<bool> privileged = {}) {
  Given given(adds, drops, "");
  given.container.privileged = privileged;
  return said(has_capability(given.container, name));
}

TEST_CASE("security: the kernel's capabilities and the engine's") {
  CHECK(all_capabilities().size() == 41);
  CHECK(default_capabilities().size() == 14);
  CHECK(std::ranges::is_sorted(all_capabilities()));
  CHECK(std::ranges::includes(all_capabilities(), default_capabilities()));
}

TEST_CASE("security: capabilities in effect") {
  const struct {
    const char *adds, *drops, *name, *expected;
  } table[] = {
      {"", "", "NET_RAW", "yes 200"},   // the default; where cap_drop would be added
      {"", "", "SYS_ADMIN", "no 100"},  // where cap_add would be added
      {"", "NET_RAW", "NET_RAW", "no 200"},
      {"", "cap_net_raw", "NET_RAW", "no 200"},
      {"", "Cap_Net_Raw", "NET_RAW", "no 200"},
      {"", "CHOWN NET_RAW", "NET_RAW", "no 206"},
      {"", "ALL", "NET_RAW", "no 200"},
      {"", "all", "NET_RAW", "no 200"},
      {"", "CAP_ALL", "NET_RAW", "yes 200"},  // refused by the engine, so nothing is dropped
      {"SYS_ADMIN", "", "SYS_ADMIN", "yes 100"},
      {"CAP_SYS_ADMIN", "ALL", "SYS_ADMIN", "yes 100"},
      {"SYS_ADMIN", "ALL", "NET_RAW", "no 200"},
      {"sys_admin", "sys_admin", "SYS_ADMIN", "yes 100"},  // dropped first, then added
      {"NET_RAW", "NET_RAW", "NET_RAW", "yes 100"},
      {"ALL", "", "SYS_ADMIN", "yes 100"},
      {"ALL", "ALL", "SYS_ADMIN", "yes 100"},  // ALL added wins over ALL dropped
      {"ALL", "SYS_ADMIN", "SYS_ADMIN", "no 200"},
      {"ALL SYS_ADMIN", "SYS_ADMIN", "SYS_ADMIN", "no 200"},
      {"all", "SYS_ADMIN", "NET_ADMIN", "yes 100"},
      // What can't be known.
      {"?", "", "SYS_ADMIN", "? 100"},
      {"?", "", "NET_RAW", "yes 200"},  // an addition takes no default away
      {"?", "ALL", "NET_RAW", "? 100"},
      {"? SYS_ADMIN", "", "SYS_ADMIN", "yes 102"},
      {"? NET_RAW", "NET_RAW", "NET_RAW", "? 100"},  // ALL would keep it dropped
      {"", "?", "NET_RAW", "? 200"},
      {"", "?", "SYS_ADMIN", "no 100"},
      {"SYS_ADMIN", "?", "SYS_ADMIN", "yes 100"},
      {"ALL", "?", "SYS_ADMIN", "? 200"},
      {"", "? ALL", "NET_RAW", "no 202"},
  };
  for (const auto& row : table) {
    CAPTURE(row.adds);
    CAPTURE(row.drops);
    CAPTURE(row.name);
    CHECK(capability(row.adds, row.drops, row.name) == row.expected);
  }
}

TEST_CASE("security: privileged has every capability") {
  const Fact<bool> yes{.presence = Presence::known, .value = true, .where = {0, {50, 54}}};
  const Fact<bool> no{.presence = Presence::known, .value = false, .where = {0, {50, 55}}};
  const Fact<bool> who_knows{.presence = Presence::unknown, .where = {0, {50, 57}}};
  CHECK(capability("", "ALL", "SYS_ADMIN", yes) == "yes 50");
  CHECK(capability("", "ALL", "SYS_ADMIN", no) == "no 200");
  CHECK(capability("", "", "SYS_ADMIN", who_knows) == "? 50");
  CHECK(capability("", "", "NET_RAW", who_knows) == "yes 200");
}

TEST_CASE("security: a list that is not complete") {
  Given given("", "", "");
  given.container.added_capabilities.complete = false;
  CHECK(said(has_capability(given.container, "SYS_ADMIN")) == "? 100");
  given.container.security_options.complete = false;
  CHECK(said(no_new_privileges(given.container)) == "? 300");
  CHECK(said(seccomp_profile(given.container)) == "? 300");
  CHECK(said(selinux_disabled(given.container)) == "? 300");
}

TEST_CASE("security: no-new-privileges") {
  const struct {
    const char *options, *expected;
  } table[] = {
      {"", "absent 300"},
      {"no-new-privileges", "yes 300"},
      {"no-new-privileges:true", "yes 300"},
      {"no-new-privileges=true", "yes 300"},
      {"no-new-privileges:1", "yes 300"},
      {"no-new-privileges=t", "yes 300"},
      {"no-new-privileges=TRUE", "yes 300"},
      {"no-new-privileges:false", "no 300"},
      {"no-new-privileges=0", "no 300"},
      {"no-new-privileges:yes", "? 300"},  // the engine refuses it
      {"no-new-privileges:", "? 300"},
      {"No-New-Privileges", "absent 300"},  // an unknown option
      {"no-new-privileges:false no-new-privileges:true", "yes 324"},
      {"no-new-privileges no-new-privileges:false", "no 318"},
      {"seccomp=unconfined", "absent 300"},
      {"? no-new-privileges", "yes 302"},
      {"no-new-privileges ?", "? 318"},
  };
  for (const auto& row : table) {
    CAPTURE(row.options);
    const Given given("", "", row.options);
    CHECK(said(no_new_privileges(given.container)) == row.expected);
  }
}

TEST_CASE("security: profiles") {
  const struct {
    const char *options, *seccomp, *apparmor;
  } table[] = {
      {"", "absent 300", "absent 300"},
      {"seccomp=unconfined", "unconfined 300", "absent 300"},
      {"seccomp:unconfined", "unconfined 300", "absent 300"},
      {"seccomp=./profile.json apparmor:docker-default", "./profile.json 300",
       "docker-default 323"},
      {"seccomp:a=b", "absent 300", "absent 300"},  // `=` is looked for first: key "seccomp:a"
      {"seccomp=unconfined seccomp=builtin", "builtin 319", "absent 300"},
      {"apparmor=unconfined", "absent 300", "unconfined 300"},
      {"seccomp", "absent 300", "absent 300"},  // refused
      {"seccomp=a ?", "? 310", "? 310"},
  };
  for (const auto& row : table) {
    CAPTURE(row.options);
    const Given given("", "", row.options);
    CHECK(said(seccomp_profile(given.container)) == row.seccomp);
    CHECK(said(apparmor_profile(given.container)) == row.apparmor);
  }
}

TEST_CASE("security: labels, system paths, control groups") {
  const struct {
    const char *options, *selinux, *paths, *cgroups;
  } table[] = {
      {"label:disable", "yes 300", "absent 300", "absent 300"},
      {"label=disable", "yes 300", "absent 300", "absent 300"},
      {"disable", "yes 300", "absent 300", "absent 300"},
      {"label=type:container_t label=disable", "yes 323", "absent 300", "absent 300"},
      {"label=disable label=type:x", "yes 300", "absent 300", "absent 300"},
      {"label=type:container_t", "absent 300", "absent 300", "absent 300"},
      {"systempaths=unconfined", "absent 300", "yes 300", "absent 300"},
      {"systempaths:unconfined", "absent 300", "absent 300", "absent 300"},  // only that very text
      {"writable-cgroups", "absent 300", "absent 300", "yes 300"},
      {"writable-cgroups=true", "absent 300", "absent 300", "yes 300"},
      {"writable-cgroups=true writable-cgroups=false", "absent 300", "absent 300", "no 322"},
      {"?", "? 300", "? 300", "? 300"},
  };
  for (const auto& row : table) {
    CAPTURE(row.options);
    const Given given("", "", row.options);
    CHECK(said(selinux_disabled(given.container)) == row.selinux);
    CHECK(said(system_paths_unconfined(given.container)) == row.paths);
    CHECK(said(writable_cgroups(given.container)) == row.cgroups);
  }
}

}  // namespace
}  // namespace plimsoll::facts::security_test
