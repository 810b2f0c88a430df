#!/usr/bin/env bash
# No secret of a Compose file, of the files of variables that it reads, or of a run line is shown by any format.
. "$(dirname "$0")/_lib.sh"
cat >compose.yaml <<'Y'
x-shared: &shared
  SHARED_TOKEN: topsecret-anchor
services:
  db:
    image: postgres:17
    environment:
      <<: *shared
      POSTGRES_PASSWORD: topsecret-map
      QUOTED_PASSWORD: "topsecret-\"quoted\""
      BLOCK_PASSWORD: |
        topsecret-block
      NUMBER_PASSWORD: 7355608735
      DEFAULT_PASSWORD: ${NOT_SET:-topsecret-default}
      NESTED_PASSWORD: ${NOT_SET:-${NEITHER:-topsecret-nested}}
      FROM_FILE_PASSWORD: ${OUTSIDE}
      DATABASE_URL: postgres://app:topsecret-url@db/app
      PARTS_URL: postgres://app:${PART}@db/app
    command: ["postgres", "--password", "topsecret-word"]
    healthcheck:
      test: ["CMD-SHELL", "PGPASSWORD=topsecret-health psql -h db"]
    labels:
      homepage.widget.password: topsecret-label
    ports: ["5432:5432"]
  app:
    build:
      context: .
      args:
        NPM_TOKEN: topsecret-argument
      labels:
        - token=topsecret-imagelabel
    env_file: app.env
    environment:
      - API_TOKEN=topsecret-list
      - LIST_PASSWORD=${NOT_SET:-topsecret-listdefault}
      - OUTSIDE_TOKEN
    command: redis-server --requirepass topsecret-line
    post_start:
      - command: ["sh", "-c", "curl -u admin --password topsecret-hook http://app"]
Y
printf 'OUTSIDE=topsecret-dotenv\nPART=topsecret-part\nOUTSIDE_TOKEN=topsecret-named\n' >.env
printf 'FILE_PASSWORD=topsecret-envfile\nexport SECOND_TOKEN="topsecret-envfile2"\n' >app.env
printf 'FROM alpine:3.22\nUSER 10001\nCMD ["true"]\n' >Dockerfile
cat >run.sh <<'S'
#!/bin/sh
docker run -e DB_PASSWORD=topsecret-run --env "OTHER_TOKEN=topsecret-run2" \
  --label api.token=topsecret-run3 -p 6379:6379 --health-cmd 'redis-cli -a topsecret-run4 ping' \
  redis:8 redis-server --requirepass topsecret-run5
docker run -e'GLUED_PASSWORD=topsecret-run6' -e DB_URL=redis://:topsecret-run7@cache redis:8
S
check 1 --preset all .
holds '{"secret-in-env", "secret-in-command", "secret-in-label", "secret-in-build-argument"} <= set(rules)'
holds '{"compose.yaml", "app.env", "run.sh"} <= set(files)'
formats=$("$plimsoll" check --format nonsense 2>&1 | sed 's/.*known are //; s/,//g' || true)
[ "$(wc -w <<<"$formats")" -ge 12 ] || fail "formats: $formats"
for format in $formats; do
  for only in "" "--select port-on-all-interfaces,untagged-image,missing-health-check"; do
    # shellcheck disable=SC2086
    run 1 check --today 2026-11-24 --preset all $only --format "$format" .
    ! grep -aE 'topsecret|7355608735' "$out" "$err" || fail "a secret in $format"
  done
done
run 1 check --run 'docker run -e DB_PASSWORD=topsecret-typed postgres:17'
! grep -a topsecret "$out" "$err" || fail "a secret that was typed"
