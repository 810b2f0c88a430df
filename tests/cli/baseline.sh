#!/usr/bin/env bash
# A baseline accepts what an earlier report had, wherever its lines went, and nothing else.
. "$(dirname "$0")/_lib.sh"
printf 'FROM debian\nUSER root\n' >Dockerfile
check 1 .
cp "$out" baseline.json
check 0 --baseline baseline.json .
holds 'r["findings"] == [] and r["summary"]["suppressed"] > 0'

printf '# moved\nFROM debian\n\nRUN chmod 777 /srv\nUSER root\n' >Dockerfile
check 1 --baseline baseline.json .
holds 'rules == ["world-writable-files"]'

run 2 check --baseline missing.json .
complains 'missing.json'
echo '{}' >broken.json
run 2 check --baseline broken.json .
complains 'plimsoll check --write-baseline'
