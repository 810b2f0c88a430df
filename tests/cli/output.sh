#!/usr/bin/env bash
# --format chooses what goes to standard output; --output FORMAT=FILE writes more reports, may be repeated.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine\nUSER root\n' >Dockerfile
select=(--select "untagged-image,root-user" --fail-on info)

run 1 check "${select[@]}" --output json=a.json --output sarif=b.sarif
says 'untagged-image'
says 'Dockerfile:1'
run 1 check "${select[@]}" --format json
cmp a.json "$out" || fail '--output json=… differs from --format json'
holds 'r["schema"] == "plimsoll-report/1" and r["tool"]["name"] == "plimsoll" and r["command"] == "check"'
holds 'r["findings"][0]["line"] == 1 and r["findings"][0]["column"] == 6 and r["findings"][0]["instructionLine"] == 1'
holds '"DL3006" in r["findings"][0]["aliases"]["hadolint"]'
run 1 check "${select[@]}" --format sarif
cmp b.sarif "$out" || fail '--output sarif=… differs from --format sarif'
holds 'r["version"] == "2.1.0" and len(r["runs"][0]["results"]) == 2'
run 1 check "${select[@]}" --format concise
says '^Dockerfile:1:6: .*untagged-image'
[ "$(grep -c Dockerfile "$out")" = 2 ] || fail 'concise: one line a finding'

run 2 check --output json
run 2 check --output nonsense=x
run 2 check "${select[@]}" --output json=no/such/folder/a.json
complains 'no/such/folder'
says 'untagged-image'

# Nobody reads: no crash, no noise.
status=0
"$plimsoll" check --format json 2>"$err" | true || status=$?
case $status in 0 | 1 | 2) ;; *) fail "exit status $status when nobody reads" ;; esac
