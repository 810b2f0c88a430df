#!/usr/bin/env bash
# `-` reads a Dockerfile from standard input, and --stdin-filename says what reports call it.
. "$(dirname "$0")/_lib.sh"

printf 'FROM alpine\n' | check 1 --select untagged-image --fail-on info -
holds 'files == ["-"] and r["summary"]["files"] == 1'

printf 'FROM alpine\n' | check 1 --select untagged-image --fail-on info --stdin-filename api/Dockerfile -
holds 'files == ["api/Dockerfile"]'

# Beside ordinary files.
printf 'FROM busybox\n' >Dockerfile
printf 'FROM alpine\n' | check 1 --select untagged-image --fail-on info - Dockerfile
holds 'sorted(files) == ["-", "Dockerfile"] and r["summary"]["files"] == 2'

# Nothing comes in: judged as an empty Dockerfile, not a crash.
status=0
"$plimsoll" check --format json - </dev/null >"$out" 2>"$err" || status=$?
[ "$status" -le 1 ] || fail "exit status $status for empty input"
holds 'r["summary"]["files"] == 1 and not errors'
