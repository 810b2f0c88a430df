#!/usr/bin/env bash
# The checklist ends the text, stands in the JSON, and is told alone or as a badge where that is asked for.
. "$(dirname "$0")/_lib.sh"
cat >compose.yaml <<'C'
services:
  db:
    image: postgres:17
  web:
    image: nginx:1.28-alpine
    user: "101"
    read_only: true
    mem_limit: 256m
    cpus: 0.5
    security_opt: [no-new-privileges:true]
    healthcheck:
      test: ["CMD", "curl", "-f", "http://127.0.0.1/"]
C
mkdir app
printf 'FROM node:22-alpine\nUSER node\nCOPY index.js /app/\n' >app/Dockerfile
touch app/index.js

check 0 --fail-on never
holds '[(e["subject"]["file"], e["subject"]["name"]) for e in r["checklist"][1:]] == [("compose.yaml", "db"), ("compose.yaml", "web")]'
holds 'r["checklist"][0]["subject"]["file"] == "app/Dockerfile" and r["checklist"][0]["subject"]["kind"] == "stage"'
holds 'all(len(e["items"]) == 9 and e["grade"] in "ABCDEF" for e in r["checklist"])'
holds 'r["checklist"][2]["grade"] == "A" and r["checklist"][1]["grade"] == "F"'
holds 'all(i["verdict"] in ("pass", "fail", "unknown", "not-applicable") and i["reason"] for e in r["checklist"] for i in e["items"])'
holds 'any(v["line"] == 6 and v["text"] == "101" for i in r["checklist"][2]["items"] for v in i["evidence"])'

run 0 check --fail-on never --color never
says '^grade user secrets base scan health limits read-only no-new-priv ignore$'
says '^A\? .* compose.yaml service web$'
tail -n 1 "$out" | grep -q 'compose.yaml service web' || fail 'the text does not end with the checklist'
run 0 check --fail-on never --quiet
! grep -q '^grade' "$out" || fail 'the checklist though --quiet'

run 0 check --fail-on never --checklist-only --color never
says 'non-root-user: no user is stated, so it starts as root \(compose.yaml:[0-9]+\)'
! grep -q 'missing-health-check' "$out" || fail 'findings in --checklist-only'
check 0 --fail-on never --checklist-only
holds '"findings" not in r and len(r["checklist"]) == 3'
run 2 check --checklist-only --format sarif
complains 'text and json'

run 0 check --fail-on never --badge badge.svg
grep -q '>F?</text>' badge.svg || fail 'the badge shows another grade'
python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("badge.svg")' || fail 'the badge is no XML'
