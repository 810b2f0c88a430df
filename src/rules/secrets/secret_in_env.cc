// secret-in-env: a password or token is written as a plain environment value, which every `inspect`
// shows.
#include "facts/container.h"
#include "rules/secrets/_secret_in_env.h"

namespace plimsoll::rules::secrets::secret_in_env {

static void check(const facts::Container& c, Findings& out) {
  check_built(c, out);
  if (c.running()) check_running(c, out);
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
