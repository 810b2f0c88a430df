// Follows what RUNs make.
#include "rules/user/_ownership.h"

#include <algorithm>

#include "base/concat.h"
#include "rules/placed.h"
#include "rules/written_folders.h"

namespace plimsoll::rules::user {

using facts::Command;

// The option of openssl that names a private key's file; empty: it makes none.
// Source: openssl-req(1), openssl-genpkey(1); keys are made with mode 0600.
static std::string_view key_option(const Command& command) {
  if (command.name != "openssl" || command.words.size() < 2) return {};
  constexpr std::string_view kMakers[] = {"dsaparam", "ecparam", "gendsa", "genpkey", "genrsa"};
  const std::string_view verb = command.words[1].value;
  if (verb == "req") return "-keyout";
  return std::ranges::find(kMakers, verb) != std::end(kMakers) ? "-out" : std::string_view{};
}

// The word behind the option; null: there is none.
static const parse::shell::Word* word_behind(const Command& command, std::string_view option) {
  for (std::size_t i = 1; i + 1 < command.words.size(); ++i)
    if (command.words[i].value == option) return &command.words[i + 1];
  return nullptr;
}

static bool names_file(const Command& command, std::string_view file) {
  return std::ranges::any_of(command.words, [&](const parse::shell::Word& word) {
    const std::string_view text = word.known ? word.value : word.raw;
    return text == file || text.ends_with(concat({"/", file}));
  });
}

enum class Fate : std::uint8_t { kept, settled, moved };

// What becomes of the file behind the command that makes it.
static Fate fate_of(const std::vector<PlacedCommand>& commands, std::size_t maker,
                    std::string_view path) {
  const std::string_view file = path.substr(path.rfind('/') + 1);
  for (std::size_t i = maker + 1; i < commands.size(); ++i) {
    const Command& command = *commands[i].command;
    if (!names_file(command, file)) continue;
    if (command.name == "rm" || command.permission != nullptr) return Fate::settled;
    if (command.name == "mv") return Fate::moved;
  }
  return Fate::kept;
}

static bool add_keys(const facts::Stage& stage, std::string_view user,
                     std::vector<std::string>& result) {
  constexpr std::size_t kMost = 8;
  const std::vector<PlacedCommand> commands = placed_commands(stage);
  std::size_t found = 0;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::string_view option = key_option(*commands[i].command);
    const parse::shell::Word* word =
        option.empty() ? nullptr : word_behind(*commands[i].command, option);
    if (word == nullptr) continue;
    const std::optional<std::string> path =
        word->known ? commands[i].path(word->value) : std::nullopt;
    if (!path || ++found > kMost) return false;
    const Fate fate = fate_of(commands, i, *path);
    if (fate == Fate::moved) return false;
    if (fate == Fate::kept) result.push_back(concat({"chown ", user, " ", *path}));
  }
  return true;
}

std::optional<std::vector<std::string>> giving_to(const facts::Container& c, std::string_view user,
                                                  const std::vector<std::string_view>& scratch) {
  std::vector<std::string> result;
  std::string folders;
  for (const std::string_view folder : scratch) folders += concat({" ", folder});
  const WrittenFolders written = written_folders(c, scratch);
  // Very many empty ones are those of a build.
  for (const WrittenFolder& folder : written.folders)
    if (folder.by_mode || (folder.made && written.known)) folders += concat({" ", folder.path});
  if (!folders.empty()) result.push_back(concat({"chown -R ", user, folders}));
  if (!add_keys(*c.stage, user, result)) return {};
  return result;
}

bool copies_key(const facts::Stage& stage) {
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    for (const facts::Copy& copy : s->copies)
      for (const facts::Copy::Source& source : copy.sources)
        if (copy.chown.absent() && copy.chmod.absent() && source.path.known() &&
            (source.path.value.ends_with(".key") || source.path.value.ends_with(".pem")))
          return true;
  return false;
}

}  // namespace plimsoll::rules::user
