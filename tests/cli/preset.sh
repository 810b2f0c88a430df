#!/usr/bin/env bash
# strict adds reproducibility to the recommended rules, all adds style.
. "$(dirname "$0")/_lib.sh"
printf 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nRUN cd /tmp && ls\nMAINTAINER me\nCMD run\n' >Dockerfile
for preset in recommended strict all; do
  check 0 --fail-on never --preset $preset
  cp "$out" "$temporary/$preset"
done
check 0 --fail-on never
cmp "$temporary/recommended" "$out" || fail 'recommended is not the default'
holds '"unpinned-apt-packages" not in rules'
cp "$temporary/strict" "$out"
holds '"unpinned-apt-packages" in rules'
python3 - "$temporary" <<'P' || fail 'a larger preset lost a finding'
import json, sys
found = [{(f["rule"], f["line"], f["column"]) for f in json.load(open(f"{sys.argv[1]}/{p}"))["findings"]} for p in ("recommended", "strict", "all")]
sys.exit(not found[0] < found[1] <= found[2])
P
