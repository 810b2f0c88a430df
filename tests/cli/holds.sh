#!/usr/bin/env bash
# What the other tests rest on: `holds` fails where something does not hold, each time it is asked.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine:3.22\nUSER root\n' >Dockerfile
check 1 --select root-user
holds 'rules == ["root-user"]'
for wrong in 'rules == []' 'r["no such key"]' 'not an expression'; do
  ! (holds "$wrong") >said || fail "holds: $wrong"
  grep -qF "not so" said || fail "nothing said of: $wrong"
done
printf 'FROM alpine:3.22\nUSER 65532\n' >Dockerfile
check 0 --select root-user
holds 'rules == [] and errors == [] and files == []'
