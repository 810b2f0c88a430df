#!/usr/bin/env bash
# --select and --ignore take rules by name, other tools' ids, categories and globs.
. "$(dirname "$0")/_lib.sh"
printf 'FROM debian\nRUN apt-get update && apt-get install curl\nUSER root\nCMD run\n' >Dockerfile
spoke() { check "$1" --fail-on info "${@:2}"; }

spoke 1 --select untagged-image
holds 'rules == ["untagged-image"]'
spoke 1 --select DL3006
holds 'set(rules) == {"untagged-image"}'
spoke 1 --select DL3006,root-user
holds 'set(rules) == {"untagged-image", "root-user"}'
spoke 1 --select untagged-image --select root-user
holds 'set(rules) == {"untagged-image", "root-user"}'
spoke 1 --select 'unpinned-*'
holds 'rules and all(rule.startswith("unpinned-") for rule in rules)'
spoke 1 --select security
holds '"root-user" in rules and {f["category"] for f in r["findings"]} == {"security"}'

# A rule outside the preset is asked if it is named.
spoke 1 --select DL3008
holds 'set(rules) == {"unpinned-apt-packages"}'

spoke 1 --ignore untagged-image,DL3002
holds 'rules and not {"untagged-image", "root-user"} & set(rules)'
spoke 1 --ignore security
holds 'rules and "security" not in {f["category"] for f in r["findings"]}'
spoke 0 --select root-user --ignore root-user
holds 'not rules'

# Ids that hadolint had and has no more are accepted; a misspelt name is not.
spoke 1 --ignore DL3005
run 2 check --ignore root-usr
complains 'root-user'
