#!/usr/bin/env bash
# Services that extend others, projects that include others: whose paths, whose variables, what is refused.
# shellcheck disable=SC2016  # `$` and backquotes are not meant for this shell
. "$(dirname "$0")/_lib.sh"
mkdir -p lib sub
cat >compose.yaml <<'D'
name: p
include:
  - sub/compose.yaml
  - {path: [sub/two.yaml, sub/over.yaml], env_file: sub/two.env}
services:
  web:
    extends: {file: lib/base.yaml, service: base}
    ports: ["81:81"]
    environment: {OWN: "1"}
  api: {extends: web, privileged: false, image: api}
D
cat >lib/base.yaml <<'D'
services:
  base:
    extends: root
    volumes: ["./src:/src"]
    ports: ["80:80"]
    environment: {V: "$V"}
  root: {image: root, privileged: true, build: .}
D
printf 'services: {sub: {image: "sub:$V", volumes: ["./d:/d"]}}\n' >sub/compose.yaml
printf 'V=inside\n' >sub/.env
printf 'services: {two: {image: "two:$T", build: .}}\n' >sub/two.yaml
printf 'services: {two: {command: [x]}}\n' >sub/over.yaml
printf 'T=t\n' >sub/two.env
run 0 show compose
web='r["services"]["web"]' api='r["services"]["api"]'
holds "${web}['image'] == 'root' and ${web}['privileged'] is True and ${web}['build']['context'] == '$PWD/lib'"
holds "${web}['volumes'][0]['source'] == '$PWD/lib/src'"
holds "[p['published'] for p in ${web}['ports']] == ['80', '81'] and ${web}['environment'] == {'OWN': '1', 'V': ''}"
holds "${api}['image'] == 'api' and $api.get('privileged', False) is False and len(${api}['ports']) == 2"
holds "r['services']['sub']['image'] == 'sub:inside' and r['services']['sub']['volumes'][0]['source'] == '$PWD/sub/d'"
holds "r['services']['two']['image'] == 'two:t' and r['services']['two']['command'] == ['x']"
# What the environment sets, it sets everywhere.
run 0 show compose --env V=given
holds "r['services']['sub']['image'] == 'sub:given' and ${web}['environment']['V'] == 'given'"
# Refused: cycles, what is not there, a dependency that no profile enables.
printf 'services: {a: {extends: b}, b: {extends: a}}\n' >cycle.yaml
run 1 show compose cycle.yaml
complains '^cycle\.yaml:1:'
printf 'include: [again.yaml]\n' >again.yaml
run 1 show compose again.yaml
complains '^again\.yaml:1:'
printf 'services: {a: {extends: {file: gone.yaml, service: b}}}\n' >gone.yaml.yaml
run 1 show compose gone.yaml.yaml
complains 'gone\.yaml'
printf 'services: {a: {image: x, depends_on: [b]}, b: {image: y, profiles: [p]}}\n' >profile.yaml
run 1 show compose profile.yaml
complains '^profile\.yaml:1:'
run 0 show compose --profile p profile.yaml
