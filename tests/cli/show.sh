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
