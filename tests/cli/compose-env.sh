#!/usr/bin/env bash
# Variables of a Compose project: precedence, the grammar of .env files, operators, types, env_file, the project's name.
# shellcheck disable=SC2016  # `$` and backquotes are not meant for this shell
. "$(dirname "$0")/_lib.sh"
mkdir app && cd app
cat >.env <<'D'
# note
A=from .env  # note
export B='literal $A'
C="line\n$A \$A"
D: colon
E=$A-${E2:-none}
COMPOSE_PROFILES=extra
D
printf 'A=from other\nF=$A\n' >other.env
printf 'A=last\n' >last.env
cat >compose.yaml <<'D'
name: proj-${D}
services:
  web:
    image: x
    labels: ["a=$A", "b=${B}", "c=$C", "e=$E", "f=${F-unset}", "g=${G:+set}", "h=${A:+set}", "i=$$A", "j=${A:-${Z}}"]
    privileged: ${YES:-true}
    cpus: ${CPUS:-1.5}
    mem_limit: ${MEM:-1g}
    env_file: [web.env, {path: missing.env, required: false}]
    environment: {OWN: $A, FILE: over}
  more: {image: y, profiles: [extra]}
  never: {image: y, profiles: [other]}
D
printf 'FILE=file\nTWO=$A\nONLY=file\n' >web.env
run 0 show compose
holds 'r["name"] == "proj-colon"'
holds 'r["services"]["web"]["labels"] == {"a": "from .env", "b": "literal $A", "c": "line\nfrom .env $A",
  "e": "from .env-none", "f": "unset", "g": "", "h": "set", "i": "$A", "j": "from .env"}'
holds 'r["services"]["web"]["privileged"] is True and r["services"]["web"]["cpus"] == 1.5'
holds 'r["services"]["web"]["mem_limit"] == "1073741824"'
holds 'r["services"]["web"]["environment"] == {"OWN": "from .env", "FILE": "over", "TWO": "from .env", "ONLY": "file"}'
holds 'sorted(r["services"]) == ["more", "web"]'
# Env files in the place of .env, later ones first; what is given on the command line before all of them.
run 0 show compose --env-file other.env --env-file last.env --env D=d
holds 'r["services"]["web"]["labels"]["a"] == "last" and r["services"]["web"]["labels"]["f"] == "from other"'
run 0 show compose --env A=given --profile other
holds 'r["services"]["web"]["labels"]["a"] == "given" and sorted(r["services"]) == ["never", "web"]'
# Refused: a variable that must be set, and what is no reference.
printf 'services: {a: {image: "${TAG:?set it}"}}\n' >required.yaml
run 1 show compose required.yaml
complains 'TAG.*set it'
printf 'services: {a: {image: "${TAG"}}\n' >format.yaml
run 1 show compose format.yaml
complains 'interpolation'
printf 'A="open\n' >broken.env
run 1 show compose --env-file broken.env
complains 'broken\.env'
printf 'services: {a: {image: x, env_file: gone.env}}\n' >gone.yaml
run 1 show compose gone.yaml
complains 'gone\.env'
