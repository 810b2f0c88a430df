#!/usr/bin/env bash
# Comments suppress findings, in Plimsoll's own and in hadolint's way, by any name of the rule.
. "$(dirname "$0")/_lib.sh"
for comment in 'plimsoll: ignore=untagged-image' 'plimsoll: ignore=DL3006 reason=mirror' 'plimsoll: ignore-file=untagged-image' \
  'hadolint ignore=DL3006' 'hadolint ignore=DL3008,DL3006 # mirror' 'hadolint global ignore=DL3006'; do
  printf '# %s\nFROM alpine\n' "$comment" >Dockerfile
  check 0 --select untagged-image --fail-on info
  holds 'not rules and r["summary"]["suppressed"] == 1'
done
# Of another rule, or expired: the finding stands.
for comment in 'hadolint ignore=DL3008' 'plimsoll: ignore=untagged-image until=2020-01-01' 'plimsoll: ignore=root-user'; do
  printf '# %s\nFROM alpine\n' "$comment" >Dockerfile
  check 1 --select untagged-image --fail-on info
  holds 'rules == ["untagged-image"] and r["summary"]["suppressed"] == 0'
done

# What speaks of the whole file stands anywhere in it, the last line included.
printf 'FROM alpine\nUSER 1\n# plimsoll: ignore-file=untagged-image' >Dockerfile
check 0 --select untagged-image --fail-on info

# Inside a continued RUN a comment speaks of the line below it.
printf 'FROM alpine:3.22\nRUN true && \\\n  # plimsoll: ignore=sudo-in-run\n  sudo true && \\\n  sudo false\n' >Dockerfile
check 1 --select sudo-in-run --fail-on info
holds '[f["line"] for f in r["findings"]] == [5]'
