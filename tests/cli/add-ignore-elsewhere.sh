#!/usr/bin/env bash
# --add-ignore in files that are no Dockerfiles: above keys and run lines; where no comment can stand, that is said.
. "$(dirname "$0")/_lib.sh"
cat >compose.yaml <<'C'
services:
  web:
    # the proxy
    image: nginx
    ports:
      # kics-scan ignore-line
      - "80:80"
      - target: 81
        published: 81
  db: {image: "postgres",
       privileged: true}
  built:
    build:
      dockerfile_inline: |
        FROM debian
        USER 1
C
run 0 check --select untagged-image,port-on-all-interfaces,privileged-container --add-ignore --reason ours .
# One is accepted by KICS's comment before.
says '^compose.yaml: 5 findings accepted$'
cat >expected <<'C'
services:
  web:
    # the proxy
    # plimsoll: ignore=untagged-image reason=ours
    image: nginx
    ports:
      # kics-scan ignore-line
      - "80:80"
      # plimsoll: ignore=port-on-all-interfaces reason=ours
      - target: 81
        published: 81
  # plimsoll: ignore=privileged-container,untagged-image reason=ours
  db: {image: "postgres",
       privileged: true}
  built:
    build:
      # plimsoll: ignore=untagged-image reason=ours
      dockerfile_inline: |
        FROM debian
        USER 1
C
diff expected compose.yaml || fail "not as expected"
check 0 --select untagged-image,port-on-all-interfaces,privileged-container --fail-on info .
holds 'not rules and r["summary"]["suppressed"] == 6'
rm compose.yaml

# Scripts and Makefiles: above the run line, with what it continues.
printf '#!/bin/sh\nif true; then\n  cd x && \\\n    docker run \\\n    --privileged \\\n    x:1\r\nfi\n' >run.sh
printf 'up:\n\t@true\n\tdocker run --privileged x:1\n' >Makefile
run 0 check --select privileged-container --add-ignore --reason ours .
says '^Makefile: 1 finding accepted$'
says '^run.sh: 1 finding accepted$'
printf 'up:\n\t@true\n# plimsoll: ignore=privileged-container reason=ours\n\tdocker run --privileged x:1\n' | cmp - Makefile ||
  fail "the Makefile is not as expected"
printf '#!/bin/sh\nif true; then\n  # plimsoll: ignore=privileged-container reason=ours\n  cd x && \\\n    docker run \\\n    --privileged \\\n    x:1\r\nfi\n' |
  cmp - run.sh || fail "the script is not as expected"
check 0 --select privileged-container --fail-on info .
holds 'r["summary"]["suppressed"] == 2'

# What can't carry a comment stays as it is, and the run says so.
rm run.sh Makefile
cat >README.md <<'M'
# How to
```sh
docker run --privileged x:1
```
M
printf '{"scripts": {"up": "docker run --privileged x:1"}}\n' >package.json
cp README.md README.before && cp package.json package.before
run 0 check --select privileged-container --add-ignore --reason ours .
says "^README.md: 0 findings accepted; 1 finding is left, in Markdown's code"
says '^package.json: 0 findings accepted; 1 finding is left, in JSON'
if ! cmp README.md README.before || ! cmp package.json package.before; then fail "a file was changed"; fi
