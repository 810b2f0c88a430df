#!/usr/bin/env bash
# Compose files are fixed where the value is set, in the style of what is there, and as one set that works together.
. "$(dirname "$0")/_lib.sh"
# Whether something is left is not what is asked here.
fix() { run 0 fix --unsafe --today 2026-11-24 --fail-on never "$@"; }
hardening=missing-no-new-privileges,missing-capability-drop,writable-root-filesystem,missing-memory-limit,missing-pids-limit
hardening=$hardening,missing-cpu-limit,unstated-user,missing-health-check

# All of it at one place, behind what is there and before comments that follow.
cat >compose.yaml <<'C'
# ours
services:
    db:   # the data
        image: postgres:17 # why
        # volumes later

    web:
        image: nginx:1.28
        security_opt: # two
        - seccomp:./web.json # one
        - "label:type:web_t"
        restart: always
    app:
        image: registry.example.com/app:1
C
fix --select "$hardening" compose.yaml
cat >expected <<'C'
# ours
services:
    db:   # the data
        image: postgres:17 # why
        cap_drop: [ALL]
        cpus: 1
        healthcheck:
            test: ["CMD-SHELL", "pg_isready -U \"$${POSTGRES_USER:-postgres}\""]
            interval: 30s
            timeout: 5s
            start_period: 30s
        mem_limit: 512m
        pids_limit: 200
        read_only: true
        security_opt: ["no-new-privileges:true"]
        tmpfs: [/var/run/postgresql, /tmp]
        user: "999:999"
        # volumes later

    web:
        image: nginx:1.28
        security_opt: # two
        - seccomp:./web.json # one
        - "label:type:web_t"
        - "no-new-privileges:true"
        cap_add: [CHOWN, SETGID, SETUID]
        cap_drop: [ALL]
        cpus: 1
        mem_limit: 512m
        pids_limit: 200
        read_only: true
        tmpfs: [/var/cache/nginx, /run]
        restart: always
        healthcheck:
            test: ["CMD", "curl", "-sS", "-o", "/dev/null", "http://127.0.0.1/"]
            interval: 30s
            timeout: 5s
            start_period: 30s
    app:
        image: registry.example.com/app:1
        cpus: 1
        mem_limit: 512m
        pids_limit: 200
        security_opt: ["no-new-privileges:true"]
C
diff expected compose.yaml || fail 'not that set'
fix --select "$hardening" compose.yaml
says 'Nothing to fix'

# A limit stands where Compose takes it, whichever file has the section.
cat >compose.yaml <<'C'
services:
  a:
    image: registry.example.com/app:1
    deploy:
      resources:
        limits:
          cpus: "0.5"
  b:
    image: registry.example.com/app:1
  c: {image: registry.example.com/app:1, deploy: {resources: {limits: {cpus: "0.5"}}}}
C
cat >compose.override.yaml <<'C'
services:
  b:
    deploy:
      resources:
        limits:
          pids: 50
C
fix --select missing-memory-limit,missing-cpu-limit .
cat >expected <<'C'
services:
  a:
    image: registry.example.com/app:1
    deploy:
      resources:
        limits:
          cpus: "0.5"
          memory: 512M
  b:
    image: registry.example.com/app:1
    deploy:
      resources:
        limits:
          memory: 512M
          cpus: 1
  c: {image: registry.example.com/app:1, deploy: {resources: {limits: {cpus: "0.5", memory: 512M}}}}
C
diff expected compose.yaml || fail 'not among the limits of deploy'
rm compose.override.yaml

# A base that another service extends, with the section there: it would be refused.
cat >compose.yaml <<'C'
services:
  base:
    image: registry.example.com/app:1
  web:
    extends: base
    deploy:
      resources:
        limits:
          cpus: "0.5"
C
cp compose.yaml before
fix --select missing-cpu-limit .
says 'dropped +line 2 +missing-cpu-limit: '
says 'Compose would refuse the project'
if ! cmp compose.yaml before; then fail 'a limit that web would be refused with'; fi

# What an alias stands for is shared: nobody asked for it elsewhere. A merge key hides nothing that it brings.
cat >compose.yaml <<'C'
x-all: &all
  security_opt: [seccomp:./all.json]
services:
  a: &a
    image: nginx:1.28
  b:
    <<: *a
    command: nginx
  c:
    <<: *all
    image: registry.example.com/app:1
  d:
    image: registry.example.com/app:1
    security_opt: &options
      - seccomp:./d.json
  e:
    image: registry.example.com/app:1
    security_opt: *options
C
cp compose.yaml before
fix --select missing-no-new-privileges .
[ "$(diff before compose.yaml | grep -c '^>')" = 1 ] || fail 'more than b was changed'
grep -A1 'command: nginx' compose.yaml | grep -q 'no-new-privileges' || fail 'b has its own mapping'

# A list that an override appends to is appended to as well; line ends and a missing last one are kept.
printf 'services:\r\n  db:\r\n    image: redis:7.4\r\n    cap_drop:\r\n      - NET_RAW' >compose.yaml
printf 'services:\n  db:\n    cap_drop: [MKNOD]\n' >compose.override.yaml
fix --select missing-capability-drop .
printf 'services:\r\n  db:\r\n    image: redis:7.4\r\n    cap_drop:\r\n      - NET_RAW\r\n      - ALL\r\n    user: "999:999"' >expected
cmp expected compose.yaml || fail 'not the same line ends'
rm compose.override.yaml

# Nothing that would break: data of the host's, a program of one's own, what wants more rights.
cat >compose.yaml <<'C'
services:
  db:
    image: redis:7.4
    volumes: [./data:/data]
  own:
    image: postgres:17
    entrypoint: /run.sh
  vault:
    image: hashicorp/vault:1.20
  moved:
    image: postgres:17
    environment:
      PGDATA: /srv/data
C
cp compose.yaml before
fix --select unstated-user,missing-capability-drop,writable-root-filesystem,missing-no-new-privileges .
grep -q 'user:' compose.yaml && fail 'a user that cannot write its data'
grep -q 'cap_drop' compose.yaml && fail 'capabilities of an unknown program'
[ "$(grep -c 'no-new-privileges' compose.yaml)" = 3 ] || fail 'not of all but vault'
[ "$(grep -c 'read_only' compose.yaml)" = 1 ] || fail 'not of redis alone'
