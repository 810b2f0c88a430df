#!/usr/bin/env bash
# Every format is told whole for files with findings, clean ones, odd names and inputs that can't be read.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine\nENV NPM_TOKEN=hunter22hunter22\nRUN apt-get update | sh \x01\xff "<&>"\n' >'odd & <name>.Dockerfile'
printf 'FROM alpine:3.22\nUSER 10001\n' >Dockerfile
formats=$("$plimsoll" check --format nonsense 2>&1 | sed 's/.*known are //; s/,//g' || true)
[ "$(wc -w <<<"$formats")" -ge 12 ] || fail "formats: $formats"
for format in $formats; do
  run 2 check --today 2026-11-24 --preset all --format "$format" . gone
  python3 - "$format" "$out" <<'P' || fail "$format is not well-formed, or leaves something out"
import json, sys
import xml.etree.ElementTree as xml
name, data = sys.argv[1], open(sys.argv[2], "rb").read()
text = data.decode("utf-8")
assert "hunter22" not in text, "the secret is told"
assert "\x01" not in text and "\x1b" not in text, "a control is told"
assert "gone" in text, "what could not be read is not told"
if name in ("checkstyle", "junit"):
    root = xml.fromstring(text)
    if name == "checkstyle":
        files = {f.get("name"): len(f) for f in root}
        assert files.keys() == {"Dockerfile", "odd & <name>.Dockerfile", "gone"}, files
    else:
        assert [int(s.get("failures")) for s in root] == [len(s) for s in root] and len(root) == 3
elif name == "codeclimate":
    issues = [json.loads(part) for part in text.split("\0")[:-1]]
    assert len(issues) > 5 and text.endswith("\0")
elif name in ("json", "sarif", "gitlab", "sonarqube", "rdjson"):
    report = json.loads(text)
    if name == "gitlab":
        assert len({i["fingerprint"] for i in report}) == len(report) > 5
elif name == "github":
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in text.splitlines())
P
done
