#!/usr/bin/env bash
# Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or an input that cannot be read.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine\n' >Dockerfile
printf 'FROM alpine:3.22\n' >clean.Dockerfile

check 1 --select untagged-image --fail-on info Dockerfile
check 0 --select untagged-image --fail-on info clean.Dockerfile
check 0 --select untagged-image --fail-on never Dockerfile
holds 'rules == ["untagged-image"]'

# Status 2 comes before 1, and the rest is judged all the same.
check 2 --select untagged-image --fail-on info missing.Dockerfile Dockerfile
holds 'rules == ["untagged-image"] and errors == ["missing.Dockerfile"]'

# Options that may be repeated take one value each; what follows is a path.
check 1 --fail-on info --select untagged-image --ignore root-user Dockerfile
holds 'rules == ["untagged-image"]'

run 2
run 2 check --no-such-option
run 2 check --preset nonsense
run 2 check --fail-on nonsense
run 2 check --format nonsense
complains 'json'
run 2 check --select no-such-rule
run 2 nonsense
run 0 --version
says '^plimsoll [0-9]+\.[0-9]+'
run 0 --help
says 'check'
run 0 check --help
says 'fail-on'
