// unresolvable-user: an account is named where there is no /etc/passwd to find its number in.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::user::unresolvable_user {

static constexpr Alias kAliases[] = {{"tally", "tally/named-identity-in-passwdless-stage"}};

// One that has to be looked up.
static bool is_name(std::string_view part) {
  return !part.empty() && !is_digits(part);
}

// `app` and `staff` of "app:staff"; empty if it isn't said.
static std::string_view user_part(std::string_view owner) {
  return owner.substr(0, owner.find(':'));
}
static std::string_view group_part(std::string_view owner) {
  const std::size_t colon = owner.find(':');
  return colon == std::string_view::npos ? std::string_view{} : owner.substr(colon + 1);
}

// What is copied to `/` or `/etc` may be the file, or a folder with the file in it; so may what
// can't be known.
static bool may_bring(const facts::Copy& copy, std::string_view file) {
  if (copy.trigger) return false;
  if (!copy.destination.known()) return true;
  std::string_view to = copy.destination.value;
  if (to.starts_with("./")) to.remove_prefix(2);
  if (!to.starts_with('/')) return true;  // WORKDIR may be the root
  while (to.ends_with('/')) to.remove_suffix(1);
  return to.empty() || to == "/." || to == "/etc" || to == file;
}

// Nothing copied before `end` can have brought the file, and the stage starts from nothing. What a
// RUN does in such a stage isn't known.
static bool lacks(const facts::Stage& stage, std::string_view file, std::uint32_t end) {
  if (stage.root == nullptr || !stage.root->scratch) return false;
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage) {
    if (!s->runs.empty()) return false;
    for (const facts::Copy& copy : s->copies)
      if (copy.instruction->span.begin < end && may_bring(copy, file)) return false;
  }
  return true;
}

// The name that can't be resolved; empty: all can.
static std::string_view unresolved(const facts::Stage& stage, std::string_view owner,
                                   std::uint32_t end) {
  const std::string_view user = user_part(owner), group = group_part(owner);
  if (is_name(user) && lacks(stage, "/etc/passwd", end)) return user;
  if (is_name(group) && lacks(stage, "/etc/group", end)) return group;
  return {};
}

static void check_user(const facts::Stage& stage, Findings& out) {
  const facts::Fact<std::string_view>& user = stage.user;
  if (!user.known() || user.origin != facts::Origin::written ||
      user.where.span.begin < stage.from->span.begin)
    return;  // a parent's, which says so
  const std::string_view name = unresolved(stage, user.value, ~0U);
  if (name.empty()) return;
  out.push_back({.where = user.where,
                 .message = concat({"the container can't start: nothing in an image from scratch "
                                    "says which number ",
                                    name, " is"})});
}

// Of a layer that is linked in, nothing below can be read. Source: BuildKit #7134.
static std::string_view unresolved_in_link(const facts::Copy& copy) {
  if (copy.instruction->flag("link") == nullptr) return {};
  const std::string_view user = user_part(copy.chown.value), group = group_part(copy.chown.value);
  if (is_name(user) && user != "root") return user;
  return is_name(group) && group != "root" ? group : std::string_view{};
}

static void check_copy(const facts::Copy& copy, Findings& out) {
  if (!copy.chown.known() || copy.trigger) return;
  if (const std::string_view name = unresolved_in_link(copy); !name.empty()) {
    out.push_back({.where = copy.chown.where,
                   .message = concat({"the build fails: --link reads no /etc/passwd, so ", name,
                                      " has no number"}),
                   .aliases = 0});
    return;
  }
  const std::string_view name =
      unresolved(*copy.stage, copy.chown.value, copy.instruction->span.begin);
  if (name.empty() || name == "root") return;  // 0 is what comes of it
  out.push_back({.where = copy.chown.where,
                 .message = concat({"the owner becomes root: nothing in an image from scratch "
                                    "says which number ",
                                    name, " is"}),
                 .severity = Severity::medium});
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    check_user(stage, out);
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM scratch\nCOPY app /app\nUSER app\nENTRYPOINT [\"/app\"]\n", .flagged = true},
    {.text = "FROM scratch\nCOPY --chown=app:app data /data\n", .flagged = true},
    {.text = "FROM node:22-alpine\nCOPY --link --chown=node:node . /app\n", .flagged = true},
    {.text = "FROM scratch\nCOPY app /app\nUSER 10001:10001\n"},
    {.text = "FROM alpine:3.22 AS build\nRUN adduser -D app\nFROM scratch\nCOPY --from=build "
             "/etc/passwd /etc/group /etc/\nCOPY app /app\nUSER app\n"},
    {.text = "FROM node:22-alpine\nCOPY --link --chown=1000:1000 . /app\n"},
};

extern constinit const Rule rule = described({
    .name = "unresolvable-user",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "An account is named where no /etc/passwd says its number",
    .why =
        "The kernel knows numbers only. Names are looked up in the image's own `/etc/passwd` and "
        "`/etc/group`: an image from\n"
        "`scratch` has none, so its container doesn't start (\"no matching entries in passwd "
        "file\"), and `COPY --link`\n"
        "makes its layer without looking at the image (\"invalid user index: -1\").",
    .remedy =
        "Write numbers (`USER 10001:10001`, `--chown=10001:10001`), or copy `/etc/passwd` and "
        "`/etc/group` from a stage that has the account.",
    .source = "Dockerfile reference, USER, \"COPY --chown\" and \"COPY --link\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::user::unresolvable_user
