#!/usr/bin/env bash
# Files that lie beside the working folder are told by their way from there, not by an absolute path.
. "$(dirname "$0")/_lib.sh"
mkdir -p project/.git project/deploy project/app project/a/b/c/d/e
printf 'FROM debian\nUSER 1\n' >project/app/Dockerfile
printf 'services:\n  web:\n    build: ../app\n  old:\n    extends: {file: ../base.yaml, service: base}\n' >project/deploy/compose.yaml
printf 'services:\n  base:\n    image: nginx\n' >project/base.yaml
cd project/deploy
check 1 --select untagged-image
holds 'sorted(files) == ["../app/Dockerfile", "../base.yaml"]'
holds 'r["checklist"] and all(not e["subject"]["file"].startswith("/") for e in r["checklist"])'
run 1 check --select untagged-image --format concise
says '^\.\./app/Dockerfile:1:6: '
# SARIF's root has no place for them.
run 1 check --select untagged-image --format sarif
says "\"uri\": ?\"file://$(pwd -P | sed 's|/deploy$||')/app/Dockerfile\""
# Far away it stays as it is.
cd ../a/b/c/d/e
printf 'services:\n  web:\n    build: ../../../../../app\n' >compose.yaml
check 1 --select untagged-image
holds 'len(files) == 1 and files[0].startswith("/") and files[0].endswith("/project/app/Dockerfile")'
