// Reads what is done to folders while the image is built: whoever gives one away means it to be
// written to.
#include "rules/written_folders.h"

#include <algorithm>

#include "facts/user.h"
#include "rules/edits.h"
#include "rules/placed.h"

namespace plimsoll::rules {

using facts::Permission;

// More than this few is no list of folders for data.
static constexpr std::size_t kMostFolders = 4;
// Each is held against all others.
static constexpr std::size_t kMostCommands = 512;

// `g+w`, `a+rwX`, `g=u`, 775.
static bool lets_others_write(std::string_view mode) {
  const bool octal =
      !mode.empty() && std::ranges::all_of(mode, [](char c) { return c >= '0' && c <= '7'; });
  if (octal) {
    const std::string_view digits =
        mode.substr(mode.size() - std::min<std::size_t>(mode.size(), 2));
    return std::ranges::any_of(digits, [](char c) { return ((c - '0') & 2) != 0; });
  }
  const std::size_t operation = mode.find_first_of("+=");
  if (operation == std::string_view::npos) return false;
  const bool others = mode.substr(0, operation).find_first_of("goa") != std::string_view::npos;
  return others && mode.find_first_of("wu", operation) != std::string_view::npos;
}

static bool gives(const Permission& permission) {
  if (permission.kind == Permission::Kind::mode) return lets_others_write(permission.text);
  return !permission.text.starts_with(':') && !facts::is_root(permission.text);
}

// What is built, and only read when it runs.
static bool is_built(std::string_view path) {
  constexpr std::string_view kNames[] = {".venv",        "assets", "bin",    "build",
                                         "dist",         "lib",    "public", "static",
                                         "node_modules", "venv",   "vendor"};
  return std::ranges::find(kNames, path.substr(path.rfind('/') + 1)) != std::end(kNames);
}

// Where the system's own files are, and a volume would hide them; or what whoever starts the image
// puts there for its start script to read.
static bool is_of_system(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/bin", "/boot", "/dev",  "/etc",  "/lib", "/lib64",
                                           "/opt", "/proc", "/root", "/sbin", "/sys", "/usr"};
  return path == "/" || path == "/var" || path == "/home" ||
         path.starts_with("/docker-entrypoint") ||
         std::ranges::any_of(kFolders,
                             [&](std::string_view folder) { return is_below(path, folder); });
}

// On Debian and Alpine one is a link to the other.
static std::string_view real_path(std::string_view path) {
  return is_below(path, "/var/run") ? path.substr(4) : path;
}

namespace {

class Looking {
 public:
  Looking(const facts::Container& c, const std::vector<std::string_view>& scratch)
      : c_(c),
        scratch_(scratch),
        commands_(placed_commands(*c.stage)),
        copies_(copied_paths(*c.stage)) {}

  WrittenFolders look() {
    if (commands_.size() > kMostCommands) return {.known = false};
    for (const PlacedCommand& placed : commands_) {
      const Permission* permission = placed.command->permission;
      if (permission != nullptr && gives(*permission))
        for (const std::string_view path : permission->paths) given(placed, *permission, path);
    }
    for (const PlacedCommand& placed : commands_)
      if (placed.command->name == "mkdir") made(placed);
    if (found_.folders.size() > kMostFolders) found_.known = false;
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool is_of_application(std::string_view path) const {
    return c_.workdir.known() && is_below(c_.workdir.value, path);
  }

  [[nodiscard]] bool is_settled(std::string_view path) const {
    const auto holds = [&](std::string_view folder) {
      return is_below(real_path(path), real_path(folder));
    };
    return std::ranges::any_of(scratch_, holds) || is_below(path, "/tmp") ||
           std::ranges::any_of(c_.volumes.items, [&](const facts::Fact<std::string_view>& volume) {
             return volume.known() && holds(volume.value);
           });
  }

  // Below the folder that the application is in, too.
  [[nodiscard]] bool is_for_data(std::string_view path) const {
    const bool inside =
        c_.workdir.known() && c_.workdir.value != "/" && is_below(path, c_.workdir.value);
    return !is_built(path) && (inside || !is_of_system(path));
  }

  [[nodiscard]] bool is_made_by_mkdir(std::string_view path) const {
    return std::ranges::any_of(commands_, [&](const PlacedCommand& placed) {
      return placed.command->name == "mkdir" &&
             std::ranges::any_of(placed.command->words.subspan(1), [&](const auto& word) {
               return word.known && placed.path(word.value) == path;
             });
    });
  }

  void add(WrittenFolder folder) {
    for (WrittenFolder& known : found_.folders)
      if (known.path == folder.path) {
        known.by_mode &= folder.by_mode;
        return;
      }
    if (found_.folders.size() <= kMostFolders) found_.folders.push_back(std::move(folder));
  }

  void given(const PlacedCommand& placed, const Permission& permission, std::string_view written) {
    const std::optional<std::string> path = placed.path(written);
    if (!path) {
      // A relative one is in the application's folder.
      if (!is_plain_path(written) || written.starts_with('/')) found_.known = false;
      if (permission.recursive && written != ".") found_.known = false;
      return;
    }
    if (is_of_application(*path) || is_settled(*path)) return;
    const bool folder = permission.recursive || written.ends_with('/') || is_made_by_mkdir(*path);
    const bool extended = path->find('.', path->rfind('/') + 1) != std::string::npos;
    if (!folder && extended) return;  // a file, say a script that is made one's own
    if (!folder || !is_for_data(*path) || holds_copies(*path)) {
      found_.known = false;
      return;
    }
    add({.path = *path, .by_mode = permission.kind == Permission::Kind::mode});
  }

  [[nodiscard]] bool holds_copies(std::string_view path) const {
    return std::ranges::any_of(copies_, [&](const std::optional<std::string>& copy) {
      return copy && is_below(*copy, path);
    });
  }

  [[nodiscard]] bool is_started(std::string_view path) const {
    const auto names = [&](const facts::Fact<facts::Program>& program) {
      return program.known() &&
             std::ranges::any_of(program.value.words, [&](std::string_view word) {
               return word.find(path) != std::string_view::npos;
             });
    };
    return names(c_.entrypoint) || names(c_.command);
  }

  // Another command has the path among its words, or a path below it.
  [[nodiscard]] bool is_used(const PlacedCommand& by, std::string_view path) const {
    return std::ranges::any_of(commands_, [&](const PlacedCommand& placed) {
      if (placed.command == by.command) return false;
      return std::ranges::any_of(
                 placed.command->words,
                 [&](const auto& word) { return word.raw.find(path) != std::string_view::npos; }) ||
             (placed.folder && is_below(*placed.folder, path));
    });
  }

  void made(const PlacedCommand& placed) {
    for (const parse::shell::Word& word : placed.command->words.subspan(1)) {
      if (!word.known || word.value.starts_with('-')) continue;
      const std::optional<std::string> path = placed.path(word.value);
      if (!path || is_of_application(*path) || is_settled(*path) || !is_for_data(*path) ||
          holds_copies(*path) || is_started(*path) || is_used(placed, *path))
        continue;
      add({.path = *path, .made = true});
    }
  }

  const facts::Container& c_;
  const std::vector<std::string_view>& scratch_;
  std::vector<PlacedCommand> commands_;
  std::vector<std::optional<std::string>> copies_;
  WrittenFolders found_{};
};

}  // namespace

WrittenFolders written_folders(const facts::Container& c,
                               const std::vector<std::string_view>& scratch) {
  if (c.stage == nullptr) return {};
  return Looking(c, scratch).look();
}

}  // namespace plimsoll::rules
