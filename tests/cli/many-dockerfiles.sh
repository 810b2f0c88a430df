#!/usr/bin/env bash
# 700 Dockerfiles in one folder: each is judged, and the folder is read once, not once for each.
. "$(dirname "$0")/_lib.sh"
for i in $(seq 100 799); do printf 'FROM alpine\nCOPY . .\n' >"$i.Dockerfile"; done
check 1 --select untagged-image --fail-on info
holds 'r["summary"]["files"] == 700 and len(files) == 700 and files == sorted(files) and not errors'
check 1 --fail-on info --preset all
holds 'len(set(files)) == 700'

command -v strace >/dev/null || exit 0
strace -f -qq -e trace=getdents64 -o "$temporary/trace" true || exit 0  # not allowed here
# The leak sanitizer does not work under strace; without a sanitizer the variable means nothing.
ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=openat -o "$temporary/trace" "$plimsoll" check --preset all --fail-on never >/dev/null
reads=$(grep -c 'O_DIRECTORY' "$temporary/trace" || true)
[ "$reads" -le 3 ] || fail "$reads folders were opened for one"
