#!/usr/bin/env bash
# --write-baseline writes a small file that --baseline accepts; it is the same for the same findings.
. "$(dirname "$0")/_lib.sh"
mkdir a b
printf 'FROM debian\nUSER root\nRUN sudo a\nRUN sudo b\n' >a/Dockerfile
printf '# hadolint ignore=DL3006\nFROM debian\n' >b/Dockerfile
check 0 --write-baseline baseline.json .
holds 'r["findings"] == [] and r["summary"]["suppressed"] > 0'
python3 - <<'P' || fail "not as a baseline should be: $(cat baseline.json)"
import json
b = json.load(open("baseline.json"))
kinds = [(f["file"], f["rule"], f["message"]) for f in b["findings"]]
assert b["schema"] == "plimsoll-baseline/1" and kinds == sorted(kinds) and len(set(kinds)) == len(kinds)
assert ("a/Dockerfile", "sudo-in-run") in [k[:2] for k in kinds]
assert ("b/Dockerfile", "untagged-image") not in [k[:2] for k in kinds], "a comment accepts it already"
assert sum(f.get("count", 1) for f in b["findings"] if f["rule"] == "sudo-in-run") == 2
P
cp baseline.json first.json
check 0 --baseline baseline.json .
holds 'r["findings"] == []'

# Lines move and the baseline stays the same; a new finding counts, and a second one of a kind too.
printf '\n\n# moved\nFROM debian\nUSER root\nRUN sudo a\nRUN sudo b\n' >a/Dockerfile
check 0 --baseline baseline.json --write-baseline baseline.json .
cmp baseline.json first.json || fail "the baseline has changed"
printf 'FROM debian\nUSER root\nRUN sudo a\nRUN sudo b\nRUN sudo b\nRUN chmod 777 /srv\n' >a/Dockerfile
check 1 --baseline baseline.json .
holds 'rules == ["sudo-in-run", "world-writable-files"]'

echo '{"schema":"plimsoll-baseline/1"}' >broken.json
run 2 check --baseline broken.json .
complains 'no findings'
run 2 check --write-baseline missing/baseline.json .
complains 'missing/baseline.json'
