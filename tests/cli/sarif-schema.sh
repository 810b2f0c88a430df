#!/usr/bin/env bash
# Both forms of SARIF are valid by its schema, which is there only beside the shared data.
. "$(dirname "$0")/_lib.sh"
schema=$PLIMSOLL_ROOT/../shared/data/runtime/schemas/sarif-schema-2.1.0.json
[ -f "$schema" ] || { echo 'skipped: no SARIF schema'; exit 77; }
python3 -c 'import jsonschema' 2>/dev/null || { echo 'skipped: no python3-jsonschema'; exit 77; }
valid() {
  python3 - "$schema" "$out" <<'P' || fail "$1"
import json, sys
import jsonschema
schema, report = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
results = report["runs"][0]["results"]
assert len(results) > 0, "nothing to look at"
jsonschema.validate(report, schema)
P
}
cp -r "$PLIMSOLL_ROOT/examples/shop" shop
printf 'FROM alpine\n# hadolint ignore=DL3018\nRUN apk add \\\n  "\xf0\x9f\x90\xb3"\nRUM x\n' >'a b.Dockerfile'
run 2 check --preset all --format sarif --show-suppressed . gone
valid 'check --format sarif'
run 1 hadolint -f sarif 'a b.Dockerfile' shop/*/Dockerfile
valid 'hadolint -f sarif'
