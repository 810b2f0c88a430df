#!/usr/bin/env bash
# The number of threads changes nothing in the output.
. "$(dirname "$0")/_lib.sh"
for i in $(seq 60); do
  mkdir -p "s$((i % 7))"
  printf 'FROM alpine\nRUN apk add curl && cd /tmp\nADD x%s /y\nUSER root\nCMD run\n' "$i" >"s$((i % 7))/$i.Dockerfile"
done
printf '\0' >s0/bad.Dockerfile
for format in json text sarif; do
  run 2 check --format "$format" --preset all --jobs 1
  cp "$out" "$temporary/one"
  for jobs in 2 8; do
    run 2 check --format "$format" --preset all --jobs "$jobs"
    cmp "$temporary/one" "$out" || fail "--jobs $jobs gives another $format"
  done
done
