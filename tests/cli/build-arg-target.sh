#!/usr/bin/env bash
# --build-arg and --target judge the image that such a build would make.
. "$(dirname "$0")/_lib.sh"
cat >Dockerfile <<'D'
ARG TAG=3.22
FROM alpine:$TAG AS dev
USER root
FROM alpine:3.22 AS run
ARG WHO=10001
USER $WHO
D
check 0 --select root-user --fail-on info
holds 'not rules'
check 1 --select root-user --fail-on info --build-arg WHO=root
holds 'rules == ["root-user"] and r["findings"][0]["line"] == 6'
check 1 --select root-user --fail-on info --target dev
holds 'rules == ["root-user"] and r["findings"][0]["line"] == 3'
check 1 --select root-user --fail-on info --target 0
holds 'rules == ["root-user"]'
check 0 --select root-user --fail-on info --target dev --build-arg WHO=1 --ignore root-user
run 2 check --build-arg NOVALUE
run 2 check --build-arg =x
