#!/usr/bin/env bash
# fix writes a .dockerignore from what lies in the context, adds to one, and tells what a build is sent then.
. "$(dirname "$0")/_lib.sh"
fix() {
  local expected=$1
  shift
  run "$expected" fix --today 2026-11-24 --fail-on never "$@"
}
context() {
  rm -rf ./* .git .env .dockerignore .vscode
  mkdir -p .git src .vscode && head -c 5000 /dev/zero >.git/pack
  printf 'FROM debian:12-slim\nCOPY . /srv/app\nUSER 1000\n' >Dockerfile
  printf 'x\n' >src/main.js
  printf '{}\n' >.vscode/settings.json
}

# Nothing can miss the repository and the editor's settings: safe. What was there is left as it was.
context
cp Dockerfile before
fix 1 --diff --select missing-dockerignore .
says '^--- /dev/null$'
says '^new file mode 100644$'
says '^\+\*\*/\.git$'
[ ! -e .dockerignore ] || fail '--diff has written'
fix 0 --select missing-dockerignore .
says 'add a .dockerignore'
says 'build context of .dockerignore: 5 files, 5\.[01] kB -> 3 files, '
[ "$(grep -cxE '\*\*/\.(git|vscode)' .dockerignore)" = 2 ] || fail 'a line is missing'
grep -q '^# ' .dockerignore || fail 'no headings'
cmp before Dockerfile || fail 'the Dockerfile has changed'
[ "$(find . -name '*.plimsoll-*')" = '' ] || fail 'something was left'
fix 0 --select missing-dockerignore .
says 'Nothing to fix'

# git makes the same file of the diff.
if command -v git >/dev/null; then
  context
  rm -rf .git && git init -q .
  "$plimsoll" fix --diff --select missing-dockerignore . >"$temporary/patch" 2>/dev/null || true
  git apply "$temporary/patch" || fail 'git refuses the diff'
  mv .dockerignore "$temporary/by-git"
  fix 0 --select missing-dockerignore .
  cmp .dockerignore "$temporary/by-git" || fail 'git makes another file of it'
fi

# JSON tells the file and the effect.
context
check 1 --fail-on info --select missing-dockerignore .
holds 'r["findings"][0]["fix"]["newFiles"][0]["file"] == ".dockerignore"'
fix 0 --format json --select missing-dockerignore .
holds '[(c["ignoreFile"], c["filesBefore"], c["filesAfter"]) for c in r["contexts"]] == [(".dockerignore", 4, 2)]'
holds 'r["contexts"][0]["bytesBefore"] - r["contexts"][0]["bytesAfter"] > 4900'

# A build that looks at its repository, and a file that the program may want: only with --unsafe.
for more in 'RUN make version' 'RUN ./build.sh' 'RUN git describe'; do
  context
  printf 'FROM debian:12-slim\nCOPY . /srv/app\n%s\nUSER 1000\n' "$more" >Dockerfile
  fix 0 --select missing-dockerignore .
  [ ! -e .dockerignore ] || fail "safe in spite of $more"
  says 'unsafe'
done
# Another Dockerfile of the folder counts as well.
context
printf 'FROM debian:12-slim\nCOPY . /srv/app\nRUN git describe\nUSER 1000\n' >other.Dockerfile
fix 0 --select missing-dockerignore .
[ ! -e .dockerignore ] || fail 'another Dockerfile needs the repository'
context
printf 'PASSWORD=hunter2hunter2\n' >.env
fix 0 --select missing-dockerignore .
[ ! -e .dockerignore ] || fail 'a container may want its .env'
fix 0 --unsafe --select missing-dockerignore .
grep -qx '\*\*/.env' .dockerignore || fail '.env is sent'

# Never what a Dockerfile names.
context
mkdir node_modules && printf 'x\n' >node_modules/a.js && printf '{}\n' >package.json && printf 'A=b\n' >.env
printf 'FROM node:22-slim\nCOPY . /srv/app\nCOPY .env /srv/app/\nCOPY node_modules /srv/app/node_modules\nUSER node\n' >Dockerfile
fix 0 --unsafe --select missing-dockerignore .
! grep -qE 'env|node_modules' .dockerignore || fail 'what is named is kept out'

# Lines at the end of a file that is there, with its line ends; a `!` of its own is honoured.
context
printf 'A=b\n' >.env && mkdir config && printf 'A=b\n' >config/.env
printf '# ours\r\n*.md\r\n.git\r\n.vscode' >.dockerignore
cp .dockerignore before
fix 0 --unsafe --select secret-in-copied-folder .
cmp <(cat before; printf '\r\n\r\n# Secrets\r\n**/.env\r\n') .dockerignore || fail 'not as it was to be'
fix 0 --unsafe --select secret-in-copied-folder .
says 'Nothing to fix'
printf '.git\n.vscode\n**/.env\n!config/.env\n' >.dockerignore
cp .dockerignore before
fix 0 --unsafe --select secret-in-copied-folder .
cmp before .dockerignore || fail 'what was let in on purpose is kept out'

# A file of the Dockerfile's own is the one in force.
context
printf 'A=b\n' >.env
printf '.git\n' >Dockerfile.dockerignore
printf '.git\n' >.dockerignore
fix 0 --unsafe --select secret-in-copied-folder .
grep -qx '\*\*/.env' Dockerfile.dockerignore || fail 'the file in force has not got the line'
[ "$(cat .dockerignore)" = .git ] || fail 'the other file has changed'

# A folder that can't be written: nothing is left behind.
if [ "$(id -u)" != 0 ]; then
  context
  chmod 500 .
  fix 2 --select missing-dockerignore .
  chmod 700 .
  [ ! -e .dockerignore ] || fail 'written in spite of all'
fi
