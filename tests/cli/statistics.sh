#!/usr/bin/env bash
# --statistics counts by rule in the place of the findings; the exit status stays.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine\nUSER root\n' >Dockerfile
mkdir b && printf 'FROM alpine\n' >b/Dockerfile
select=(--select "untagged-image,root-user")
run 1 check "${select[@]}" --statistics
[ "$(awk '{print $1, $3, $6}' "$out")" = "2 2 untagged-image
1 1 root-user" ] || fail 'counts, the most frequent first'
! grep -q Dockerfile "$out" || fail 'findings are told'
run 0 check "${select[@]}" --statistics --fail-on never --format json
holds '[(x["rule"], x["findings"], x["files"]) for x in r["rules"]] == [("untagged-image", 2, 2), ("root-user", 1, 1)]'
run 2 check "${select[@]}" --statistics --format sarif
complains 'text and json'
printf 'FROM alpine:3.22\nUSER 10001\n' | run 0 check --select root-user --statistics -
says 'no findings in 1 file'
