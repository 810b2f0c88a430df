// copied-secret-file: a file that is known to hold secrets is copied into a layer.
#include <algorithm>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/secrets/_copied_file.h"
#include "rules/secrets/_files.h"

namespace plimsoll::rules::secrets::copied_secret_file {

static constexpr Alias kAliases[] = {
    {"trivy", "DS-0031"}, {"dockle", "CIS-DI-0010"}, {"cis", "4.10"}};

// A folder named for what it holds: `secrets/`, `secrets/*`.
static bool folder_of_secrets(std::string_view path) {
  const std::string_view last = last_part(path);
  return last == "secrets" || last == ".secrets";
}

// `api-key.json`, `db_password.txt`: data, named like a credential. Code of that name isn't one.
static bool named_like_secret(std::string_view path) {
  constexpr std::string_view kData[] = {".env", ".json", ".key", ".secret",
                                        ".txt", ".yaml", ".yml"};
  std::string name(path.substr(path.rfind('/') + 1));
  const auto ending =
      std::ranges::find_if(kData, [&](std::string_view e) { return name.ends_with(e); });
  if (ending == std::end(kData)) return false;
  name.resize(name.size() - ending->size());
  std::ranges::replace(name, '-', '_');
  return data::secret_name(name) != data::SecretName::no;
}

struct What {
  std::string text;  // empty: nothing
  data::Certainty certainty = data::Certainty::likely;
};

static What what(std::string_view path) {
  if (const data::SecretFile file = data::find_secret_file(path); !file.kind.empty())
    return {concat({path, ", which holds ", file.kind, ","}), file.certainty};
  if (folder_of_secrets(path)) return {concat({path, ", a folder of secrets,"})};
  if (named_like_secret(path)) return {concat({path, ", named like a secret,"})};
  return {};
}

// Where the file is in the image, or at least its name.
static std::string path_in_image(const facts::Copy& copy, std::string_view source) {
  if (!copy.destination.known()) return std::string(last_part(source));
  const std::string_view to = copy.destination.value;
  const bool folder = to.ends_with('/') || copy.sources.size() > 1 || to == ".";
  return folder ? concat({without_slashes(to), "/", last_part(source)}) : std::string(to);
}

// `COPY deploy /root/.ssh/id_rsa`: what it becomes says what it is. A folder's name doesn't, nor
// does that of a file of settings, which mostly has none of the secrets.
static What what_becomes(const facts::Copy& copy) {
  const std::string_view to = copy.destination.value;
  if (!copy.destination.known() || copy.sources.size() != 1 || to.ends_with('/')) return {};
  const data::SecretFile file = data::find_secret_file(to);
  const std::string_view name = last_part(to);
  constexpr std::string_view kFolders[] = {".aws", ".azure", ".gnupg", ".kube", ".ssh"};
  if (file.kind.empty() || file.certainty != data::Certainty::sure ||
      std::ranges::find(kFolders, name) != std::end(kFolders))
    return {};
  return {concat({to, ", which holds ", file.kind, ","}), file.certainty};
}

// A `.pem` that becomes an authority to trust is a certificate alone.
static bool becomes_authority(const facts::Copy& copy, std::string_view source) {
  const std::string_view to =
      copy.destination.known() ? copy.destination.value : std::string_view{};
  return source.ends_with(".pem") &&
         (to.find("ca-certificates") != std::string_view::npos ||
          to.find("/anchors") != std::string_view::npos || to.starts_with("/etc/ssl/certs"));
}

// `service`: the container that is judged, if it is one.
static void check_copy(const facts::Copy& copy, const facts::Container* service, Findings& out) {
  const facts::Stage& stage = *copy.stage;
  for (std::size_t i = 0; i < copy.sources.size(); ++i) {
    const facts::Copy::Source& source = copy.sources[i];
    if (source.heredoc || source.url || source.git) continue;
    // The name says it even if the folder before it is a variable.
    const std::string_view path =
        source.path.known() ? source.path.value : copy.instruction->words[i].text;
    What found = what(path);
    if (found.text.empty()) found = what_becomes(copy);
    if (found.text.empty() ||
        (found.certainty == data::Certainty::maybe && becomes_authority(copy, path)))
      continue;
    Finding finding{
        .where = source.path.where,
        .message = concat({found.text, stage.shipped ? " is copied into the image"
                                                     : " is copied into a layer of the build"}),
        .severity = severity_of(found.certainty, stage)};
    if (!copy.trigger)
      note_removal(stage, copy.instruction->span, path_in_image(copy, path), finding);
    if (!finding.related.empty())
      finding.message += ", and stays there although it is removed later";
    // Of what services build, only their project can tell all that has to change.
    constexpr std::size_t kLooked = 16;  // each is looked for in the whole file
    if (out.size() < kLooked && (service != nullptr || stage.build->by_services.count == 0))
      finding.fix = without_copied_file(copy, service);
    out.push_back(std::move(finding));
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) check_copy(copy, nullptr, out);
}

// At the same places, where the Dockerfile's findings take the fixes from.
static void check_running(const facts::Container& c, Findings& out) {
  if (c.build == nullptr || c.service == nullptr || c.project == nullptr) return;
  for (const facts::Stage& stage : c.build->stages)
    for (const facts::Copy& copy : stage.copies) check_copy(copy, &c, out);
}

static constexpr File kSettings[] = {
    {"compose.yaml", "services:\n  app:\n    build: ./app\n"},
    {"app/Dockerfile", "FROM node:22\nCOPY .env /app/.env\nRUN npm ci\n"},
    {"app/.env", "DB_PASSWORD=x\n"}};
static constexpr File kGiven[] = {
    {"compose.yaml",
     "services:\n  app:\n    build: ./app\n    secrets: [{source: app_env, target: "
     "/app/.env}]\nsecrets:\n  app_env:\n    file: ./app/.env\n"},
    {"app/Dockerfile", "FROM node:22\nRUN npm ci\n"},
    {".dockerignore", ".env\n"}};
static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCOPY id_rsa /root/.ssh/id_rsa\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY ./secrets/api-key.json /app/secrets/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY --from=build /root/.npmrc /root/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY id_rsa /root/.ssh/id_rsa\nRUN chmod 600 /root/.ssh/id_rsa && "
             "apk add git && git clone git@git.example.com:app\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nRUN --mount=type=secret,id=id_rsa,target=/root/.ssh/"
              "id_rsa,mode=0600 apk add git && git clone git@git.example.com:app\n"},
    {.files = kSettings, .flagged = true, .fixed_files = kGiven},
    {.text = "FROM alpine:3.22\nCOPY deploy.key /tmp/\nRUN git clone git@git.example.com:app && rm "
             "/tmp/deploy.key\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY .env.example /app/\n"},
    {.text = "FROM alpine:3.22\nCOPY src/secrets/reader.go /src/\n"},
    {.text = "FROM alpine:3.22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n"},
};

extern constinit const Rule rule = described({
    .name = "copied-secret-file",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "File of secrets copied into the image",
    .why = "A layer keeps what was copied into it, even if a later `RUN rm` hides it: `docker "
           "save` and two minutes bring it\n"
           "back. That holds for build stages too, whose layers lie in shared build caches.",
    .remedy = "Mount it for the one command that needs it (`RUN --mount=type=secret`), or hand it "
              "to the container when it\n"
              "starts; name the file in `.dockerignore`. Replace a secret that was ever pushed.",
    .source = "CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .on_running = check_running,
});

}  // namespace plimsoll::rules::secrets::copied_secret_file
