// secret-in-build-argument: a secret comes in by ARG, whose value stays in the image's history.
#include <optional>
#include <span>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/compose_edits.h"
#include "rules/rule.h"
#include "rules/secrets/_build_secrets.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_secret_mounts.h"
#include "rules/secrets/_shipped.h"

namespace plimsoll::rules::secrets::secret_in_build_argument {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
using parse::dockerfile::Pair;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3064"},
    {"buildkit", "SecretsUsedInArgOrEnv"},
    {"tally", "buildkit/SecretsUsedInArgOrEnv"},
    {"trivy", "DS-0031"},
    {"kics", "a88baa34-e2ad-44ea-ad6f-8cac87bc7c71"},
    {"semgrep", "dockerfile.security.secret-in-build-arg.secret-in-build-arg"},
    {"dockle", "CIS-DI-0010"},
    {"cis", "4.10"},
};

static std::string what(const Pair& pair) {
  if (const Found found = pair.has_value ? credential_in(pair.value) : Found{}; !found.empty())
    return concat({"ARG ", pair.key, " holds ", found, " as its default"});
  if (data::secret_name(pair.key) == data::SecretName::no) return {};
  if (pair.has_value && is_literal(pair.value))
    return concat({"ARG ", pair.key, " holds a secret in plain text"});
  // TOKEN_CHECK=true, SECRET=/run/secrets/x: what the default looks like is what will be passed.
  if (pair.has_value && !pair.value.empty() && data::harmless_value(pair.value)) return {};
  return concat({"the value passed for ARG ", pair.key, " stays in the image's history"});
}

static void check(const facts::Build& build, Findings& out) {
  int looked = 0;
  for (const Instruction& written : build.tree->instructions) {
    const Instruction& instruction = written.trigger != nullptr ? *written.trigger : written;
    if (instruction.keyword != Keyword::arg) continue;
    for (const Pair& pair : instruction.pairs) {
      std::string message = what(pair);
      if (message.empty()) continue;
      out.push_back({.where = build.place(pair.key_span),
                     .message = std::move(message),
                     .aliases = hadolint_speaks(pair.key) ? ~0U : without(kAliases, "hadolint")});
      constexpr int kLooked = 16;  // each is looked for in the whole file
      if (&instruction == &written && ++looked <= kLooked)
        out.back().fix = mounted(build, instruction, pair);
      // A literal default is a secret, a variable or an empty one is not.
      if (pair.has_value && (is_literal(pair.value) || !credential_in(pair.value).empty()))
        out.back().secrets = {pair.value_span};
    }
  }
}

// Where the Dockerfile takes it; what is wrong is said there.
static void raise_in_dockerfile(const facts::Container& c, std::string_view name, Findings& out) {
  if (c.build == nullptr || c.project == nullptr) return;
  const std::optional<Fix> fix = as_build_secret(c, name);
  if (!fix) return;
  for (const Instruction& instruction : c.build->tree->instructions)
    for (const Pair& pair :
         instruction.keyword == Keyword::arg ? instruction.pairs : std::span<const Pair>{})
      if (pair.key == name)
        out.push_back({.where = c.build->place(pair.key_span), .message = {}, .fix = fix});
}

// `build: {args: {TOKEN: …}}`: what a service hands in. A value that comes from outside is spoken
// of where the Dockerfile takes it.
static void check_running(const facts::Container& c, Findings& out) {
  if (c.service == nullptr || c.service->build == nullptr) return;
  constexpr std::size_t kLooked = 16;  // each is looked for in the whole file
  std::size_t looked = 0;
  for (const std::string_view name : build_arguments_of(c))
    if (data::secret_name(name) != data::SecretName::no && ++looked <= kLooked)
      raise_in_dockerfile(c, name, out);
  for (const facts::Fact<facts::Variable>& v : c.service->build->arguments.items) {
    const auto is_secret = [&](std::string_view value) {
      return !credential_in(value).empty() ||
             (data::secret_name(v.value.name) != data::SecretName::no && !value.empty() &&
              !data::harmless_value(value));
    };
    const bool literal = is_secret(shipped(v));
    if (!literal && !(v.known() && is_secret(v.value.text))) continue;
    Finding finding{.where = v.where,
                    .aliases = only(kAliases, {"a88baa34-e2ad-44ea-ad6f-8cac87bc7c71", "4.10"})};
    if (literal)
      finding.message = concat({"the build argument ", v.value.name,
                                " is a secret in plain text, which stays in the image's history"});
    hide(v, finding);
    if (literal && c.build != nullptr && c.project != nullptr)
      finding.fix = as_build_secret(c, v.value.name);
    out.push_back(std::move(finding));
  }
}

static constexpr File kGiven[] = {
    {"compose.yaml",
     "services:\n  app:\n    build:\n      context: ./app\n      args:\n        NPM_TOKEN: "
     "hunter2\n"},
    {"app/Dockerfile",
     "FROM node:22\nARG NPM_TOKEN\nRUN npm config set "
     "//registry.example.com/:_authToken=$NPM_TOKEN && npm ci\n"}};
static constexpr File kMounted[] = {
    {"compose.yaml",
     "services:\n  app:\n    build:\n      context: ./app\n      secrets: [NPM_TOKEN]\nsecrets:\n  "
     "NPM_TOKEN:\n    file: ./secrets/npm_token.txt\n"},
    {"app/Dockerfile",
     "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm config set "
     "//registry.example.com/:_authToken=$NPM_TOKEN && npm ci\n"},
    {"npm_token.txt", "hunter2"},
    {".gitignore", "*\n!.gitignore\n"}};
static constexpr Example kExamples[] = {
    {.files = kGiven, .flagged = true, .fixed_files = kMounted},
    {.input = Input::compose,
     .text = "services:\n  app:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: "
             "hunter2\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    build:\n      context: .\n      args:\n        "
             "NODE_VERSION: 22\n"},
    {.text = "FROM node:22\nARG NPM_TOKEN\nRUN npm ci\n", .flagged = true},
    {.text =
         "FROM node:22\nARG NPM_TOKEN\nRUN echo \"_authToken=$NPM_TOKEN\" > .npmrc && npm ci && "
         "rm .npmrc\n",
     .flagged = true,
     .fixed = "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN echo "
              "\"_authToken=$NPM_TOKEN\" > .npmrc && npm ci && rm .npmrc\n"},
    {.text = "FROM node:22\nARG DB_PASSWORD=hunter2\n", .flagged = true},
    {.text = "FROM node:22\nARG NPM_TOKEN=hunter2\nRUN npm config set "
             "//registry.example.com/:_authToken=$NPM_TOKEN\n"
             "RUN curl -H \"Authorization: $NPM_TOKEN\" -O https://example.com/a.tgz\n",
     .flagged = true,
     .fixed = "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm config set "
              "//registry.example.com/:_authToken=$NPM_TOKEN\n"
              "RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN curl -H \"Authorization: "
              "$NPM_TOKEN\" -O https://example.com/a.tgz\n"},
    {.text = "FROM node:22\nARG NODE_VERSION=22\n"},
    {.text = "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-in-build-argument",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Secret comes in by a build argument",
    .why = "The values of build arguments are written into the image's history beside each `RUN` "
           "that could use them, and\n"
           "into its provenance; `docker history` shows them to everyone who can pull the image.",
    .remedy = "`RUN --mount=type=secret,id=NAME` shows the secret to one command and leaves "
              "nothing behind.",
    .source = "Docker, Build variables, \"Using ARG and ENV for secrets\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .finds_secrets = true,
    .on_running = check_running,
});

}  // namespace plimsoll::rules::secrets::secret_in_build_argument
