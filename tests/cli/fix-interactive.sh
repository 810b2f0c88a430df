#!/usr/bin/env bash
# --interactive shows each fix and does as it is told, on a terminal alone.
. "$(dirname "$0")/_lib.sh"
printf 'FROM debian:12\nRUN apt-get install a\nRUN apt-get install b\nRUN apt-get install c\nUSER 1000\n' >before
cp before Dockerfile
run 2 fix --interactive . </dev/null
complains 'wants a terminal'
# answer KEYS EXPECTED: the packages that get their -y.
answer() {
  cp before Dockerfile
  python3 - "$plimsoll" "$1" >"$out" <<'P' || fail "it has not ended: $1"
import os, pty, sys
answers = list(sys.argv[2])
said = b""
def read(fd):
    global said
    data = os.read(fd, 4096)
    said += data
    while answers and said.endswith(b"[y/n/a/q] "):
        os.write(fd, answers.pop(0).encode() + b"\n")
        said = b""
    return data
pty.spawn([sys.argv[1], "fix", "--interactive", "--fail-on", "never", "--select", "apt-without-yes", "."], read, lambda fd: b"")
P
  [ "$(sed -n 's/RUN apt-get install -y //p' Dockerfile | tr -d '\n')" = "$2" ] || fail "answers $1"
}
answer yny ac
grep -q 'RUN apt-get install -y a' "$out" || fail 'the change was not shown'
answer nnn ''
answer na bc
answer yq a
answer xyyy abc
