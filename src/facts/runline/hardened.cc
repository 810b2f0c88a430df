// Hardening in the order of the page "Docker Security Best Practices": user, rights, file system,
// limits.
#include "facts/runline/hardened.h"

#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "data/names.h"
#include "facts/security.h"
#include "text/edits.h"

namespace plimsoll::facts {
namespace {

using parse::runline::RunLine;

// Limits that serve most services, and that are easily seen to be examples.
constexpr std::string_view kMemory = "--memory 512m", kCpus = "--cpus 1",
                           kPids = "--pids-limit 200";

class Hardener {
 public:
  Hardener(const RunLine& line, const Container& container, const ImageNeeds& needs, Arena& arena)
      : line_(line), c_(container), needs_(needs), arena_(arena) {
    const std::uint32_t behind = line.verb_word.where.end;
    where_ = {line.source, {behind, behind}};
  }

  std::vector<Hardening> all() {
    user();
    privileged();
    capabilities();
    new_privileges();
    read_only();
    limits();
    health();
    credentials();
    return std::move(missing_);
  }

 private:
  void insert(std::string_view option, std::string_view text) {
    missing_.push_back({.option = option, .text = text, .where = where_});
  }
  void hint(std::string_view option, std::string_view text, std::string_view note) {
    missing_.push_back(
        {.option = option, .text = text, .note = note, .where = where_, .hint = true});
  }

  [[nodiscard]] bool is_root() const {
    if (c_.user.absent()) return true;
    if (!c_.user.known()) return false;
    const std::string_view name = c_.user.value.substr(0, c_.user.value.find(':'));
    return name == "root" || name == "0";
  }

  void user() {
    const bool own = c_.user.known() && c_.user.origin == Origin::written;
    if (!is_root() && !(c_.user.unknown() && c_.user.origin == Origin::base_image)) return;
    if (own) return hint("user", "--user UID:GID", "the line names root");
    if (!needs_.user.empty()) return insert("user", arena_.copy(concat({"--user ", needs_.user})));
    if (c_.base != nullptr && !c_.base->users.empty()) {
      const std::string_view user = c_.base->users.front();
      return hint("user", arena_.copy(concat({"--user ", user})),
                  "the image has this user; see that it may write what it needs to");
    }
    hint("user", "--user UID:GID", "which user the image is made for is not known");
  }

  void privileged() {
    if (c_.privileged.known() && c_.privileged.value)
      hint("privileged", "",
           "--privileged takes all protection away: give the device or the "
           "capability that is needed");
  }

  void capabilities() {
    const auto has_all = [](const FactList<Capability>& list) {
      return std::ranges::any_of(
          list.items, [](const Fact<Capability>& f) { return f.known() && f.value == "ALL"; });
    };
    if (has_all(c_.added_capabilities))
      return hint("cap-drop", "--cap-drop ALL", "--cap-add ALL outweighs it");
    if (has_all(c_.dropped_capabilities) || !c_.dropped_capabilities.complete) return;
    std::string text = "--cap-drop ALL";
    for (const std::string_view name : needs_.capabilities) {
      const bool there = std::ranges::any_of(
          c_.added_capabilities.items, [&](const Fact<Capability>& f) { return f.value == name; });
      if (!there) text += concat({" --cap-add ", name});
    }
    insert("cap-drop", arena_.copy(text));
    if (needs_.capabilities.empty() && needs_.user.empty())
      missing_.back().note = "a program that starts as root may need some back, by --cap-add";
  }

  void new_privileges() {
    const Fact<bool> fact = no_new_privileges(c_);
    constexpr std::string_view kText = "--security-opt no-new-privileges:true";
    if (fact.known() && !fact.value)
      return hint("security-opt", kText, "a later --security-opt takes it away");
    if (fact.absent()) insert("security-opt", kText);
  }

  [[nodiscard]] bool is_mounted(std::string_view folder) const {
    return std::ranges::any_of(c_.mounts.items,
                               [&](const Fact<Mount>& m) { return m.value.target == folder; });
  }

  void read_only() {
    constexpr std::string_view kText = "--read-only";
    if (c_.read_only.known() && !c_.read_only.value)
      return hint("read-only", kText, "the line says --read-only=false");
    if (!c_.read_only.absent()) return;
    constexpr std::string_view kFolders[] = {"/tmp"};
    std::string text(kText);
    for (const std::string_view folder :
         needs_.writable.empty() ? std::span<const std::string_view>(kFolders) : needs_.writable)
      if (!is_mounted(folder)) text += concat({" --tmpfs ", folder});
    insert("read-only", arena_.copy(text));
    if (needs_.writable.empty())
      missing_.back().note = "other folders that are written to need a --tmpfs or a volume";
  }

  template <class T>
  void limit(const Fact<T>& fact, std::string_view option, std::string_view text) {
    if (fact.known() && fact.value <= 0)
      return hint(option, text, "the line says that there is none");
    if (fact.absent()) insert(option, text);
  }

  void limits() {
    limit(c_.memory_bytes, "memory", kMemory);
    limit(c_.cpus, "cpus", kCpus);
    limit(c_.pids, "pids-limit", kPids);
  }

  void health() {
    if (c_.health_check.absent())
      hint("health-cmd", "--health-cmd COMMAND", "what tells that the service works is not known");
  }

  // `-e NAME=VALUE` becomes `-e NAME`, in whatever way it is written.
  void credentials() {
    for (const parse::runline::Option& option : line_.options) {
      const std::size_t equals = option.value.text.find('=');
      if (option.name != "env" || !option.value.known() || equals == std::string_view::npos)
        continue;
      const Variable variable{.name = option.value.text.substr(0, equals),
                              .text = option.value.text.substr(equals + 1)};
      if (!holds_credential(variable)) continue;
      const bool apart = option.value.where != option.where;
      Hardening one{.option = "env",
                    .text = apart ? variable.name : arena_.copy(concat({"--env ", variable.name})),
                    .where = {line_.source, apart ? option.value.where : option.where}};
      one.note = arena_.copy(concat({variable.name, " is taken from the client's environment"}));
      missing_.push_back(one);
    }
  }

  const RunLine& line_;
  const Container& c_;
  const ImageNeeds& needs_;
  Arena& arena_;
  text::Place where_{};
  std::vector<Hardening> missing_;
};

}  // namespace

std::vector<Hardening> missing_hardening(const RunLine& line, const Container& container,
                                         const ImageNeeds& needs, Arena& arena) {
  return Hardener(line, container, needs, arena).all();
}

bool holds_credential(const Variable& variable) {
  if (!variable.has_text || data::harmless_value(variable.text)) return false;
  return data::secret_name(variable.name) != data::SecretName::no ||
         !data::secret_shape(variable.text).empty();
}

std::string hardened_line(const RunLine& line, const text::Source& source,
                          std::span<const Hardening> missing) {
  const std::uint32_t start = line.where.begin;
  std::vector<text::Edit> edits;
  edits.reserve(missing.size());
  for (const Hardening& one : missing) {
    if (one.hint) continue;
    const text::Span span{one.where.span.begin - start, one.where.span.end - start};
    const bool insertion = span.size() == 0;
    edits.push_back(
        {{one.where.source, span}, insertion ? concat({" ", one.text}) : std::string(one.text)});
  }
  Result<std::string> result = text::apply_edits(source.at(line.where), edits);
  return result ? std::move(*result) : std::string();  // spans of a line never overlap
}

}  // namespace plimsoll::facts
