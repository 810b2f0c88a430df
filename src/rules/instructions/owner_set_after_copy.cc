// owner-set-after-copy: RUN chown changes what COPY has just brought.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_after_copy.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::owner_set_after_copy {

// "app:staff"; `chown app` leaves the group as COPY made it, while `--chown=app` would look for
// one.
static std::string owner_of(std::string_view text) {
  const bool plain =
      std::ranges::all_of(text, [](char c) { return is_word_char(c) || c == '-' || c == ':'; });
  if (!plain || text.starts_with('-') || text.starts_with(':') || text.ends_with(':')) return {};
  return concat({text, text.find(':') == std::string_view::npos ? ":0" : ""});
}

static std::string_view without_slash(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

// What was copied, and nothing more: the one file, or with -R the folder that was copied to.
static bool is_copied(const facts::Copy& copy, const facts::Permission& permission) {
  const std::string_view path = permission.paths.front();
  if (!permission.recursive) return path == file_in_image(copy);
  return copy.destination.known() && path.size() > 1 && path.starts_with('/') &&
         without_slash(path) == without_slash(copy.destination.value);
}

static void check_copy(const facts::Copy& copy, Findings& out) {
  if (copy.trigger || !copy.chown.absent()) return;
  const facts::Command* command = only_call_behind(copy, "chown");
  if (command == nullptr || !is_copied(copy, *command->permission)) return;
  const facts::Permission& permission = *command->permission;
  Finding finding{.where = command->place(),
                  .message = concat({copy.add ? "ADD" : "COPY", " --chown would give ",
                                     permission.paths.front(), " to ", permission.text,
                                     " without another layer"})};
  const std::string owner = owner_of(permission.text);
  // A copy that is linked in has no accounts to look names up in.
  if (!owner.empty() && copy.instruction->flag("link") == nullptr && command->words.size() <= 4)
    finding.fix = with_flag(copy, concat({"--chown=", owner}));
  // What lies in the folder already keeps its owner.
  if (finding.fix && permission.recursive) finding.fix->safety = Safety::changes_behaviour;
  out.push_back(std::move(finding));
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) check_copy(copy, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22\nCOPY . /srv/app\nRUN chown -R node:node /srv/app\nUSER 1000\n",
     .flagged = true,
     .fixed = "FROM node:22\nCOPY --chown=node:node . /srv/app\nUSER 1000\n"},
    {.text = "FROM node:22\nCOPY start.sh /srv/\nRUN chown node /srv/start.sh\n",
     .flagged = true,
     .fixed = "FROM node:22\nCOPY --chown=node:0 start.sh /srv/\n"},
    {.text = "FROM node:22\nCOPY --chown=node . /srv/app\n"},
    {.text = "FROM node:22\nCOPY . /srv/app\nRUN chown -R node /srv\n"},
};

extern constinit const Rule rule = described({
    .name = "owner-set-after-copy",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "chown behind COPY, which has a flag for that",
    .why = "A layer holds whole files: all those whose owner changes are stored a second time.",
    .remedy = "Write `COPY --chown=USER:GROUP …`.",
    .source = "Dockerfile reference, \"COPY --chown --chmod\"",
    .aliases = {},
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::owner_set_after_copy
