// A RUN needs a key if it names it, or calls a program that looks for such files by itself. What no
// RUN needs is read when the container runs, from the path that it was copied to.
// Source: Docker, "Build secrets"; Compose specification, "secrets".
#include "rules/secrets/_copied_file.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/fs.h"
#include "facts/context.h"
#include "rules/compose_edits.h"
#include "rules/edits.h"
#include "rules/secrets/_build_secrets.h"
#include "rules/secrets/_files.h"
#include "rules/secrets/_variables_file.h"

namespace plimsoll::rules::secrets {

namespace shell = parse::shell;
using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
using Edits = std::vector<text::Edit>;

namespace {

constexpr std::size_t kRuns = 16;  // behind the COPY; in more nobody would want a mount each

struct CopiedFile {
  const facts::Copy* copy;
  std::string path;    // from the context's folder on
  std::string target;  // absolute, in the image
  std::string name;    // of the file
  [[nodiscard]] bool holds_settings() const { return name.starts_with(".env"); }
};

// What the RUNs behind the COPY do with it.
struct Readers {
  std::vector<const facts::Run*> runs{};  // up to the last one that needs it
  bool unknown = false;
};

}  // namespace

// Where the COPY puts its one file.
static std::optional<CopiedFile> file_of(const facts::Copy& copy) {
  if (copy.trigger || copy.sources.size() != 1 || !facts::from_context(copy) ||
      !copy.destination.known() || !is_plain_path(copy.destination.value) ||
      copy.instruction->broken || !copy.instruction->inner_comments.empty())
    return {};
  const facts::Copy::Source& source = copy.sources.front();
  CopiedFile file{.copy = &copy, .path = path_in_context(source), .target = {}, .name = {}};
  if (!facts::from_context(source) || source.archive || !is_plain_path(file.path)) return {};
  file.name = last_part(file.path);
  const std::string_view to = copy.destination.value;
  if (!to.ends_with('/') && last_part(to) != file.name) return {};  // a folder, perhaps
  Workdir workdir(*copy.stage);
  for (const Instruction* i : copy.stage->instructions) {
    if (i == copy.instruction) break;
    workdir.pass(*i);
  }
  if (!to.starts_with('/') && !workdir.folder()) return {};
  file.target = to.starts_with('/') ? std::string(to) : below(*workdir.folder(), to);
  if (to.ends_with('/')) file.target = below(without_slashes(file.target), file.name);
  return file;
}

// Programs that look for keys and credentials where they are usually kept.
static bool looks_for_credentials(const facts::Command& command) {
  constexpr std::string_view kPrograms[] = {
      "bundle", "cargo",       "composer", "curl",  "gem",  "git",  "go",
      "gradle", "mvn",         "npm",      "pip",   "pip3", "pnpm", "poetry",
      "scp",    "ssh-keyscan", "ssh",      "twine", "uv",   "wget", "yarn"};
  return std::ranges::find(kPrograms, command.name) != std::end(kPrograms);
}

// Commands that read no settings of an application.
static bool is_of_system(const facts::Command& command) {
  constexpr std::string_view kPrograms[] = {"adduser", "addgroup", "cd",       "chmod",  "chown",
                                            "cp",      "echo",     "groupadd", "ln",     "mkdir",
                                            "mv",      "rm",       "touch",    "useradd"};
  return command.packages != nullptr || command.has("config") ||
         std::ranges::find(kPrograms, command.name) != std::end(kPrograms);
}

// `chmod 600 KEY`, `rm KEY`: nothing else is done with it.
static bool only_keeps(const facts::Command& command, const CopiedFile& file) {
  const auto is_file = [&](std::string_view path) { return path == file.target; };
  if (command.permission != nullptr)
    return command.permission->paths.size() == 1 && is_file(command.permission->paths.front());
  return command.removal != nullptr && command.removal->paths.size() == 1 &&
         is_file(command.removal->paths.front());
}

static bool needs(const facts::Run& run, const CopiedFile& file) {
  return std::ranges::any_of(run.commands, [&](const facts::Command& command) {
    if (only_keeps(command, file)) return false;
    if (!file.holds_settings() && looks_for_credentials(command)) return true;
    return std::ranges::any_of(command.words, [&](const shell::Word& word) {
      return word.raw.find(file.name) != word.raw.npos;
    });
  });
}

static Readers readers_of(const CopiedFile& file) {
  Readers readers;
  std::vector<const facts::Run*> behind;
  std::size_t needed = 0;
  for (const facts::Run& run : file.copy->stage->runs) {
    if (run.instruction->span.begin < file.copy->instruction->span.begin) continue;
    readers.unknown |= run.trigger || !run.understood || run.script == nullptr;
    readers.unknown |= file.holds_settings() && !std::ranges::all_of(run.commands, is_of_system);
    behind.push_back(&run);
    if (needs(run, file)) needed = behind.size();
  }
  readers.unknown |= behind.size() > kRuns;
  behind.resize(needed);
  readers.runs = std::move(behind);
  return readers;
}

// Another stage, or the image's user, takes part in it.
static bool has_others(const CopiedFile& file) {
  const facts::Stage& stage = *file.copy->stage;
  for (const Instruction* i : stage.instructions)
    if (i->keyword == Keyword::user && i->rest != "root" && i->rest != "0" && !stage.runs.empty() &&
        i->span.begin < stage.runs.back().instruction->span.begin)
      return true;
  for (const facts::Stage& other : stage.build->stages) {
    for (const facts::Copy& copy : other.copies)
      for (const facts::Copy::Source& source : copy.sources)
        if (copy.from_stage == &stage &&
            (!source.path.known() || file.target.starts_with(without_slashes(source.path.value))))
          return true;
    if (&other != &stage && other.base.stage == &stage && !other.runs.empty()) return true;
  }
  return false;
}

// --- the Dockerfile ------------------------------------------------------------------------------

static text::Edit without_copy(const CopiedFile& file) {
  const facts::Build& build = *file.copy->stage->build;
  return {build.place(whole_lines(*build.source, file.copy->instruction->span)), ""};
}

static std::string_view raw_of(const shell::Item& item) {
  const std::string_view first = item.pipeline.commands.front().raw;
  const std::string_view last = item.pipeline.commands.back().raw;
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

// Takes away what only keeps the file. None: it can't be taken out of the script.
static std::optional<Edits> without_keeping(const facts::Run& run, const CopiedFile& file,
                                            bool& is_empty) {
  Edits edits;
  const facts::Build& build = *run.stage->build;
  std::size_t kept = 0;
  const auto& items = run.script->list.items;
  for (const facts::Command& command : run.commands) kept += only_keeps(command, file) ? 1U : 0U;
  if (kept == 0) return edits;
  if (!is_plain_list(run) || items.size() != run.commands.size()) return {};
  is_empty = kept == items.size();
  if (is_empty) return Edits{{build.place(whole_lines(*build.source, run.instruction->span)), ""}};
  const auto span_of = [&](std::size_t i) { return run.commands[i].place(raw_of(items[i])).span; };
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!only_keeps(run.commands[i], file)) continue;
    if (items[i].join == shell::Join::or_ ||
        (i + 1 < items.size() && items[i + 1].join == shell::Join::or_))
      return {};
    edits.push_back({build.place(i == 0 ? text::Span{span_of(0).begin, span_of(1).begin}
                                        : text::Span{span_of(i - 1).end, span_of(i).end}),
                     ""});
  }
  return edits;
}

static std::optional<Edits> mounted_for(const CopiedFile& file, const Readers& readers,
                                        std::string_view id) {
  const facts::Build& build = *file.copy->stage->build;
  Edits edits{without_copy(file)};
  for (const facts::Run& run : file.copy->stage->runs) {
    if (run.instruction->span.begin < file.copy->instruction->span.begin) continue;
    bool is_empty = false;
    std::optional<Edits> kept = without_keeping(run, file, is_empty);
    if (!kept) return {};
    std::ranges::move(*kept, std::back_inserter(edits));
    if (is_empty || std::ranges::find(readers.runs, &run) == readers.runs.end()) continue;
    edits.push_back(
        inserted(build, run.instruction->keyword_span.end,
                 concat({" --mount=type=secret,id=", id, ",target=", file.target, ",mode=0600"})));
  }
  return edits;
}

// --- the project ---------------------------------------------------------------------------------

// Letters, digits and underscores: "id_rsa", "env".
static std::string id_of(std::string_view name) {
  std::string id(name.substr(name.starts_with('.') ? 1 : 0));
  for (char& c : id) c = is_word_char(c) ? lower(c) : '_';
  return id;
}

static bool is_secret_there(const facts::Project& project, std::string_view name) {
  return std::ranges::any_of(project.secrets,
                             [&](const facts::Secret& secret) { return secret.name == name; });
}

// "./api/id_rsa" of the file that a build of the service is sent.
static std::string path_for(const facts::Container& service, const CopiedFile& file) {
  const std::string folder = join_path(service.project->directory, "");
  const std::string path = join_path(service.service->build->directory, file.path);
  return path.starts_with(folder) ? concat({"./", path.substr(folder.size())}) : std::string();
}

// All services that build it, and the section of the project.
static bool give_file(const facts::Container& service, const CopiedFile& file,
                      const std::string& id, bool while_building, Fix& fix) {
  const std::string path = path_for(service, file);
  const std::vector<const facts::Container*> builders = builders_of(service);
  if (path.empty() || builders.empty() || is_secret_there(*service.project, id)) return false;
  for (const facts::Container* builder : builders) {
    if (builder->service->build->directory != service.service->build->directory ||
        builder->service->build->target.known() != service.service->build->target.known())
      return false;
    const std::string use = concat({"{source: ", id, ", target: ", file.target, "}"});
    std::optional<text::Edit> edit =
        while_building ? with_build_secret(*builder, id) : with_items(*builder, "secrets", {use});
    if (!edit) return false;
    edit->unordered = edit->unordered && (while_building || states(*builder, "secrets"));
    fix.edits.push_back(std::move(*edit));
  }
  std::optional<text::Edit> secret =
      in_section(*builders.front(), "secrets", {id, "", {{"file", path}}});
  std::optional<std::vector<NewFile>> guards =
      kept_out(*service.project, join_path(service.service->build->directory, file.path));
  if (!secret || !guards) return false;
  secret->unordered = secret->unordered && has_section(service, "secrets");
  fix.edits.push_back(std::move(*secret));
  fix.files = std::move(*guards);
  return true;
}

std::optional<Fix> without_copied_file(const facts::Copy& copy, const facts::Container* service) {
  const std::optional<CopiedFile> file = file_of(copy);
  if (!file || has_others(*file)) return {};
  const Readers readers = readers_of(*file);
  if (readers.unknown) return {};
  const bool while_building = !readers.runs.empty();
  if (!while_building && (service == nullptr || !copy.stage->shipped)) return {};
  const std::string own = id_of(file->name);
  const std::string id = while_building ? own : concat({id_of(service->name), "_", own});
  std::optional<Edits> edits = mounted_for(*file, readers, id);
  if (!edits) return {};
  Fix fix{.safety = Safety::changes_behaviour,
          .title = while_building ? concat({"mount the secret ", id, " for the RUNs that need it"})
                                  : concat({"give it to the services that start the image, at ",
                                            file->target}),
          .edits = std::move(*edits)};
  if (service != nullptr && !give_file(*service, *file, id, while_building, fix)) return {};
  fix.edits = joined(std::move(fix.edits));
  return fix;
}

}  // namespace plimsoll::rules::secrets
