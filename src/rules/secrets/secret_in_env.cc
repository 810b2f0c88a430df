// secret-in-env: a password or token is written as a plain environment value, which every `inspect`
// shows.
#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/rule.h"
#include "rules/secrets/_build_secrets.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_secret_mounts.h"
#include "rules/secrets/_shipped.h"
#include "rules/secrets/_to_file.h"
#include "rules/secrets/_variables_file.h"

namespace plimsoll::rules::secrets::secret_in_env {

using Variables = std::span<const facts::Fact<facts::Variable>>;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3064"},
    {"buildkit", "SecretsUsedInArgOrEnv"},
    {"tally", "buildkit/SecretsUsedInArgOrEnv"},
    {"trivy", "DS-0031"},
    {"kics", "a88baa34-e2ad-44ea-ad6f-8cac87bc7c71"},
    {"dockle", "CIS-DI-0010"},
    {"compose-lint", "CL-0020"},
    {"compose-lint", "CL-0021"},
    {"cis", "4.10"},
};
static constexpr std::uint32_t kOfDockerfiles = without(kAliases, "compose-lint");
static constexpr std::uint32_t kOfRunning =
    only(kAliases, {"a88baa34-e2ad-44ea-ad6f-8cac87bc7c71", "4.10"});

// `ENV TOKEN=$TOKEN`: what a build is given by an argument stays in the image.
static bool uses_argument(std::string_view text, Variables arguments) {
  return std::ranges::any_of(arguments, [&](const facts::Fact<facts::Variable>& a) {
    return text.find(concat({"$", a.value.name})) != std::string_view::npos ||
           text.find(concat({"${", a.value.name})) != std::string_view::npos;
  });
}

static std::string what(const facts::Container& c, const facts::Stage* stage,
                        const facts::Fact<facts::Variable>& v) {
  const std::string_view name = v.value.name;
  if (const Found found = v.known() ? credential_in(v.value.text) : Found{}; !found.empty())
    return concat({name, " holds ", found, ", which everyone with the image can read"});
  if (data::secret_name(name) == data::SecretName::no) return {};
  if (v.known() && !v.value.text.empty() && !data::harmless_value(v.value.text))
    return concat({name, " holds a secret in plain text, which everyone with the image can read"});
  const bool here =
      c.build != nullptr && stage != nullptr && v.where.source == c.build->source_number;
  if (v.unknown() && here &&
      uses_argument(c.build->source->at(v.where.span), stage->arguments.items))
    return concat(
        {name, " keeps a build argument's value, which everyone with the image can read"});
  return {};
}

static std::uint32_t aliases_of(std::string_view name) {
  return kOfDockerfiles & (hadolint_speaks(name) ? ~0U : without(kAliases, "hadolint"));
}

// `${PASSWORD:-hunter2}` becomes `${PASSWORD:?}`, which Compose refuses to start without; the
// default goes to `.env`.
static std::optional<Fix> require(const facts::Container& c, const facts::Variable& v) {
  const std::size_t inner = v.written.find_first_of(":-");
  const text::Place& where = v.value;
  const std::size_t ahead = where.span.size() - v.written.size();
  const bool alone = v.written.starts_with("${") && v.written.ends_with('}') &&
                     v.written.find('$', 1) == std::string_view::npos &&
                     v.written.find('}') == v.written.size() - 1;
  // The text stands as it is, alone or behind `NAME=`.
  if (!alone || inner == std::string_view::npos || where.span.size() < v.written.size() ||
      (ahead != 0 && ahead != v.name.size() + 1))
    return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(where.span.begin + ahead + inner);
  const std::string_view name = v.written.substr(2, inner - 2);
  Fix fix{.safety = Safety::changes_behaviour,
          .title = concat({"require that ", name, " is set"}),
          .edits = {{{where.source, {begin, where.span.end - 1}}, ":?"}}};
  if (c.service == nullptr) return fix;
  fix.files = default_in_variables_file(c, name, shipped(v.written));
  if (!fix.files.empty()) fix.title += ", by .env, which must not be committed";
  return fix;
}

// What is wrong with the value that a file or line gives by itself; empty: nothing.
static std::string what_is_given(const facts::Variable& v, std::string_view value) {
  if (const Found found = credential_in(value); !found.empty())
    return concat({v.name, " holds ", found});
  if (data::secret_name(v.name) == data::SecretName::no || value.empty() ||
      data::harmless_value(value))
    return {};
  return concat({v.name, " holds a secret in plain text"});
}

static std::uint32_t aliases_of_running(std::string_view name, bool in_url) {
  std::uint32_t aliases = kOfRunning;
  if (in_url) aliases |= only(kAliases, {"CL-0021"});
  if (compose_lint_speaks(name)) aliases |= only(kAliases, {"CL-0020"});
  return aliases;
}

// A value of a Compose file or a run line.
static void check_given(const facts::Container& c, const facts::Fact<facts::Variable>& v,
                        Findings& out) {
  const std::string value = shipped(v);
  std::string message = what_is_given(v.value, value);
  const bool from_variable = message.empty();
  if (from_variable && (!v.known() || what_is_given(v.value, v.value.text).empty())) return;
  Finding finding{.where = v.where, .message = std::move(message)};
  // What comes from `.env` is right to stand there, and is hidden all the same.
  hide(v, finding);
  if (!from_variable) {
    finding.aliases = aliases_of_running(
        v.value.name, !credential_in(value).empty() && value.find("://") != std::string::npos);
    const std::string literal = outside_variables(v.value.written);
    if (!v.value.written.empty() && what_is_given(v.value, literal).empty()) {
      finding.message = concat({"the default of ", v.value.name, " is a secret in plain text"});
      finding.severity = Severity::medium;
      finding.fix = require(c, v.value);
    } else {
      constexpr std::size_t kLooked = 64;  // each is looked for in the whole project
      if (out.size() <= kLooked) finding.fix = to_file(c, v);
      if (out.size() <= kLooked && !finding.fix) finding.fix = to_variable(c, v);
    }
  }
  out.push_back(std::move(finding));
}

// Files of variables are kept out of repositories more often than not; but what is set by them is
// the container's environment all the same. They are spoken of once each.
static void check_file(const facts::Fact<facts::Variable>& v, Findings& out) {
  if (!v.known() || what_is_given(v.value, v.value.text).empty()) return;
  const auto same =
      std::ranges::find_if(out, [&](const Finding& f) { return f.where.source == v.where.source; });
  if (same != out.end()) return hide(v, *same);
  out.push_back({.where = v.where,
                 .message = concat({v.value.name,
                                    " gets a secret from this file, and so does whoever may "
                                    "inspect the container"}),
                 .severity = Severity::medium,
                 .aliases = aliases_of_running(v.value.name, false)});
  hide(v, out.back());
}

static void check_running(const facts::Container& c, Findings& out) {
  Findings of_files;
  for (const facts::Fact<facts::Variable>& v : c.environment.items) {
    const bool in_build = c.build != nullptr && v.where.source == c.build->source_number;
    if (in_build || v.origin == facts::Origin::base_image) continue;
    if (v.value.from_file) {
      check_file(v, of_files);
    } else {
      check_given(c, v, out);
    }
  }
  for (Finding& finding : of_files) out.push_back(std::move(finding));
}

// Of a service: what has to be done in its project as well.
static std::optional<Fix> fix_in_build(const facts::Container& c, const facts::Stage* stage,
                                       const facts::Fact<facts::Variable>& v, text::Place where) {
  if (c.running()) return c.service == nullptr ? std::nullopt : env_to_services(c, v);
  std::optional<Fix> fix = mounted(*c.build, where);
  const bool is_left_behind =
      stage != nullptr && !stage->shipped && v.known() && !c.build->by_services.in_several_ways;
  if (fix || !is_left_behind) return fix;
  if (std::optional<std::vector<text::Edit>> edits = without_env(*c.build, where))
    return Fix{.safety = Safety::changes_behaviour,
               .title = "take it out of the stage, where nothing reads it",
               .edits = std::move(*edits)};
  return {};
}

static void check_list(const facts::Container& c, const facts::Stage* stage, Variables list,
                       Findings& out) {
  for (const facts::Fact<facts::Variable>& v : list) {
    if (c.running() && (c.build == nullptr || v.where.source != c.build->source_number)) continue;
    std::string message = what(c, stage, v);
    if (message.empty()) continue;
    const bool in_file = c.build != nullptr && v.where.source == c.build->source_number;
    const text::Place where = in_file ? at_name(*c.build->source, v.where, v.value.name) : v.where;
    // A stage's list starts with its parent's.
    if (std::ranges::any_of(out, [&](const Finding& f) { return f.where == where; })) continue;
    out.push_back(
        {.where = where, .message = std::move(message), .aliases = aliases_of(v.value.name)});
    constexpr std::size_t kLooked = 16;  // each is looked for in the whole file
    if (in_file && out.size() <= kLooked) out.back().fix = fix_in_build(c, stage, v, where);
    if (in_file && v.known())
      out.back().secrets = {value_span(*c.build->source, v.where.span, v.value.name)};
  }
}

// What the service states itself is in the image as well; there it can go.
static void raise_hidden(const facts::Container& c, Findings& out) {
  if (c.stage == nullptr || c.build == nullptr || c.service == nullptr) return;
  constexpr std::size_t kLooked = 16;
  for (const facts::Fact<facts::Variable>& v : c.stage->environment.items) {
    if (v.where.source != c.build->source_number || what(c, c.stage, v).empty()) continue;
    const text::Place where = at_name(*c.build->source, v.where, v.value.name);
    if (out.size() > kLooked ||
        std::ranges::any_of(out, [&](const Finding& f) { return f.where == where; }))
      continue;
    out.push_back({.where = where, .message = {}, .fix = env_to_services(c, v)});
  }
}

static void check(const facts::Container& c, Findings& out) {
  check_list(c, c.stage, c.environment.items, out);
  if (c.running()) {
    raise_hidden(c, out);
    return check_running(c, out);
  }
  if (c.build == nullptr) return;
  // Stages that aren't shipped stay in the build cache, and the file itself is read by many.
  for (const facts::Stage& stage : c.build->stages) {
    check_list(c, &stage, stage.environment.items, out);
    for (const parse::dockerfile::Instruction* i : stage.instructions) {
      if (i->trigger == nullptr || i->trigger->keyword != parse::dockerfile::Keyword::env) continue;
      for (const parse::dockerfile::Pair& pair : i->trigger->pairs)
        if (data::secret_name(pair.key) != data::SecretName::no && is_literal(pair.value))
          out.push_back(
              {.where = c.build->place(pair.key_span),
               .message = concat(
                   {pair.key, " hands a secret in plain text to every image built from this one"}),
               .aliases = aliases_of(pair.key),
               .secrets = {pair.value_span}});
    }
  }
}

static constexpr File kBuilt[] = {
    {"compose.yaml", "services:\n  app:\n    build: ./app\n"},
    {"app/Dockerfile", "FROM alpine:3.22\nENV DB_PASSWORD=hunter2 LANG=C.UTF-8\n"}};
static constexpr File kGiven[] = {{"compose.yaml",
                                   "services:\n  app:\n    build: ./app\n    environment:\n      "
                                   "DB_PASSWORD: ${DB_PASSWORD:?}\n"},
                                  {"app/Dockerfile", "FROM alpine:3.22\nENV LANG=C.UTF-8\n"},
                                  {".env", "DB_PASSWORD=hunter2\n"}};
static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nENV DB_PASSWORD=hunter2\n", .flagged = true},
    {.text = "FROM alpine:3.22\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\n", .flagged = true},
    {.text = "FROM node:24\nARG NPM_TOKEN\nENV NPM_TOKEN=${NPM_TOKEN} CI=1\n"
             "RUN echo \"//registry.npmjs.org/:_authToken=$NPM_TOKEN\" > .npmrc && npm ci && rm "
             ".npmrc\n",
     .flagged = true,
     .fixed = "FROM node:24\nENV CI=1\n"
              "RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN echo "
              "\"//registry.npmjs.org/:_authToken=$NPM_TOKEN\" > .npmrc && npm ci && rm "
              ".npmrc\n"},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    environment:\n      "
             "POSTGRES_PASSWORD: hunter2\n",
     .flagged = true,
     .fixed = "services:\n  db:\n    image: postgres:17\n    environment:\n      "
              "POSTGRES_PASSWORD_FILE: /run/secrets/db_postgres_password\n    secrets: "
              "[db_postgres_password]\nsecrets:\n  db_postgres_password:\n    file: "
              "./secrets/db_postgres_password.txt\n"},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: mariadb:11\n    environment:\n      - "
             "MARIADB_ROOT_PASSWORD=hunter2\n    secrets:\n      - key\nsecrets:\n    key:\n      "
             "  file: ./key.txt\n",
     .flagged = true,
     .fixed = "services:\n  db:\n    image: mariadb:11\n    environment:\n      - "
              "MARIADB_ROOT_PASSWORD_FILE=/run/secrets/db_mariadb_root_password\n    secrets:\n   "
              "   - key\n      - db_mariadb_root_password\nsecrets:\n    key:\n        file: "
              "./key.txt\n    db_mariadb_root_password:\n        file: "
              "./secrets/db_mariadb_root_password.txt\n"},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: registry.example.com/app:1\n    environment:\n      - "
             "SESSION_SECRET=hunter2\n",
     .flagged = true,
     .fixed = "services:\n  app:\n    image: registry.example.com/app:1\n    environment:\n      - "
              "SESSION_SECRET=${SESSION_SECRET:?}\n"},
    {.files = kBuilt, .flagged = true, .fixed_files = kGiven},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    environment:\n      "
             "POSTGRES_PASSWORD: ${PASSWORD:-hunter2}\n",
     .flagged = true,
     .fixed = "services:\n  db:\n    image: postgres:17\n    environment:\n      "
              "POSTGRES_PASSWORD: ${PASSWORD:?}\n"},
    {.input = Input::run_line,
     .text = "docker run -e POSTGRES_PASSWORD=hunter2 postgres:17\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  db:\n    image: postgres:17\n    environment:\n      "
             "POSTGRES_PASSWORD_FILE: /run/secrets/db\n    secrets: [db]\nsecrets:\n  db: "
             "{file: ./db.txt}\n"},
    {.input = Input::run_line, .text = "docker run -e POSTGRES_PASSWORD postgres:17\n"},
    {.text = "FROM alpine:3.22\nENV DB_PASSWORD_FILE=/run/secrets/db\n"},
    {.text = "FROM alpine:3.22\nENV DB_PASSWORD=\n"},
    {.text = "FROM alpine:3.22\nENV PASSWORD_RESET_ENABLED=true\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-in-env",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Secret written into the environment",
    .why = "An image's environment is part of its config: whoever can pull it, read the file or "
           "call `inspect` has the\n"
           "secret, and every process of the container inherits it. A later `ENV` or `unset` "
           "doesn't take it back.",
    .remedy = "Hand it over as a file: at build time by `RUN --mount=type=secret`, at run time "
              "under `/run/secrets`, with\n"
              "`NAME_FILE` in the environment. Replace a secret that was ever pushed.",
    .source = "CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
    .finds_secrets = true,
});

}  // namespace plimsoll::rules::secrets::secret_in_env
