#!/usr/bin/env bash
# show tree, shell and facts print what was understood as JSON, whatever the file holds.
. "$(dirname "$0")/_lib.sh"
cat >Dockerfile <<'D'
FROM debian:13 AS build
RUN apt-get update && apt-get install -y "curl" | tee /log
COPY <<EOF /etc/motd
hello
EOF
FROM build
USER 10001
D
for what in tree shell facts; do
  run 0 show $what Dockerfile
  holds 'r'
  for word in broken empty; do
    printf 'FROM\nNONSENSE\nRUN echo "\nRUN <<EOF\n\377' >broken
    : >empty
    run 0 show $what $word
    holds 'r is not None'
  done
  run 2 show $what missing
  complains 'missing'
done
run 0 show shell Dockerfile
says 'apt-get'
run 0 show facts Dockerfile
says '10001'
printf 'FROM alpine\n' | run 0 show tree -
says 'alpine'
run 2 show
run 2 show nonsense Dockerfile
cat >compose.yaml <<'C'
services:
  web:
    image: nginx:1.27
    read_only: true
    environment:
      TOKEN: hunter2-value
C
run 0 show facts compose.yaml
holds '[c["name"] for c in r["containers"]] == ["web"]'
holds 'r["containers"][0]["readOnly"]["is"] == "known" and r["containers"][0]["readOnly"]["line"] == 4'
holds 'r["containers"][0]["privileged"]["is"] == "absent"'
if grep -q hunter2 "$out"; then fail 'a value is shown'; fi
run 2 show facts missing.yaml
complains 'missing.yaml'
