#!/usr/bin/env bash
# What a service or run line lacks in hardening is one block of text with one remedy; it stays one finding a rule
# everywhere else.
. "$(dirname "$0")/_lib.sh"
lacks=missing-no-new-privileges,missing-capability-drop,writable-root-filesystem,missing-memory-limit
cat >compose.yaml <<'C'
services:
  web:
    image: nginx:1.27
  db:
    image: postgres:17
    tmpfs: [/run]
    deploy:
      resources:
        limits:
          pids: 200
  part:
    image: nginx:1.27
    cap_drop: [ALL]
    mem_limit: 512m
    security_opt: ["no-new-privileges:true"]
C
run 1 check --select "$lacks" compose.yaml
# One heading a service, which names what is missing; one frame; one remedy.
says '^medium: service web lacks dropped capabilities, a memory limit, no-new-privileges and a read-only$'
[ "$(grep -c ' lacks ' "$out")" = 2 ] || fail 'not one block a service'
[ "$(grep -c '┌─ compose.yaml:2:3' "$out")" = 1 ] || fail 'not one frame a service'
says '^ +cap_drop: \[ALL\]$'
says '^ +security_opt: \["no-new-privileges:true"\]$'
says '^ +tmpfs: \[/tmp\]$'
says '^ +mem_limit: 512m$'
says '= rules: missing-capability-drop, missing-memory-limit, missing-no-new-privileges,$'
# A limit stands where Compose takes it, and a list that is there is not said again.
says '^ +memory: 512M$'
[ "$(grep -c 'tmpfs: \[/tmp\]' "$out")" = 1 ] || fail 'a second list of tmpfs'
# A single one stands for itself.
says '\[writable-root-filesystem\]$'
says '9 findings'
# Elsewhere it is one finding a rule.
run 1 check --quiet --select "$lacks" compose.yaml
[ "$(grep -c '\[' "$out")" = 9 ] || fail 'not a line a finding'
run 1 check --format concise --select "$lacks" compose.yaml
[ "$(grep -c '^compose.yaml:' "$out")" = 9 ] || fail 'not a line a finding'
check 1 --select "$lacks" compose.yaml
holds 'len(rules) == 9 and rules.count("missing-memory-limit") == 2'
# Of a run line: options.
printf '#!/bin/sh\ndocker run -d nginx:1.27\n' >start.sh
run 1 check --select "$lacks" start.sh
says '^medium: the run line lacks dropped capabilities'
says '^ +--cap-drop ALL --memory 512m --security-opt no-new-privileges --read-only --tmpfs /tmp$'
# What was accepted is in no block.
cat >compose.yaml <<'C'
services:
  # plimsoll: ignore=missing-capability-drop reason=it drops them itself
  web:
    image: nginx:1.27
C
run 1 check --show-suppressed --select "$lacks" compose.yaml
says 'service web lacks a memory limit, no-new-privileges and a read-only root filesystem$'
says '\[missing-capability-drop\]$'
if grep -qE '^ +cap_drop: \[ALL\]$' "$out"; then fail 'the remedy of what was accepted'; fi
