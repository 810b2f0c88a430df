// copied-secret-file: a file that is known to hold secrets is copied into a layer.
#include <algorithm>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::secrets {

static constexpr Alias kAliases[] = {
    {"trivy", "DS-0031"}, {"dockle", "CIS-DI-0010"}, {"cis", "4.10"}};

// A folder named for what it holds: `secrets/`, `secrets/*`.
static bool folder_of_secrets(std::string_view path) {
  while (path.ends_with('/') || path.ends_with('*')) path.remove_suffix(1);
  const std::string_view last = path.substr(path.rfind('/') + 1);
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

static std::string what(std::string_view path) {
  if (const std::string_view kind = data::secret_file(path); !kind.empty())
    return concat({path, ", which holds ", kind, ","});
  if (folder_of_secrets(path)) return concat({path, ", a folder of secrets,"});
  if (named_like_secret(path)) return concat({path, ", named like a secret,"});
  return {};
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      for (std::size_t i = 0; i < copy.sources.size(); ++i) {
        const facts::Copy::Source& source = copy.sources[i];
        if (source.heredoc || source.url || source.git) continue;
        // The name says it even if the folder before it is a variable.
        std::string found =
            what(source.path.known() ? source.path.value : copy.instruction->words[i].text);
        if (found.empty()) continue;
        out.push_back(
            {.where = source.path.where,
             .message = concat({found, stage.shipped ? " is copied into the image"
                                                     : " is copied into a layer of the build"})});
      }
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCOPY id_rsa /root/.ssh/id_rsa\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY ./secrets/api-key.json /app/secrets/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY --from=build /root/.npmrc /root/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY .env.example /app/\n"},
    {.text = "FROM alpine:3.22\nCOPY src/secrets/reader.go /src/\n"},
    {.text = "FROM alpine:3.22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n"},
};

extern constinit const Rule copied_secret_file = described({
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
});

}  // namespace plimsoll::rules::secrets
