// The surest sign comes first: what the engine itself says, then what the kernel told the program,
// then how it ended.
#include "fix/proof/compare.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/fs.h"
#include "fix/proof/symptoms.h"

namespace plimsoll::fix::proof {
namespace {

constexpr std::size_t kMostFolders = 5;
constexpr std::size_t kQuoteLimit = 300;

std::string mebibytes(std::int64_t bytes) {
  return concat({std::to_string(bytes >> 20U), " MiB"});
}

// The last line that says something, or `text` as one line if it is short.
std::string last_line(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  const std::size_t end = text.rfind('\n');
  std::string line(end == std::string_view::npos ? text : text.substr(end + 1));
  line.resize(std::min(line.size(), kQuoteLimit));
  std::ranges::replace_if(
      line, [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  return line;
}

std::string hidden(std::string line, const Seen& seen) {
  for (const std::string& text : seen.private_texts)
    for (std::size_t at = line.find(text); at != std::string::npos; at = line.find(text, at + 1))
      line.replace(at, text.size(), "*");
  return line;
}

std::string quoted(const std::string& line, const Seen& seen) {
  return line.empty() ? std::string() : concat({" (\"", hidden(line, seen), "\")"});
}

// Folders into which it wrote files when it could. One that is only told as modified is on the way
// to something else.
std::vector<std::string> written_folders(const Seen& before) {
  std::set<std::string> parents, folders;
  for (const engineapi::Change& change : before.changes)
    parents.insert(std::string(parent_path(change.path)));
  for (const engineapi::Change& change : before.changes) {
    const bool is_on_the_way =
        parents.contains(change.path) || (change.kind == engineapi::Change::Kind::modified &&
                                          change.path.find('/', 1) == std::string::npos);
    if (!is_on_the_way) folders.insert(std::string(parent_path(change.path)));
  }
  return {folders.begin(), folders.end()};
}

std::string in_words(const std::vector<std::string>& folders) {
  std::string words;
  for (std::size_t i = 0; i < std::min(folders.size(), kMostFolders); ++i)
    words += concat({i == 0 ? "" : ", ", folders[i]});
  return folders.size() > kMostFolders ? concat({words, " …"}) : words;
}

// Where its root file system became read-only, what would let it work.
std::string advice_to_write(const Seen& before, const Seen& after) {
  if (!after.read_only || before.read_only) return {};
  const std::vector<std::string> folders = written_folders(before);
  return folders.empty() ? std::string()
                         : concat({"; without the fix it writes in ", in_words(folders),
                                   ": memory disks (`tmpfs`) or volumes there would let it"});
}

// What was said before as well is no sign.
std::vector<Symptom> new_symptoms(const Seen& before, const Seen& after) {
  std::set<std::pair<Ailment, std::string>> known;
  for (const Symptom& s : find_symptoms(before.log)) known.emplace(s.ailment, s.path);
  std::vector<Symptom> symptoms =
      find_symptoms(concat({after.start_error, "\n", after.log, "\n", after.health_output}));
  std::erase_if(symptoms, [&](const Symptom& s) { return known.contains({s.ailment, s.path}); });
  return symptoms;
}

Worse explain_symptom(std::string_view service, const Symptom& symptom, const Seen& before,
                      const Seen& after) {
  const std::string quote = quoted(symptom.line, after);
  const std::string at = symptom.path.empty() ? "" : concat({" ", symptom.path});
  switch (symptom.ailment) {
    case Ailment::read_only_file_system:
      return {concat({service, " writes to", symptom.path.empty() ? " its root file system" : at,
                      ", which is read-only then", quote, advice_to_write(before, after)}),
              {"read_only", ":ro"}};
    case Ailment::not_permitted: {
      const std::string_view capability = capability_for(symptom.line);
      return {capability.empty() ? concat({service, " is not permitted what it does", quote})
                                 : concat({service, " needs the capability ", capability, quote,
                                           "; `cap_add: [", capability, "]` would give it"}),
              {"cap_drop", "no-new-privileges", "privileged"}};
    }
    case Ailment::permission_denied:
      return {concat({service, " is denied", symptom.path.empty() ? " something" : at,
                      after.user.empty() ? "" : concat({" as user ", after.user}), quote}),
              {"user", "USER", "cap_drop"}};
    case Ailment::no_space:
      return {concat({service, " has no room left at", at, quote}), {"tmpfs", "size"}};
    case Ailment::no_memory:
      return {concat({service, " gets no more memory",
                      after.memory > 0 ? concat({" than ", mebibytes(after.memory)}) : "", quote}),
              {"mem_limit", "memory"}};
    case Ailment::no_process:
      return {concat({service, " gets no more processes",
                      after.pids > 0 ? concat({" than ", std::to_string(after.pids)}) : "", quote}),
              {"pids"}};
  }
  return {};
}

std::string how_it_ended(std::string_view service, const Seen& after) {
  const std::string line = last_line(after.log);
  switch (after.end) {
    case End::not_healthy:
      return concat(
          {service, " does not become healthy", quoted(last_line(after.health_output), after)});
    case End::exited:
      return concat(
          {service, " ends with status ", std::to_string(after.exit_code), quoted(line, after)});
    default:
      return concat({service, " does not start", quoted(last_line(after.start_error), after)});
  }
}

bool is_as_good(const Seen& before, const Seen& after) {
  if (!after.works() || !after.start_error.empty()) return false;
  return (before.end == End::exited) == (after.end == End::exited);
}

// Killed by its limit itself, or a process of it was, after which it did not work.
bool is_out_of_memory(const Seen& before, const Seen& after) {
  return after.oom_killed && !before.oom_killed;
}

}  // namespace

std::optional<Worse> compare(std::string_view service, const Seen& before, const Seen& after) {
  if (!after.untried.empty()) return Worse{concat({service, ": ", after.untried})};
  if (!after.build_error.empty())
    return Worse{
        concat({service, " no longer builds", quoted(last_line(after.build_error), after)}), {}};
  const bool is_good = is_as_good(before, after);
  if (is_good && after.end == End::healthy) return std::nullopt;
  const std::vector<Symptom> symptoms = new_symptoms(before, after);
  if (is_good && symptoms.empty() && !is_out_of_memory(before, after)) return std::nullopt;
  if (is_out_of_memory(before, after))
    return Worse{concat({service, " is killed at its memory limit of ", mebibytes(after.memory)}),
                 {"mem_limit", "memory"}};
  if (!symptoms.empty()) return explain_symptom(service, symptoms.front(), before, after);
  return Worse{concat({how_it_ended(service, after), advice_to_write(before, after)})};
}

std::string no_measure(std::string_view service, const Seen& before) {
  if (!before.untried.empty()) return concat({service, ": ", before.untried});
  if (!before.build_error.empty())
    return concat({service, " does not build before it is fixed either",
                   quoted(last_line(before.build_error), before)});
  if (before.works()) return {};
  return concat({"before it is fixed, ", how_it_ended(service, before)});
}

}  // namespace plimsoll::fix::proof
