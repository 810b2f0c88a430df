// Cache mounts in the place of cleaning up.
// Source: Docker, "Optimize cache usage in builds"; Dockerfile reference, "RUN --mount=type=cache".
#include "rules/packages/_mounts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/concat.h"
#include "facts/user.h"
#include "rules/edits.h"
#include "rules/packages/_shared.h"

namespace plimsoll::rules::packages {

namespace shell = parse::shell;
using facts::PackageAction;

static constexpr std::string_view kTitle = "mount a cache for the RUN";

bool prefers_mounts(const facts::Run& run) {
  return run.stage->build->settings->prefer_cache_mounts;
}

static bool runs_as_root(const facts::Run& run) {
  std::uint32_t end = run.instruction->span.begin;
  for (const facts::Stage* stage = run.stage; stage != nullptr; stage = stage->base.stage) {
    for (std::size_t i = stage->instructions.size(); i-- > 0;) {
      const parse::dockerfile::Instruction& before = *stage->instructions[i];
      if (before.keyword == parse::dockerfile::Keyword::user && before.span.begin < end)
        return facts::is_root(before.rest);
    }
    end = stage->from->span.begin;
  }
  const data::BaseImage* image = run.stage->root->facts;
  return image != nullptr && image->user_known &&
         (image->user.empty() || facts::is_root(image->user));
}

static text::Edit behind_keyword(const facts::Run& run, std::string flags) {
  return inserted(*run.stage->build, run.instruction->keyword_span.end, std::move(flags));
}

std::optional<Fix> cache_mount(const facts::Command& command, std::string_view folder,
                               Sharing sharing) {
  const facts::Run& run = *command.run;
  if (run.trigger || run.instruction->broken || !command.wrapper.empty() || !runs_as_root(run))
    return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = std::string(kTitle),
             .edits = {behind_keyword(
                 run, concat({" --mount=type=cache,target=", folder,
                              sharing == Sharing::locked ? ",sharing=locked" : ""}))}};
}

namespace {

// One RUN in which apt works.
struct AptRun {
  const facts::Run* run = nullptr;
  std::optional<text::Edit> without_cleaning{};
};

}  // namespace

static bool uses_apt(const facts::Run& run) {
  return std::ranges::any_of(run.commands, [](const facts::Command& c) {
    return c.packages != nullptr && c.packages->manager == facts::Manager::apt &&
           c.packages->action != PackageAction::other && c.packages->action != PackageAction::clean;
  });
}

// `apt-get clean`; `rm -rf /var/lib/apt/lists/*`, and nothing beside.
static bool empties_apt(const facts::Command& c) {
  if (c.packages != nullptr)
    return c.packages->manager == facts::Manager::apt && c.packages->action == PackageAction::clean;
  return c.removal != nullptr && !c.removal->paths.empty() &&
         std::ranges::all_of(c.removal->paths, [](std::string_view path) {
           return path.starts_with("/var/lib/apt") || path.starts_with("/var/cache/apt");
         });
}

// Does it touch what would be mounted, perhaps among other things?
static bool meets_apt(const facts::Command& c) {
  if (empties_apt(c)) return true;
  return std::ranges::any_of(c.words, [](const shell::Word& word) {
    return word.raw.find("/var/lib/") != std::string_view::npos ||
           word.raw.find("/var/cache") != std::string_view::npos;
  });
}

// Finds what cleans at the end of the list. False: something empties the folders elsewhere.
static bool find_cleaning(AptRun& apt) {
  const facts::Run& run = *apt.run;
  std::size_t kept = run.commands.size();
  while (kept > 0 && empties_apt(run.commands[kept - 1])) --kept;
  const std::size_t cleaning = run.commands.size() - kept;
  if (std::ranges::any_of(run.commands.first(kept), meets_apt)) return false;
  if (cleaning == 0) return true;
  if (!is_plain_list(run) || !run.instruction->inner_comments.empty()) return false;
  const std::span<const shell::Item> items = run.script->list.items;
  // Each of them is an item of its own, behind one that stays.
  if (items.size() <= cleaning || run.commands.size() != items.size()) return false;
  const facts::Command& last = run.commands[kept - 1];
  const shell::Item& before = items[items.size() - cleaning - 1];
  const std::uint32_t begin = last.place(before.pipeline.commands.back().raw).span.end;
  const std::uint32_t end = last.place(run.script->list.raw).span.end;
  apt.without_cleaning = text::Edit{run.stage->build->place({begin, end}), ""};
  return true;
}

static bool has_apt_mounts(const facts::Run& run) {
  return keeps_out(run, "/var/lib/apt") && keeps_out(run, "/var/cache/apt");
}

// None: some of them can't get the mounts.
static std::optional<std::vector<AptRun>> apt_runs(const facts::Stage& stage) {
  constexpr std::size_t kLooked = 64;
  std::vector<AptRun> result;
  if (stage.runs.size() > kLooked) return {};
  for (const facts::Run& run : stage.runs) {
    if (!uses_apt(run) || has_apt_mounts(run)) continue;
    const bool half = keeps_out(run, "/var/lib/apt") || keeps_out(run, "/var/lib/apt/lists") ||
                      keeps_out(run, "/var/cache/apt") || keeps_out(run, "/var/cache");
    AptRun apt{.run = &run};
    if (half || run.trigger || run.instruction->broken || !run.understood || !find_cleaning(apt))
      return {};
    result.push_back(std::move(apt));
  }
  return result;
}

std::optional<Fix> apt_cache_mounts(const facts::Stage& stage) {
  std::optional<std::vector<AptRun>> runs = apt_runs(stage);
  if (!runs || runs->empty() || !is_plain_list(*runs->front().run)) return {};
  Fix fix{.safety = Safety::changes_behaviour, .title = "mount caches for apt"};
  for (AptRun& apt : *runs) {
    fix.edits.push_back(behind_keyword(*apt.run,
                                       " --mount=type=cache,target=/var/cache/apt,sharing=locked "
                                       "--mount=type=cache,target=/var/lib/apt,sharing=locked"));
    if (apt.without_cleaning) fix.edits.push_back(std::move(*apt.without_cleaning));
  }
  const facts::Run& first = *runs->front().run;
  const std::uint32_t begin = first.commands.front().place(first.script->list.raw).span.begin;
  fix.edits.push_back(inserted(*stage.build, begin, "rm -f /etc/apt/apt.conf.d/docker-clean && "));
  return fix;
}

}  // namespace plimsoll::rules::packages
