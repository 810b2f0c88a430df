#!/usr/bin/env bash
# [[suppress]] entries of plimsoll.toml that accept nothing, or whose day has passed, are told where they stand.
. "$(dirname "$0")/_lib.sh"
mkdir -p project/api project/web
printf 'FROM alpine\nUSER root\n' >project/api/Dockerfile
printf 'FROM alpine:3.22\nUSER 1000\n' >project/web/Dockerfile
cat >project/plimsoll.toml <<'T'
[[suppress]]
rule = ["root-user", "sudo-in-run"]
reason = "the daemon drops its privileges"

[[suppress]]
rule = "untagged-image"
paths = ["/web/"]

[[suppress]]
rule = "untagged-image"
paths = ["/none/"]

[[suppress]]
rule = "DL3002"
until = "2026-11-23"
T
told='[(f["rule"], f["file"], f["line"]) for f in r["findings"] if f["rule"].endswith("-suppression")]'
check 1 --select untagged-image,root-user,sudo-in-run,unused-suppression,expired-suppression project
holds "$told == [(\"unused-suppression\", \"project/plimsoll.toml\", 1), (\"unused-suppression\", \"project/plimsoll.toml\", 5), (\"expired-suppression\", \"project/plimsoll.toml\", 13)]"
holds '[f["message"] for f in r["findings"] if f["line"] == 1 and f["rule"] == "unused-suppression"] == ["accepts nothing: no finding of sudo-in-run is in its files"]'
holds 'all("fix" not in f for f in r["findings"] if f["rule"] == "unused-suppression")'
# From inside of the project's folder too; a run over a part of it says nothing of what is unused.
(cd project && run 1 check --format concise --today 2026-11-24 && says '^plimsoll.toml:5:1: info unused-suppression')
check 1 --select untagged-image,root-user,sudo-in-run,unused-suppression,expired-suppression project/web project/api
holds '[f["line"] for f in r["findings"] if f["file"] == "project/plimsoll.toml"] == [13]'
# A rule that is not asked may well have had something to say.
check 0 --select root-user,unused-suppression --fail-on medium project
holds "[f[1:] for f in $told] == []"
# A finding that a comment accepts already is one of the entry's, too.
printf 'FROM alpine\n# plimsoll: ignore=root-user\nUSER root\n' >project/api/Dockerfile
printf '[[suppress]]\nrule = "root-user"\n' >project/plimsoll.toml
check 0 --select root-user,unused-suppression --fail-on info project
holds 'rules == []'
