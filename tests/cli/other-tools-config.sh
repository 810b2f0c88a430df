#!/usr/bin/env bash
# Configuration files of other tools are honoured, below plimsoll.toml, and can be left out.
. "$(dirname "$0")/_lib.sh"
mkdir -p project/.git project/api
printf 'FROM alpine\nWORKDIR x\nUSER root\n' >project/api/Dockerfile
printf 'ignored: [DL3006]\noverride:\n  error: [DL3000]\nfailure-threshold: error\n' >project/.hadolint.yaml

check 1 --preset all project
holds '"untagged-image" not in rules and "relative-workdir" in rules'
holds '[f["severity"] for f in r["findings"] if f["rule"] == "relative-workdir"] == ["high"]'
check 1 --show-suppressed --select untagged-image,relative-workdir project/api/Dockerfile
holds '[f["suppressed"] for f in r["findings"] if f["rule"] == "untagged-image"] == [{"by": "config", "reason": "listed in project/.hadolint.yaml"}]'

# The threshold of the file counts until plimsoll.toml or the command line says another; so do severities.
printf 'FROM alpine\nWORKDIR x\n' >project/api/Dockerfile
check 0 --select unstated-user project
check 1 --select unstated-user --fail-on medium project
printf 'fail-on = "medium"\n[severity]\nDL3000 = "info"\n' >project/plimsoll.toml
check 1 --select unstated-user project
check 0 --select relative-workdir project
holds '[f["severity"] for f in r["findings"]] == ["info"]'

printf 'other-tools = false\n' >project/plimsoll.toml
check 1 --select untagged-image project
rm project/plimsoll.toml

# A wrong type is told on standard error, and the run goes on.
printf 'ignored: DL3006\n' >project/.hadolint.yaml
check 1 --select untagged-image project
complains 'project/.hadolint.yaml:1: ignored must be a list'

# hadolint's comments count unless the file says otherwise.
printf '# hadolint ignore=DL3006\nFROM alpine\n' >project/api/Dockerfile
printf 'disable-ignore-pragma: true\n' >project/.hadolint.yaml
check 1 --select untagged-image project
rm project/.hadolint.yaml
check 0 --select untagged-image project

# Several tools at once; a file that is not named by path is accepted whatever its folder.
printf 'FROM alpine\nUSER root\n' >project/api/Dockerfile
printf 'DS001\n' >project/.trivyignore
printf 'skip-check: [CKV_DOCKER_8]\n' >project/.checkov.yaml
check 0 --select untagged-image,root-user --fail-on info project
holds 'r["summary"]["suppressed"] == 2'
