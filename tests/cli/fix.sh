#!/usr/bin/env bash
# fix writes what is proved, tells what it has done, and leaves the rest.
. "$(dirname "$0")/_lib.sh"
fix() {
  local expected=$1
  shift
  run "$expected" fix --today 2026-11-24 "$@"
}
cat >Dockerfile <<'D'
FROM debian:12
# why
RUN apt-get install curl
RUN a | b
USER 1000
D
cp Dockerfile before
chmod 640 Dockerfile
fix 1 --diff --select apt-without-yes .
says '^-RUN apt-get install curl$'
says '^\+RUN apt-get install -y curl$'
complains '1 fix to write in 1 file'
cmp Dockerfile before || fail '--diff has written'
[ "$(find . -type f | wc -l)" = 2 ] || fail 'something was left'

fix 0 --select apt-without-yes .
says 'fixed +line 3 +apt-without-yes: '
says '1 fix written in 1 file'
grep -q 'install -y curl' Dockerfile || fail 'not written'
[ "$(stat -c %a Dockerfile)" = 640 ] || fail 'the permissions have changed'
fix 0 --select apt-without-yes .
says 'Nothing to fix'
fix 0 --diff --select apt-without-yes .
[ ! -s "$out" ] || fail 'a diff of nothing'

# JSON: the report on what remains, and what became of each fix.
cp before Dockerfile
printf 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n' >compose.yaml
fix 1 --format json --select apt-without-yes,privileged-container .
holds 'r["command"] == "fix" and rules == ["privileged-container"]'
holds '[(f["file"], f["line"], f["rule"], f["safety"], f["status"]) for f in r["fixes"]] == [
  ("Dockerfile", 3, "apt-without-yes", "safe", "applied"), ("compose.yaml", 4, "privileged-container", "unsafe", "unsafe")]'
grep -q 'privileged: true' compose.yaml || fail 'an unsafe fix was written unasked'
fix 0 --unsafe --select privileged-container .
grep -q 'privileged: true' compose.yaml && fail 'the unsafe fix was not written'

# Standard input to standard output.
run 0 fix --select apt-without-yes - <before
cmp <(sed 's/install curl/install -y curl/' before) "$out" || fail 'not what was to be printed'
complains '1 fix written'
run 2 fix - . <before

# A link that leads elsewhere, and a file that can't be written.
mkdir elsewhere project && cp before elsewhere/Dockerfile && ln -s ../elsewhere/Dockerfile project/Dockerfile
(cd project && fix 2 --select apt-without-yes .)
complains 'leads out of the project'
cmp before elsewhere/Dockerfile || fail 'a file elsewhere was written'

# Git is asked whether a change could be lost.
if command -v git >/dev/null; then
  mkdir repo && cd repo && cp ../before Dockerfile
  git init -q . && git add . && git -c user.name=a -c user.email=b commit -qm c
  fix 0 --select apt-without-yes .
  [ ! -s "$err" ] || fail 'a warning without a reason'
  cp ../before Dockerfile && echo 'LABEL a=b' >>Dockerfile
  fix 0 --select apt-without-yes .
  complains 'Dockerfile had changes that are not committed'
fi
