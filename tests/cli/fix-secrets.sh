#!/usr/bin/env bash
# A password of a Compose file moves to a file of its owner's alone, and is seen nowhere meanwhile.
. "$(dirname "$0")/_lib.sh"
fix() {
  local expected=$1
  shift
  run "$expected" fix --unsafe --today 2026-11-24 --fail-on never --select secret-in-env "$@"
}
# The value is in none of what was printed, and not hidden by accident: it is in the file.
silent() { if grep -q "$1" "$out" "$err"; then fail "it tells $1"; fi; }
fresh() { rm -rf ./* .[a-z]*; }
unchanged() {
  cp compose.yaml before
  fix 0 compose.yaml
  cmp before compose.yaml || fail "changed: $1"
  [ ! -e secrets ] || fail "made a file: $1"
  rm before
}

project() {
  cat >compose.yaml <<'C'
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD: "tr0ub4dor" # ours
    restart: always
  store:
    image: mysql:8.4
    environment: ["MYSQL_ROOT_PASSWORD=r00t-w0rd", MYSQL_USER=shop, MYSQL_PASSWORD=us3r-w0rd]
  app:
    image: registry.example.com/app:1
    environment:
      DATABASE_URL: postgres://shop:tr0ub4dor@db/shop
C
}

# Both forms, several variables of a service, sections that come and that are there then.
project
fix 1 --diff compose.yaml
silent tr0ub4dor
silent w0rd
says '^--- /dev/null$'
[ ! -e secrets ] || fail '--diff has written'
fix 0 --format json compose.yaml
silent tr0ub4dor
silent w0rd
cat >expected <<'C'
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD_FILE: /run/secrets/db_postgres_password # ours
    restart: always
    secrets: [db_postgres_password]
  store:
    image: mysql:8.4
    environment: [MYSQL_ROOT_PASSWORD_FILE=/run/secrets/store_mysql_root_password, MYSQL_USER=shop, MYSQL_PASSWORD_FILE=/run/secrets/store_mysql_password]
    secrets: [store_mysql_root_password, store_mysql_password]
  app:
    image: registry.example.com/app:1
    environment:
      DATABASE_URL: ${DATABASE_URL:?}
secrets:
  db_postgres_password:
    file: ./secrets/db_postgres_password.txt
  store_mysql_root_password:
    file: ./secrets/store_mysql_root_password.txt
  store_mysql_password:
    file: ./secrets/store_mysql_password.txt
C
diff expected compose.yaml || fail 'not moved to secrets'
[ "$(cat secrets/db_postgres_password.txt)" = tr0ub4dor ] || fail 'another value'
[ "$(cat secrets/store_mysql_root_password.txt secrets/store_mysql_password.txt)" = r00t-w0rdus3r-w0rd ] || fail 'other values'
[ "$(stat -c %a secrets secrets/*.txt | sort -u | tr '\n' ' ')" = '644 700 ' ] || fail 'containers may not read it, or others of the host may'
[ "$(stat -c %a .env)" = 600 ] || fail 'others may read .env'
[ "$(cat .env)" = DATABASE_URL=postgres://shop:tr0ub4dor@db/shop ] || fail 'another URL'
[ "$(find secrets -type f | wc -l)" = 4 ] || fail 'not the three files and .gitignore'
rm .env
if command -v git >/dev/null; then
  git init -q . && git add -A
  [ "$(git ls-files secrets)" = secrets/.gitignore ] || fail 'git would commit a secret'
fi
fix 0 compose.yaml
says 'Nothing to fix'

# What others are told as well is said.
fresh
project
fix 0 compose.yaml
says 'db_postgres_password.txt, which must not be committed; app has the value in DATABASE_URL'
silent tr0ub4dor

# Nothing is overwritten: neither a file of that name, nor what Git is told there.
fresh
project
mkdir secrets && printf 'mine' >secrets/db_postgres_password.txt && printf '# mine\n' >secrets/.gitignore
fix 0 compose.yaml
says 'db_postgres_password.txt is there already'
[ "$(cat secrets/db_postgres_password.txt)" = mine ] || fail 'overwritten'
[ "$(cat secrets/.gitignore)" = '# mine' ] || fail '.gitignore overwritten'
grep -q 'POSTGRES_PASSWORD: "tr0ub4dor"' compose.yaml || fail 'without its file'
grep -q MYSQL_PASSWORD_FILE compose.yaml || fail 'the others had no hindrance'

# The file is for whoever runs there, so the image starts as its own account, which needs no capability.
fresh
printf 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: tr0ub4dor\n' >compose.yaml
run 0 fix --unsafe --today 2026-11-24 --fail-on never compose.yaml
grep -q 'POSTGRES_PASSWORD_FILE' compose.yaml || fail 'not moved'
grep -q 'user: "999:999"' compose.yaml || fail 'the image starts as root'
if grep -q 'cap_add:' compose.yaml; then fail 'capabilities for nothing'; fi
silent tr0ub4dor
cp compose.yaml before
run 0 fix --unsafe --today 2026-11-24 --fail-on never compose.yaml
cmp before compose.yaml || fail 'a second run goes on'

service() {
  fresh
  printf 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: %s\n' "${1:-tr0ub4dor}" >compose.yaml
}
# Whoever the container runs as may read its file.
service && printf '    user: "999:999"\n    cap_drop: [ALL]\n' >>compose.yaml
fix 0 compose.yaml
grep -q POSTGRES_PASSWORD_FILE compose.yaml || fail 'not moved: user'

# Where a file would not work, or not be so alone, the value goes to .env.
to_variable() {
  fix 0 compose.yaml
  grep -qE 'POSTGRES_PASSWORD: \$\{(DB_)?POSTGRES_PASSWORD:\?\}' compose.yaml || fail "not moved: $1"
  grep -qE '^(DB_)?POSTGRES_PASSWORD=tr0ub4dor$' .env || fail "another value: $1"
  [ ! -e secrets ] || fail "made a file: $1"
}
# shellcheck disable=SC2016 # the container's shell puts it in
service && printf '    healthcheck:\n      test: PGPASSWORD=$$POSTGRES_PASSWORD psql -U postgres -c ""\n' >>compose.yaml
to_variable 'the health check reads the variable'
service && printf '    env_file: other.env\n' >>compose.yaml && printf 'POSTGRES_PASSWORD=0ther\n' >other.env
to_variable 'a file sets it as well'
fresh
cat >compose.yaml <<'C'
x-db: &db
  POSTGRES_PASSWORD: 0ther-w0rd
services:
  db:
    image: postgres:17
    environment:
      <<: *db
      POSTGRES_PASSWORD: tr0ub4dor
C
to_variable 'a merge key has it as well'

# What comes from elsewhere stays there.
service "$(printf '&pw tr0ub4dor\n  app:\n    image: registry.example.com/app:1\n    environment:\n      PGPASS: *pw')"
unchanged 'an alias'
# shellcheck disable=SC2016 # Compose puts it in
service '${PASSWORD}' && printf 'PASSWORD=tr0ub4dor\n' >.env && unchanged 'a variable'
service "$(printf '"tr0ub4dor\\n"')" && unchanged 'a line end, which the image would not see'
service && printf 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: 0ther-w0rd\n' >compose.override.yaml
cp compose.yaml before
fix 0 .
cmp before compose.yaml || fail 'an override has the last word'
