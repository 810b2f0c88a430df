#!/usr/bin/env bash
# Bytes that are not UTF-8 are judged, printed as U+FFFD, and columns go on counting the source's bytes.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine\nLABEL a="\377\376"\nUSER root\n' >Dockerfile
printf 'FROM \303alpine\377\n' >name.Dockerfile
printf 'FROM alpine\nUSER root\n' >"$(printf 'caf\351.Dockerfile')"

check 1 --select untagged-image,root-user --fail-on info
holds '"root-user" in rules and "untagged-image" in rules and not errors'
holds 'any("\ufffd" in f for f in files)'
for format in text concise sarif; do
  run 1 check --format "$format" --select untagged-image,root-user --fail-on info
  iconv -f UTF-8 -t UTF-8 "$out" >/dev/null || fail "$format is not valid UTF-8"
done
