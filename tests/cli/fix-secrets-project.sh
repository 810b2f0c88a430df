#!/usr/bin/env bash
# Secrets of a Compose project and of what it builds go to `.env`, to files and to mounts, on both
# sides at once.
. "$(dirname "$0")/_lib.sh"
fix() {
  local expected=$1
  shift
  run "$expected" fix --unsafe --today 2026-11-24 --fail-on never --select secret-in-env,secret-in-build-argument,copied-secret-file,missing-dockerignore,secret-in-copied-folder,secret-file-in-context,secret-without-mount "$@"
}
silent() { if grep -qE "$1" "$out" "$err"; then fail "it tells $1"; fi; }
same() { diff "$1" "$2" || fail "$2"; }

# --- a project that mixes them --------------------------------------------------------------------
mkdir -p api web
cat >compose.yaml <<'C'
services:
  web:
    build:
      context: ./web
      args:
        NPM_TOKEN: npm-t0ken-w0rd
    environment:
      - SESSION_SECRET=keyb0ard cat
      - NODE_ENV=production
  api:
    build: ./api
    environment:
      DATABASE_URL: postgres://shop:tr0ub4dor@db:5432/shop
      SESSION_SECRET: 0ther-w0rd
  jobs:
    image: registry.example.com/jobs:1
    environment: {DATABASE_URL: postgres://shop:tr0ub4dor@db:5432/shop, QUEUE: a}
C
cat >web/Dockerfile <<'D'
FROM node:22
ARG NPM_TOKEN
ENV NPM_TOKEN=$NPM_TOKEN
ENV SESSION_SECRET=keyb0ard-cat NODE_ENV=production
WORKDIR /app
COPY . .
COPY .env /app/.env
RUN npm config set //registry.npmjs.org/:_authToken=$NPM_TOKEN && npm install
CMD ["node", "server.js"]
D
printf 'SMTP_PASSWORD=smtp-w0rd\n' >web/.env
printf '{}\n' >web/package.json
cat >api/Dockerfile <<'D'
FROM python:3.13
ENV AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzKEY
# private packages
COPY id_rsa /root/.ssh/id_rsa
RUN chmod 600 /root/.ssh/id_rsa && ssh-keyscan git.example.com >> /root/.ssh/known_hosts
COPY requirements.txt /app/
RUN pip install -r /app/requirements.txt
RUN useradd app
COPY . /app
CMD ["python", "/app/app.py"]
D
printf '__pycache__\n' >api/.dockerignore
printf 'k3y\n' >api/id_rsa
printf 'flask\n' >api/requirements.txt
git init -q . 2>/dev/null
printf 'node_modules' >.gitignore

fix 1 --diff .
silent 'tr0ub4dor|npm-t0ken-w0rd|keyb0ard cat|0ther-w0rd|wJalr|smtp-w0rd'
[ ! -e .env ] || fail '--diff has written'
fix 0 .
silent 'tr0ub4dor|npm-t0ken-w0rd|keyb0ard cat|0ther-w0rd|wJalr|smtp-w0rd'
cat >expected <<'C'
services:
  web:
    build:
      context: ./web
      secrets: [NPM_TOKEN]
    environment:
      - SESSION_SECRET=${WEB_SESSION_SECRET:?}
      - NODE_ENV=production
    secrets: [{source: web_env, target: /app/.env}]
  api:
    build:
      context: ./api
      secrets: [id_rsa]
    environment:
      DATABASE_URL: ${DATABASE_URL:?}
      SESSION_SECRET: ${API_SESSION_SECRET:?}
      AWS_SECRET_ACCESS_KEY: ${AWS_SECRET_ACCESS_KEY:?}
  jobs:
    image: registry.example.com/jobs:1
    environment: {DATABASE_URL: "${DATABASE_URL:?}", QUEUE: a}
secrets:
  NPM_TOKEN:
    file: ./secrets/npm_token.txt
  id_rsa:
    file: ./api/id_rsa
  web_env:
    file: ./web/.env
C
same expected compose.yaml
cat >expected <<'D'
FROM node:22
ENV NODE_ENV=production
WORKDIR /app
COPY . .
RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm config set //registry.npmjs.org/:_authToken=$NPM_TOKEN && npm install
CMD ["node", "server.js"]
D
same expected web/Dockerfile
cat >expected <<'D'
FROM python:3.13
# private packages
RUN --mount=type=secret,id=id_rsa,target=/root/.ssh/id_rsa,mode=0600 ssh-keyscan git.example.com >> /root/.ssh/known_hosts
COPY requirements.txt /app/
RUN --mount=type=secret,id=id_rsa,target=/root/.ssh/id_rsa,mode=0600 pip install -r /app/requirements.txt
RUN useradd app
COPY . /app
CMD ["python", "/app/app.py"]
D
same expected api/Dockerfile
cat >expected <<'E'
API_SESSION_SECRET=0ther-w0rd
AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzKEY'
DATABASE_URL=postgres://shop:tr0ub4dor@db:5432/shop
WEB_SESSION_SECRET='keyb0ard cat'
E
sort .env | sed "s/'wJalr\\(.*\\)'/wJalr\\1/" >sorted
sed -i "s/'wJalr\\(.*\\)'/wJalr\\1/" expected
same expected sorted
[ "$(stat -c %a .env secrets secrets/npm_token.txt | tr '\n' ' ')" = '600 700 644 ' ] || fail "modes: $(stat -c '%n %a' .env secrets secrets/*)"
[ "$(cat secrets/npm_token.txt)" = npm-t0ken-w0rd ] || fail 'another token'
[ "$(find . -name secrets | tr '\n' ' ')" = './secrets ' ] || fail 'secrets lie elsewhere as well'
grep -qx 'id_rsa' api/.dockerignore || fail 'api would be sent the key'
grep -qE '^(\*\*/)?\.env$' web/.dockerignore || fail 'web would be sent its .env'
printf 'node_modules\n.env' >expected
same expected .gitignore
rm expected sorted
fix 0 .
says 'Nothing to fix'

# --- what .env is ---------------------------------------------------------------------------------
fresh() { rm -rf ./* .[a-z]*; }
service() { printf 'services:\n  app:\n    image: registry.example.com/app:1\n    environment:\n      TOKEN: %s\n' "$1"; }
takes() { # VALUE as it is in .env afterwards
  fix 0 compose.yaml
  grep -qF "TOKEN: \${TOKEN:?}" compose.yaml || fail "not moved: $(cat compose.yaml)"
  [ "$(cat .env)" = "$1" ] || fail ".env: $(cat .env)"
}
leaves() {
  cp compose.yaml before
  fix 0 compose.yaml
  cmp before compose.yaml || fail "changed: $1"
}
# shellcheck disable=SC2016 # Compose reads these
{
  fresh && service 'a$$b-w0rd' >compose.yaml && takes "TOKEN='a\$b-w0rd'"
  fresh && service '"a#b \"w0rd\""' >compose.yaml && takes "TOKEN='a#b \"w0rd\"'"
  fresh && service "\"it's-w0rd\"" >compose.yaml && leaves 'a quote'
  fresh && service '"two\nlines"' >compose.yaml && leaves 'a line end'
  fresh && service 'w0rd' >compose.yaml && printf 'A=1' >.env && takes "$(printf 'A=1\nTOKEN=w0rd')"
  fresh && service 'w0rd' >compose.yaml && printf 'TOKEN=w0rd\n' >.env && takes 'TOKEN=w0rd'
  fresh && service 'w0rd' >compose.yaml && printf 'TOKEN=0ther\n' >.env && fix 0 compose.yaml
}
grep -qF "TOKEN: \${APP_TOKEN:?}" compose.yaml || fail 'another value has the name'
[ "$(cat .env)" = "$(printf 'TOKEN=0ther\nAPP_TOKEN=w0rd')" ] || fail 'changed what was there'
silent 'w0rd|0ther'

# Who is given all of the file would be given this as well.
fresh && service w0rd >compose.yaml && printf '  b:\n    image: registry.example.com/b:1\n    env_file: .env\n' >>compose.yaml
printf 'A=1\n' >.env && leaves 'b reads .env'

# The file would get into an image; once something keeps it out it is made.
fresh && service w0rd | sed 's/image: .*/build: ./' >compose.yaml && printf 'FROM alpine:3.22\nCOPY . /app\n' >Dockerfile
mkdir .git
printf '.git\n' >.dockerignore
fix 0 .
grep -qx '.env' .dockerignore || fail '.env gets into the image'
grep -qF "\${TOKEN:?}" compose.yaml || fail 'not moved'
[ "$(cat .gitignore)" = .env ] || fail 'git would take it'
fix 0 .
says 'Nothing to fix'

# --- neither side without the other ---------------------------------------------------------------
token() {
  fresh
  # shellcheck disable=SC2016 # the image's shell puts it in
  printf 'FROM node:22\nARG NPM_TOKEN\nRUN echo "_authToken=$NPM_TOKEN" > .npmrc && npm ci && rm .npmrc\n' >Dockerfile
  printf 'services:\n  a:\n    build:\n      context: .\n      args: [%s]\n  b:\n    build: {context: ., args: {NPM_TOKEN: %s, A: b}}\n' "$1" "$2" >compose.yaml
}
token NPM_TOKEN=t0ken t0ken
fix 0 .
cat >expected <<'C'
services:
  a:
    build:
      context: .
      secrets: [NPM_TOKEN]
  b:
    build: {context: ., args: {A: b}, secrets: [NPM_TOKEN]}
secrets:
  NPM_TOKEN:
    file: ./secrets/npm_token.txt
C
same expected compose.yaml
grep -q 'RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN echo' Dockerfile || fail 'no mount'
token NPM_TOKEN=t0ken 0ther
cp Dockerfile as-it-was
leaves 'two values'
cmp as-it-was Dockerfile || fail 'the Dockerfile alone'
# A value from outside stays there.
# shellcheck disable=SC2016
token NPM_TOKEN '${NPM_TOKEN}'
sed -i 's/^  b:/  c:/; s/A: b/A: c/; /^  c:/,$d' compose.yaml
fix 0 .
grep -q 'environment: NPM_TOKEN' compose.yaml || fail "not from the environment: $(cat compose.yaml)"
# Another project builds it as well, and would go on giving the argument.
token NPM_TOKEN=t0ken t0ken
mkdir other && printf 'services:\n  a:\n    build:\n      context: ..\n      args: [NPM_TOKEN=t0ken]\n' >other/compose.yaml
cp Dockerfile before
fix 0 .
cmp before Dockerfile || fail 'the other project builds it with an argument'

# --- the checklist --------------------------------------------------------------------------------
fresh && service t0ken-w0rd >compose.yaml
check 1 compose.yaml
holds '[i["verdict"] for i in r["checklist"][0]["items"] if i["item"] == "no-secrets"] == ["fail"]'
fix 0 compose.yaml
check 1 compose.yaml
holds '[i["verdict"] for i in r["checklist"][0]["items"] if i["item"] == "no-secrets"] == ["pass"]'

# A default moves as well, for all that ask for the variable.
fresh
# shellcheck disable=SC2016 # Compose puts it in
service '${TOKEN:-t0ken-w0rd}' >compose.yaml && printf '      URL: http://a/${TOKEN:-t0ken-w0rd}\n' >>compose.yaml
takes TOKEN=t0ken-w0rd
silent t0ken-w0rd
