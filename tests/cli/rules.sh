#!/usr/bin/env bash
# rules lists every rule, for people and as JSON; each can be explained and selected.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine:3.22\n' >Dockerfile
run 0 rules
says '^root-user '
lines=$(wc -l <"$out")
run 0 rules --format json
python3 - "$out" "$lines" >"$temporary/names" <<'P' || fail 'rules --format json'
import json, sys
rules = json.load(open(sys.argv[1]))
rules = rules if isinstance(rules, list) else rules["rules"]
assert len(rules) == int(sys.argv[2]) and len({rule["name"] for rule in rules}) == len(rules)
print("\n".join(rule["name"] for rule in rules))
P
mapfile -t names <"$temporary/names"
run 0 explain "${names[@]}"
run 0 check --fail-on never --select "$(IFS=,; echo "${names[*]}")"
run 2 rules --format nonsense
