#!/usr/bin/env bash
# What --diff prints is what git apply makes of it: the very text that fix writes.
. "$(dirname "$0")/_lib.sh"
command -v git >/dev/null || { echo 'skipped: git is absent'; exit 77; }
git init -q .
mkdir -p 'with blank' plain
printf 'FROM debian:12\nRUN apt-get install curl\nUSER 1000\n' >'with blank/Dockerfile'
printf 'FROM debian:12\r\nRUN apt-get install curl\r\nUSER 1000\r\n' >plain/crlf.Dockerfile
printf 'FROM debian:12\nUSER 1000\nRUN apt-get install curl' >plain/no-newline.Dockerfile
printf 'FROM debian:12\nRUN apt-get install curl\n' >$'plain/t\xc3\xa4b.Dockerfile'
{
  printf 'FROM debian:12\n'
  for i in $(seq 60); do printf 'ENV a%s=b\n' "$i"; [ $((i % 9)) != 0 ] || printf 'RUN apt-get install -q c%s\n' "$i"; done
  printf 'USER 1000\n'
} >Dockerfile
git add -A && git -c user.name=a -c user.email=b commit -qm c
run 1 fix --diff --select apt-without-yes,apt-command,kept-apt-lists,recommended-apt-packages .
cp "$out" patch
run 0 fix --fail-on never --select apt-without-yes,apt-command,kept-apt-lists,recommended-apt-packages .
git add -A ':!patch' && fixed=$(git write-tree)
git reset -q --hard HEAD
git apply --index patch || fail 'git refuses it'
[ "$(git write-tree)" = "$fixed" ] || fail 'git makes another text of it'
[ "$(grep -c '^diff --git' patch)" = 5 ] || fail 'a file is missing'

# Secrets are not shown, and that is said.
printf 'FROM debian:12\nENV DB_PASSWORD=hunter2hunter2\nRUN apt-get install curl\nUSER 1000\n' >Dockerfile
run 1 fix --diff --select apt-without-yes Dockerfile
! grep -q hunter2 "$out" || fail 'a secret is shown'
complains "can't be applied"
run 1 fix --diff --format json --select apt-without-yes Dockerfile
! grep -q hunter2 "$out" || fail 'a secret is shown in JSON'
run 0 fix --select apt-without-yes Dockerfile
grep -q hunter2hunter2 Dockerfile || fail 'the file has lost it'
