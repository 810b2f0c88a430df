#!/usr/bin/env bash
# --fail-on sets the severity from which findings give exit status 1; medium by default.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine:3.22\nUSER root\n' >Dockerfile
for severity in info low medium high critical; do
  printf '[severity]\nroot-user = "%s"\n' "$severity" >plimsoll.toml
  case $severity in info | low) default=0 ;; *) default=1 ;; esac
  check $default --select root-user
  reached=1
  for threshold in info low medium high critical; do
    check $reached --select root-user --fail-on $threshold
    [ $threshold != $severity ] || reached=0
  done
  check 0 --select root-user --fail-on never
  holds "r['summary']['bySeverity']['$severity'] == 1 and r['summary']['findings'] == 1"
done

# The configuration says it too; the command line stands over it. Suppressed findings do not count.
printf 'fail-on = "critical"\n' >plimsoll.toml
check 0 --select root-user
check 1 --select root-user --fail-on info
printf 'FROM alpine:3.22\n# plimsoll: ignore=root-user reason=a test\nUSER root\n' >Dockerfile
check 0 --select root-user --fail-on info
holds 'not rules and r["summary"]["suppressed"] == 1'
check 0 --select root-user --fail-on info --show-suppressed
holds 'r["findings"][0]["suppressed"] == {"by": "inline", "reason": "a test"}'
