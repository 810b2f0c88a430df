// Which folders a program has to be given back once its root is read-only.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/account_number.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "facts/user.h"
#include "rules/needs.h"
#include "rules/placed.h"
#include "rules/written_folders.h"

namespace plimsoll::rules {

// Something that can be written is mounted at the folder or above it.
static bool is_mounted(const facts::Container& c, std::string_view folder) {
  return std::ranges::any_of(c.mounts.items, [&](const facts::Fact<facts::Mount>& m) {
    return m.known() && !m.value.read_only && is_below(folder, m.value.target);
  });
}

// On Debian and Alpine one is a link to the other.
static std::string_view real_folder(std::string_view folder) {
  return folder.starts_with("/var/run/") ? folder.substr(4) : folder;
}

static bool is_covered(const facts::Container& c, std::string_view folder) {
  return is_mounted(c, folder) || is_mounted(c, real_folder(folder));
}

static std::string_view program_of(const facts::Fact<facts::Program>& program) {
  if (!program.known() || program.value.words.empty()) return {};
  std::string_view text = program.value.words.front();
  if (text.starts_with("exec ")) text.remove_prefix(5);
  text = text.substr(0, text.find(' '));
  return text.substr(text.rfind('/') + 1);
}

static bool starts_one_of(const facts::Container& c, std::span<const std::string_view> programs) {
  const auto is = [&](std::string_view program) {
    return std::ranges::find(programs, program) != programs.end();
  };
  return is(program_of(c.command)) || is(program_of(c.entrypoint));
}

// Of the account that is stated, or of the one that the image has for running. Empty: not known.
static std::string home_of(const facts::Container& c) {
  const std::string_view own =
      c.base == nullptr || c.base->users.empty() ? std::string_view{} : c.base->users.front();
  const bool root = !c.user.known() || facts::is_root(c.user.value);
  if (root) return own.empty() ? std::string("/root") : concat({"/home/", own});
  const std::string_view user = c.user.value.substr(0, c.user.value.find(':'));
  if (!own.empty() && (user == own || user == data::account_number(*c.base, own)))
    return concat({"/home/", own});
  return {};
}

// The number of whoever writes there: of the account that is stated, or of the one that the image
// may be started as. Empty: not known.
static std::string_view writer_of(const facts::Container& c, const data::ImageNeeds& needs) {
  const std::string_view own =
      c.base == nullptr || c.base->users.empty() ? std::string_view{} : c.base->users.front();
  const std::string_view number =
      own.empty() ? std::string_view{} : data::account_number(*c.base, own);
  if (!c.user.known() || facts::is_root(c.user.value))
    return needs.lowered.empty() ? number : needs.lowered;
  const std::string_view user = c.user.value.substr(0, c.user.value.find(':'));
  if (is_digits(user)) return user;
  return user == own ? number : std::string_view{};
}

// A tmpfs has the mode of the folder that it covers, whatever `mode` says to runc 1.1.5 (seen),
// and root for its owner. /tmp is everyone's.
static std::string opened(std::string_view folder, std::string_view writer) {
  if (folder == "/tmp") return std::string(folder);
  return writer.empty() ? concat({folder, ":mode=1777"}) : concat({folder, ":uid=", writer});
}

static std::optional<Scratch> scratch_of_built(const facts::Container& c,
                                               const data::ImageNeeds& needs) {
  Scratch result{.assumed = true};
  const std::string_view writer = writer_of(c, needs);
  std::vector<std::string_view> folders(needs.scratch.begin(), needs.scratch.end());
  for (const std::string_view folder : folders)
    if (!is_covered(c, folder)) result.temporary.push_back(opened(folder, writer));
  const std::string home = home_of(c);
  if (!home.empty() && starts_one_of(c, needs.starters))
    for (const std::string_view folder : needs.starters_scratch) {
      const std::string path = concat({home, folder.substr(1)});
      if (!is_covered(c, path)) result.temporary.push_back(opened(path, writer));
    }
  const WrittenFolders written = written_folders(c, folders);
  if (!written.known) return {};
  for (const WrittenFolder& folder : written.folders)
    if (!is_covered(c, folder.path)) result.kept.push_back(folder.path);
  return result;
}

std::optional<Scratch> needed_scratch(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  if (needs == nullptr || !needs->scratch_known) return {};
  if (!std::ranges::all_of(needs->mounted, [&](std::string_view f) { return is_covered(c, f); }))
    return {};
  if (c.stage != nullptr) return scratch_of_built(c, *needs);
  Scratch result;
  for (const std::string_view folder : needs->scratch)
    if (!is_covered(c, folder)) result.temporary.emplace_back(folder);
  return result;
}

}  // namespace plimsoll::rules
