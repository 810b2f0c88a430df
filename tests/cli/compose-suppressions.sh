#!/usr/bin/env bash
# What dclint and compose-lint accept in a Compose file is accepted here, by comments and by their files.
. "$(dirname "$0")/_lib.sh"
mkdir -p project/.git
cat >project/compose.yaml <<'C'
services:
  web:
    image: nginx  # dclint disable-line service-image-require-explicit-tag
    privileged: true
  db:
    image: postgres
    privileged: true
C
check 1 --select untagged-image,privileged-container project
holds '[(f["rule"], f["line"]) for f in r["findings"]] == [("privileged-container", 4), ("untagged-image", 6), ("privileged-container", 7)]'
check 1 --select untagged-image,privileged-container --show-suppressed project
holds '[(f["line"], f["suppressed"]["by"]) for f in r["findings"] if "suppressed" in f] == [(3, "inline")]'

# compose-lint has no comments; its file names rules and services.
printf 'rules:\n  CL-0002:\n    exclude_services:\n      db: tunes the kernel\n' >project/.compose-lint.yml
check 1 --select privileged-container --show-suppressed project
holds '[(f["line"], f["suppressed"]) for f in r["findings"] if "suppressed" in f] == [(7, {"by": "config", "reason": "listed in project/.compose-lint.yml: tunes the kernel"})]'
printf '{"rules": {"service-image-require-explicit-tag": [0, {}]}}\n' >project/.dclintrc
check 0 --select untagged-image --fail-on info project
holds 'r["summary"]["suppressed"] == 2'
