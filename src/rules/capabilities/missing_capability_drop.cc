// missing-capability-drop: the container keeps rights of root that hardly any service needs.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/concat.h"
#include "rules/capabilities/_names.h"
#include "rules/compose_edits.h"
#include "rules/hardening/_lack.h"
#include "rules/needs.h"

namespace plimsoll::rules::capabilities::missing_capability_drop {

static constexpr std::string_view kKics = "ce76b7d0-9e77-464d-b86f-c5c48e03e22d";
static constexpr Alias kAliases[] = {
    {"kics", kKics},
    {"compose-lint", "CL-0006"},
    {"cis", "5.4"},
};

using Names = std::vector<std::string_view>;

// A program with a file capability is not even started where that one is dropped altogether.
static Names of_files(const Names& needed) {
  Names left;
  for (const std::string_view name : needed)
    if (name == "NET_BIND_SERVICE") left.push_back(name);
  return left;
}

// What has to be added back; `user` is set if the container may start as the image's own account,
// and needs none of root's. None: what is needed isn't known.
static std::optional<Names> added_back(const facts::Container& c, std::optional<text::Edit>& user) {
  if (c.build != nullptr) {
    const bool is_known = is_unprivileged(c) && c.base != nullptr && !may_raise_rights(c);
    return is_known ? std::optional(Names()) : std::nullopt;
  }
  std::optional<Names> needed = needed_capabilities(c);
  if (is_unprivileged(c)) {
    if (needs_of(c) == nullptr) return {};
    return needed ? of_files(*needed) : Names();
  }
  if (c.user.absent() || c.user.origin == facts::Origin::base_image) user = with_own_user(c);
  if (user) return Names();
  return needed;
}

static std::string joined(const Names& names) {
  std::string text;
  for (const std::string_view name : names) text += concat({text.empty() ? "" : ", ", name});
  return text;
}

static std::optional<Fix> dropped(const facts::Container& c) {
  const auto& added = c.added_capabilities;
  const auto is_added = [&](std::string_view name) {
    return std::ranges::any_of(added.items, [&](const facts::Fact<facts::Capability>& item) {
      return kernel_name(item.value) == name;
    });
  };
  const bool privileged = c.privileged.unknown() || (c.privileged.known() && c.privileged.value);
  if (!can_edit(c) || !added.complete || is_added("ALL") || privileged) return {};
  std::optional<text::Edit> user;
  std::optional<Names> needed = added_back(c, user);
  if (!needed) return {};
  std::erase_if(*needed, is_added);
  std::optional<text::Edit> drop = with_items(c, "cap_drop", {"ALL"});
  std::optional<text::Edit> add =
      with_items(c, "cap_add", std::vector<std::string>(needed->begin(), needed->end()));
  if (!drop || (!needed->empty() && !add)) return {};
  Fix fix{.safety = Safety::changes_behaviour,
          .title = needed->empty() ? std::string("drop all capabilities")
                                   : concat({"drop all capabilities but ", joined(*needed)})};
  if (add) fix.edits.push_back(std::move(*add));
  fix.edits.push_back(std::move(*drop));
  if (user) {
    fix.title += ", and start as the image's own user";
    fix.edits.push_back(std::move(*user));
  }
  return fix;
}

// Where an image isn't known, it may need any of them.
static std::string options_of_run(const facts::Container& c) {
  std::optional<Names> needed = needed_capabilities(c);
  if (is_unprivileged(c)) {
    if (needs_of(c) == nullptr) return {};
    needed = needed ? of_files(*needed) : Names();
  }
  if (!needed || !c.added_capabilities.complete) return {};
  std::string options = "--cap-drop ALL";
  for (const std::string_view name : *needed)
    if (std::ranges::none_of(c.added_capabilities.items,
                             [&](const auto& item) { return kernel_name(item.value) == name; }))
      options += concat({" --cap-add ", name});
  return options;
}

static void check(const facts::Container& c, Findings& out) {
  const facts::FactList<facts::Capability>& drops = c.dropped_capabilities;
  const auto settles = [](const facts::Fact<facts::Capability>& item) {
    return item.unknown() || (item.known() && kernel_name(item.value) == "ALL");
  };
  if (!drops.complete || std::ranges::any_of(drops.items, settles)) return;
  if (!hardening::is_told(c, drops.where)) return;
  // KICS is content with any list.
  const bool some = !drops.items.empty();
  out.push_back({.where = drops.where,
                 .message = some ? "only some capabilities are dropped, not ALL"
                                 : "no capability is dropped: root in the container keeps 14, such "
                                   "as NET_RAW and DAC_OVERRIDE",
                 .aliases = hardening::peers(c, kAliases) & ~(some ? only(kAliases, {kKics}) : 0),
                 .fix = dropped(c)});
  if (c.kind == facts::ContainerKind::run) out.back().run_options = options_of_run(c);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [CHOWN, SETGID, SETUID]\n    "
              "cap_drop: [ALL]\n"},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [NET_RAW]\n",
     .flagged = true,
     .fixed =
         "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [NET_RAW, ALL]\n    cap_add: "
         "[CHOWN, SETGID, SETUID]\n"},
    {.input = Input::compose,
     .text = "services:\n  cache:\n    image: redis:7.4\n    volumes: [\"data:/data\"]\nvolumes:\n "
             " data:\n",
     .flagged = true,
     .fixed =
         "services:\n  cache:\n    image: redis:7.4\n    volumes: [\"data:/data\"]\n    cap_drop: "
         "[ALL]\n    user: \"999:999\"\nvolumes:\n  data:\n"},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: registry.example.com/app:1\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -d nginx:1.27\n",
     .flagged = true,
     .fixed = "docker run --cap-drop ALL --cap-add CHOWN --cap-add SETGID --cap-add SETUID -d "
              "nginx:1.27\n"},
    {.input = Input::run_line,
     .text = "docker run -d registry.example.com/app:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [ALL]\n    cap_add: [CHOWN, "
             "SETGID, SETUID]\n"},
    {.input = Input::run_line, .text = "docker run -d --cap-drop all nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "missing-capability-drop",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Capabilities are not dropped",
    .why =
        "The engine leaves 14 capabilities to root in a container: to forge network packets "
        "(NET_RAW), to make device files\n"
        "(MKNOD), to read and change every file (DAC_OVERRIDE). A service that runs as a user of "
        "its "
        "own needs none. Images\n"
        "that start as root and then change to a user (postgres, redis, rabbitmq: gosu, su-exec) "
        "need "
        "SETUID and SETGID, mostly\n"
        "CHOWN, for data of that user DAC_OVERRIDE and FOWNER, too; nginx, httpd and php-fpm need "
        "CHOWN, SETUID and SETGID for\n"
        "their workers, which else die while the container seems to run. Programs with file "
        "capabilities (caddy, vault,\n"
        "pgadmin) don't start unless theirs is added. Ports below 1024 need NET_BIND_SERVICE only "
        "on "
        "the host's network.",
    .remedy =
        "Set `cap_drop: [ALL]` (`--cap-drop ALL`) and add back by `cap_add` what the program "
        "can't do without; then send it\n"
        "a request, since some failures don't end it. Best it runs as a user of its own and needs "
        "none.",
    .source = "CIS Docker Benchmark 1.6, 5.4",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .hardening = {.compose = "cap_drop: [ALL]",
                  .flag = "--cap-drop ALL",
                  .what = "dropped capabilities"},
});

}  // namespace plimsoll::rules::capabilities::missing_capability_drop
