#!/usr/bin/env bash
# plimsoll.toml says other rules and accepted findings for some paths; its patterns count from its own folder.
. "$(dirname "$0")/_lib.sh"
mkdir -p project/legacy/deep project/new
for folder in legacy/deep new; do printf 'FROM alpine\nUSER root\n' >project/$folder/Dockerfile; done
cat >project/plimsoll.toml <<'T'
[[path]]
match = ["legacy/**"]
ignore = ["DL3006"]
severity = { root-user = "low" }

[[suppress]]
rule = "root-user"
paths = ["/legacy/"]
reason = "to be rewritten"
until = "2026-12-31"
T
check 1 --select untagged-image,root-user project
holds 'sorted((f["file"], f["rule"]) for f in r["findings"]) == [("project/new/Dockerfile", "root-user"), ("project/new/Dockerfile", "untagged-image")]'
cd project/legacy/deep
check 0 --select untagged-image,root-user --fail-on info
holds 'r["summary"]["suppressed"] == 1'
check 0 --select untagged-image,root-user --show-suppressed
holds 'r["findings"][0]["severity"] == "low" and r["findings"][0]["suppressed"]["reason"] == "to be rewritten"'
run 1 check --format json --today 2027-01-01 --select root-user --fail-on low
cd ../../..

# The command line stands over what is said of paths.
printf '[[path]]\nmatch = ["legacy"]\nselect = ["root-user"]\n' >project/plimsoll.toml
check 1 project/legacy project/new
holds '"untagged-image" not in [f["rule"] for f in r["findings"] if "legacy" in f["file"]] and "untagged-image" in rules'
check 1 --select untagged-image project
holds 'len(r["findings"]) == 2 and set(rules) == {"untagged-image"}'

printf '[[suppress]]\nrule = "root-user"\nuntil = "soon"\n' >project/plimsoll.toml
check 2 project
holds 'r["errors"][0]["line"] == 3'
