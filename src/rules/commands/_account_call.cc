// Three dialects are read (the shadow suite's, Debian's, busybox'), two are written: Debian has the
// shadow suite as well. Sources: useradd(8), groupadd(8); adduser(8) of Debian; busybox,
// loginutils/adduser.c and addgroup.c.
#include "rules/commands/_account_call.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/ascii.h"
#include "base/concat.h"

namespace plimsoll::rules::commands {
namespace {

enum class Says : std::uint8_t {
  nothing,  // as the other dialects do by default
  system,
  own_group,
  home,
  no_home,
  uid,
  gid,  // a group's name or number
  groups,
  folder,
  shell,
  comment
};

struct AccountOption {
  char letter = 0;
  std::string_view word{};
  Says says = Says::nothing;
};

constexpr AccountOption kShadowOptions[] = {{'r', "system", Says::system},
                                            {'m', "create-home", Says::home},
                                            {'M', "no-create-home", Says::no_home},
                                            {'U', "user-group", Says::own_group},
                                            {'l', "no-log-init", Says::nothing},
                                            {'u', "uid", Says::uid},
                                            {'g', "gid", Says::gid},
                                            {'G', "groups", Says::groups},
                                            {'d', "home-dir", Says::folder},
                                            {'s', "shell", Says::shell},
                                            {'c', "comment", Says::comment}};
constexpr AccountOption kBusyboxOptions[] = {{'S', "system", Says::system},
                                             {'D', "disabled-password", Says::nothing},
                                             {'H', "no-create-home", Says::no_home},
                                             {'u', "uid", Says::uid},
                                             {'G', "ingroup", Says::gid},
                                             {'h', "home", Says::folder},
                                             {'s', "shell", Says::shell},
                                             {'g', "gecos", Says::comment}};
constexpr AccountOption kBusyboxGroupOptions[] = {{'S', "system", Says::system},
                                                  {'g', "gid", Says::gid}};
constexpr AccountOption kDebianOptions[] = {{0, "system", Says::system},
                                            {0, "group", Says::own_group},
                                            {0, "no-create-home", Says::no_home},
                                            {0, "disabled-password", Says::nothing},
                                            {0, "disabled-login", Says::nothing},
                                            {'q', "quiet", Says::nothing},
                                            {0, "force-badname", Says::nothing},
                                            {0, "allow-bad-names", Says::nothing},
                                            {0, "uid", Says::uid},
                                            {0, "gid", Says::gid},
                                            {0, "ingroup", Says::gid},
                                            {0, "home", Says::folder},
                                            {0, "shell", Says::shell},
                                            {0, "gecos", Says::comment},
                                            {0, "comment", Says::comment}};

bool wants_value(Says says) {
  return says >= Says::uid;
}

// Values are kept as they are written, with their quotes.
struct AccountCall {
  bool group = false;  // it makes a group, no user
  bool system = false, own_group = false, home = false;
  std::string_view name{}, uid{}, gid{}, groups{}, folder{}, shell{}, comment{};
};

enum class Dialect : std::uint8_t { shadow, debian, busybox };

class AccountReading {
 public:
  AccountReading(const facts::Command& command, Dialect dialect)
      : words_(command.words.subspan(1)) {
    call_.group = command.name == "groupadd" || command.name == "addgroup";
    // useradd makes no home by default, the others do.
    call_.home = dialect != Dialect::shadow;
    options_ = dialect == Dialect::shadow   ? std::span<const AccountOption>(kShadowOptions)
               : dialect == Dialect::debian ? std::span<const AccountOption>(kDebianOptions)
               : call_.group                ? std::span<const AccountOption>(kBusyboxGroupOptions)
                                            : std::span<const AccountOption>(kBusyboxOptions);
  }

  std::optional<AccountCall> read() {
    for (; at_ < words_.size(); ++at_) {
      const std::string_view raw = words_[at_].raw;
      const bool understood = raw.starts_with("--")  ? read_word(raw.substr(2))
                              : raw.starts_with('-') ? read_letters(raw.substr(1))
                                                     : read_name(words_[at_]);
      if (!understood) return {};
    }
    if (call_.name.empty() || (call_.own_group && !call_.gid.empty())) return {};
    return call_;
  }

 private:
  bool read_name(const parse::shell::Word& word) {
    if (!call_.name.empty() || !word.known || word.raw != word.value) return false;
    call_.name = word.raw;
    return true;
  }

  bool read_word(std::string_view text) {
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const auto found = std::ranges::find(options_, name, &AccountOption::word);
    if (found == options_.end()) return false;
    if (!wants_value(found->says)) return equals == std::string_view::npos && note(found->says, {});
    if (equals != std::string_view::npos) return note(found->says, text.substr(equals + 1));
    return note_next(found->says);
  }

  bool read_letters(std::string_view letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const auto found = std::ranges::find(options_, letters[i], &AccountOption::letter);
      if (found == options_.end()) return false;
      if (wants_value(found->says))
        return i + 1 < letters.size() ? note(found->says, letters.substr(i + 1))
                                      : note_next(found->says);
      note(found->says, {});
    }
    return !letters.empty();
  }

  bool note_next(Says says) { return ++at_ < words_.size() && note(says, words_[at_].raw); }

  bool note(Says says, std::string_view value) {
    if (wants_value(says) && value.empty()) return false;
    switch (says) {
      case Says::nothing:
        break;
      case Says::system:
        call_.system = true;
        break;
      case Says::own_group:
        call_.own_group = true;
        break;
      case Says::home:
        call_.home = true;
        break;
      case Says::no_home:
        call_.home = false;
        break;
      case Says::uid:
        call_.uid = value;
        break;
      case Says::gid:
        call_.gid = value;
        break;
      case Says::groups:
        call_.groups = value;
        break;
      case Says::folder:
        call_.folder = value;
        break;
      case Says::shell:
        call_.shell = value;
        break;
      case Says::comment:
        call_.comment = value;
        break;
    }
    return true;
  }

  std::span<const parse::shell::Word> words_;
  std::span<const AccountOption> options_{};
  std::size_t at_ = 0;
  AccountCall call_{};
};

// Letters are busybox' alone: Debian's adduser has words.
Dialect dialect_of(const facts::Command& command) {
  if (command.name == "useradd" || command.name == "groupadd") return Dialect::shadow;
  const bool letters =
      std::ranges::any_of(command.words.subspan(1), [](const parse::shell::Word& word) {
        return word.raw.size() > 1 && word.raw[0] == '-' && word.raw[1] != '-';
      });
  return letters ? Dialect::busybox : Dialect::debian;
}

std::string spelled(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : concat({" ", name, " ", value});
}

std::string in_shadows_words(const AccountCall& call) {
  const std::string_view system = call.system ? " --system" : "";
  if (call.group) return concat({"groupadd", system, spelled("--gid", call.gid), " ", call.name});
  return concat({"useradd", system, spelled("--uid", call.uid), spelled("--gid", call.gid),
                 spelled("--groups", call.groups), spelled("--home-dir", call.folder),
                 call.home ? " --create-home" : " --no-create-home", spelled("--shell", call.shell),
                 spelled("--comment", call.comment), " ", call.name});
}

// A system account of busybox has no group of its own; one that useradd makes has.
std::string in_busybox_words(const AccountCall& call, bool wants_group) {
  const std::string_view system = call.system ? " -S" : "";
  if (call.group) return concat({"addgroup", system, spelled("-g", call.gid), " ", call.name});
  const bool makes_group = wants_group && call.system && call.gid.empty();
  return concat({makes_group ? concat({"addgroup -S ", call.name, " && "}) : std::string(),
                 "adduser", system, " -D", call.home ? "" : " -H", spelled("-u", call.uid),
                 spelled("-h", call.folder), spelled("-s", call.shell), spelled("-g", call.comment),
                 spelled("-G", makes_group ? call.name : call.gid), " ", call.name});
}

}  // namespace

std::optional<std::string> in_words_of(const data::BaseImage& image,
                                       const facts::Command& command) {
  const Dialect dialect = dialect_of(command);
  std::optional<AccountCall> call = AccountReading(command, dialect).read();
  if (!call) return {};
  using enum data::Family;
  if (image.family == alpine || image.family == busybox) {
    // busybox takes groups by name.
    const bool by_number = !call->gid.empty() && is_digit(call->gid.front());
    if (!call->groups.empty() || (by_number && !call->group)) return {};
    return in_busybox_words(*call, dialect == Dialect::shadow || call->own_group);
  }
  const std::string_view wanted = call->group ? "groupadd" : "useradd";
  if (data::has_tool(image, wanted) != data::HasTool::yes) return {};
  // Debian's system accounts are of `nogroup` unless a group is asked for.
  if (dialect == Dialect::debian && call->system && !call->own_group && call->gid.empty())
    call->gid = "nogroup";
  return in_shadows_words(*call);
}

}  // namespace plimsoll::rules::commands
