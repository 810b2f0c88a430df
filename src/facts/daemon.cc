// Lowers daemon.json, seccomp and AppArmor profiles to what rules ask of them.
// Source: moby daemon/config/config.go (28.x); moby/profiles seccomp; apparmor.d(5).
#include "facts/daemon.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/concat.h"
#include "parse/apparmor/parse.h"
#include "parse/dockerfile/json.h"
#include "parse/yaml/parse.h"

namespace plimsoll::facts {
namespace {

using parse::yaml::Entry;
using parse::yaml::Node;
using parse::yaml::NodeKind;
using parse::yaml::Style;

constexpr std::size_t kDeepestSetting = 8;

class DaemonLowering {
 public:
  DaemonLowering(const text::Source& source, std::uint32_t number, Arena& arena)
      : source_(source), number_(number), arena_(arena) {}

  Daemon lower(DaemonKind kind) {
    daemon_.kind = kind;
    daemon_.where = place({0, static_cast<std::uint32_t>(source_.line(1).size())});
    if (kind == DaemonKind::apparmor) {
      lower_apparmor();
    } else if (const Node* root = read_json()) {
      daemon_.where = place({root->span.begin, std::min(root->span.begin + 1, root->span.end)});
      if (kind == DaemonKind::engine)
        lower_engine(*root);
      else
        lower_seccomp(*root);
    }
    daemon_.problems = arena_.copy(problems_);
    return daemon_;
  }

 private:
  [[nodiscard]] text::Place place(text::Span span) const { return {number_, span}; }
  void problem(text::Span where, std::string_view message) {
    problems_.push_back({place(where), message});
  }

  // The tree is YAML's, which takes more than JSON's readers do.
  const Node* read_json() {
    const std::string_view text = source_.bytes();
    parse::dockerfile::Json json(text);
    json.skip_blanks();
    if (text.substr(json.at()).empty()) {
      problem({0, 0}, "the file is empty, which is not JSON");
      return nullptr;
    }
    if (json.value() == parse::dockerfile::JsonKind::invalid || !json.finished()) {
      const auto at = static_cast<std::uint32_t>(std::min(json.at(), text.size()));
      const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(at + 1, text.size()));
      const char c = at < text.size() ? text[at] : '\0';
      problem({at, end}, c == '#' || c == '/'   ? "this is not JSON, which knows no comments"
                         : at >= text.size()    ? "this is not JSON: it ends too early"
                         : c == '}' || c == ']' ? "this is not JSON: no comma may stand in front"
                                                : "this is not JSON");
    }
    const parse::yaml::Tree tree = parse::yaml::parse(text, arena_);
    if (tree.documents.empty() || tree.documents.front()->kind != NodeKind::mapping) {
      if (problems_.empty()) problem({0, 1}, "an object is expected");
      return nullptr;
    }
    return tree.documents.front();
  }

  static DaemonSetting::Type type_of(const Node& node) {
    using enum DaemonSetting::Type;
    if (node.kind == NodeKind::sequence) return list;
    if (node.kind == NodeKind::mapping) return object;
    if (node.style != Style::plain) return text;
    if (node.value == "true" || node.value == "false") return boolean;
    return node.value.empty() || node.value == "null" ? null : number;
  }

  void add_setting(std::string_view key, const Node& key_node, const Node& value,
                   std::size_t depth) {
    settings_.push_back({.key = key,
                         .value = value.value,
                         .type = type_of(value),
                         .key_where = place(key_node.span),
                         .where = place(value.span)});
    if (depth == kDeepestSetting) return;
    for (const Entry& entry : value.entries)
      add_setting(arena_.copy(concat({key, ".", entry.key->value})), *entry.key, *entry.value,
                  depth + 1);
    if (value.items.empty()) return;
    const std::string_view inside = arena_.copy(concat({key, "[]"}));
    for (const Node* item : value.items) add_setting(inside, *item, *item, depth + 1);
  }

  void lower_engine(const Node& root) {
    for (const Entry& entry : root.entries)
      add_setting(arena_.copy(entry.key->value), *entry.key, *entry.value, 1);
    daemon_.settings = arena_.copy(settings_);
  }

  [[nodiscard]] Fact<std::string_view> fact(const Node& node) const {
    return {.presence = Presence::known, .value = node.value, .where = place(node.span)};
  }
  // Of a key that stands twice Go takes the last.
  static const Node* member(const Node& object, std::string_view key) {
    const Node* found = nullptr;
    for (const Entry& entry : object.entries)
      if (entry.key->value == key) found = entry.value;
    return found;
  }

  void lower_seccomp(const Node& root) {
    SeccompProfile profile;
    profile.default_action.where = daemon_.where;
    if (const Node* action = member(root, "defaultAction")) profile.default_action = fact(*action);
    profile.architectures = architectures(root);
    std::vector<SeccompRule> rules;
    if (const Node* calls = member(root, "syscalls")) {
      rules.reserve(calls->items.size());
      for (const Node* call : calls->items) rules.push_back(seccomp_rule(*call));
    }
    profile.rules = arena_.copy(rules);
    daemon_.seccomp = arena_.make(profile);
  }

  FactList<std::string_view> architectures(const Node& root) {
    std::vector<Fact<std::string_view>> all;
    FactList<std::string_view> list{.where = daemon_.where};
    if (const Node* names = member(root, "architectures")) {
      list.where = place(names->span);
      for (const Node* name : names->items) all.push_back(fact(*name));
    }
    if (const Node* map = member(root, "archMap")) {
      list.where = place(map->span);
      for (const Node* item : map->items) {
        if (const Node* name = member(*item, "architecture")) all.push_back(fact(*name));
        if (const Node* more = member(*item, "subArchitectures"))
          for (const Node* name : more->items) all.push_back(fact(*name));
      }
    }
    list.items = arena_.copy(all);
    return list;
  }

  SeccompRule seccomp_rule(const Node& node) {
    SeccompRule rule{.where = place(node.span)};
    std::vector<Fact<std::string_view>> names;
    if (const Node* name = member(node, "name"))
      if (!name->value.empty()) names.push_back(fact(*name));
    if (const Node* list = member(node, "names")) {
      names.reserve(list->items.size());
      for (const Node* name : list->items) names.push_back(fact(*name));
    }
    rule.names = arena_.copy(names);
    if (const Node* action = member(node, "action")) rule.action = action->value;
    for (const std::string_view key : {"args", "includes", "excludes"})
      if (const Node* condition = member(node, key))
        rule.has_conditions =
            rule.has_conditions || !condition->items.empty() || !condition->entries.empty();
    return rule;
  }

  void lower_apparmor() {
    const parse::apparmor::Tree tree = parse::apparmor::parse(source_.bytes(), arena_);
    std::vector<AppArmorProfile> profiles;
    profiles.reserve(tree.profiles.size());
    for (const parse::apparmor::Profile& profile : tree.profiles) {
      AppArmorProfile lowered{.name = profile.name, .where = place(profile.where)};
      if (profile.parent != 0)
        lowered.name = arena_.copy(concat({profiles[profile.parent - 1].name, "//", profile.name}));
      lowered.flags = flags(profile);
      std::vector<AppArmorRule> rules;
      rules.reserve(profile.statements.size());
      for (const parse::apparmor::Statement& statement : profile.statements)
        rules.push_back(apparmor_rule(statement));
      lowered.rules = arena_.copy(rules);
      profiles.push_back(lowered);
    }
    daemon_.apparmor = arena_.copy(profiles);
    if (!profiles.empty()) daemon_.where = profiles.front().where;
    for (const parse::apparmor::Problem& found : tree.problems) problem(found.where, found.message);
  }

  FactList<std::string_view> flags(const parse::apparmor::Profile& profile) {
    std::vector<Fact<std::string_view>> flags;
    flags.reserve(profile.flags.size());
    for (const parse::apparmor::Flag& flag : profile.flags)
      flags.push_back(
          {.presence = Presence::known, .value = flag.name, .where = place(flag.where)});
    return {.items = arena_.copy(flags), .where = place(profile.where)};
  }

  [[nodiscard]] AppArmorRule apparmor_rule(const parse::apparmor::Statement& statement) const {
    using enum AppArmorRule::Kind;
    AppArmorRule rule{.kind = other, .text = statement.text, .where = place(statement.where)};
    for (bool more = true; more;) {
      const std::string_view word = first_word(rule.text);
      more = word == "audit" || word == "deny" || word == "allow" || word == "owner";
      if (!more) break;
      rule.audit = rule.audit || word == "audit";
      rule.deny = rule.deny || word == "deny";
      rule.text.remove_prefix(word.size());
      rule.text.remove_prefix(std::min(rule.text.find_first_not_of(" \t\r\n"), rule.text.size()));
    }
    struct Keyword {
      std::string_view word;
      AppArmorRule::Kind kind;
    };
    constexpr std::array<Keyword, 10> kKeywords = {{{"capability", capability},
                                                    {"file", file},
                                                    {"link", file},
                                                    {"mount", mount},
                                                    {"network", network},
                                                    {"pivot_root", mount},
                                                    {"ptrace", ptrace},
                                                    {"remount", mount},
                                                    {"signal", signal},
                                                    {"umount", mount}}};
    const std::string_view word = first_word(rule.text);
    for (const Keyword& keyword : kKeywords)
      if (keyword.word == word) rule.kind = keyword.kind;
    if (rule.text.starts_with('/') || rule.text.starts_with("\"/") || rule.text.starts_with("@{"))
      rule.kind = file;
    return rule;
  }
  static std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find_first_of(" \t\r\n"));
  }

  const text::Source& source_;
  std::uint32_t number_;
  Arena& arena_;
  Daemon daemon_;
  std::vector<DaemonSetting> settings_;
  std::vector<DaemonProblem> problems_;
};

}  // namespace

const DaemonSetting* Daemon::find(std::string_view key) const {
  const DaemonSetting* found = nullptr;  // of a key that stands twice Go takes the last
  for (const DaemonSetting& setting : settings)
    if (setting.key == key) found = &setting;
  return found;
}

bool Daemon::is_true(std::string_view key) const {
  const DaemonSetting* setting = find(key);
  return setting != nullptr && setting->type == DaemonSetting::Type::boolean &&
         setting->value == "true";
}

bool Daemon::is_false(std::string_view key) const {
  const DaemonSetting* setting = find(key);
  return setting != nullptr && setting->type == DaemonSetting::Type::boolean &&
         setting->value == "false";
}

const Daemon& lower_daemon(const text::Source& source, std::uint32_t number, DaemonKind kind,
                           Arena& arena) {
  return *arena.make(DaemonLowering(source, number, arena).lower(kind));
}

}  // namespace plimsoll::facts
