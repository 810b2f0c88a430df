#!/usr/bin/env bash
# How Compose files come together: documents, anchors, overrides by the rules of each attribute, !reset and !override.
. "$(dirname "$0")/_lib.sh"
cat >base.yaml <<'D'
name: p
x-base: &base {cap_drop: [ALL], labels: {a: "1"}}
services:
  web:
    <<: *base
    image: one
    command: [a, b]
    ports: ["80:80", "81:81"]
    volumes: ["./a:/data", "cache:/cache"]
    environment: [A=1, B=2]
    cap_add: [NET_ADMIN]
    dns: 1.1.1.1
    logging: {driver: json-file, options: {max-size: 1m}}
    depends_on: [db]
    privileged: true
  own: {<<: *base, image: o, labels: {b: "2"}}
  db: {image: db}
volumes: {cache: }
D
cat >over.yaml <<'D'
services:
  web:
    image: two
    command: c
    ports: ["127.0.0.1:80:80", "81:81"]
    volumes: ["other:/data"]
    environment: {B: "3", C: "4"}
    cap_add: [NET_ADMIN, CHOWN]
    dns: [8.8.8.8]
    logging: {driver: syslog, options: {tag: x}}
    depends_on: {db: {condition: service_healthy}}
    privileged: false
---
services: {web: {hostname: second, command: null}}
volumes: {other: }
D
run 0 show compose --no-path-resolution -f base.yaml -f over.yaml
web='r["services"]["web"]'
holds "${web}['image'] == 'two' and ${web}['command'] is None and ${web}['hostname'] == 'second'"
holds "[(p.get('host_ip'), p['published']) for p in ${web}['ports']] == [(None, '80'), (None, '81'), ('127.0.0.1', '80')]"
holds "sorted((v['target'], v['source']) for v in ${web}['volumes']) == [('/cache', 'cache'), ('/data', 'other')]"
holds "${web}['environment'] == {'A': '1', 'B': '3', 'C': '4'}"
holds "${web}['cap_add'] == ['NET_ADMIN', 'CHOWN'] and ${web}['cap_drop'] == ['ALL']"
holds "${web}['dns'] == ['1.1.1.1', '8.8.8.8'] and $web.get('privileged', False) is False"
holds "${web}['logging'] == {'driver': 'syslog', 'options': {'tag': 'x'}}"
holds "${web}['depends_on'] == {'db': {'condition': 'service_healthy', 'required': True}}"
holds 'r["services"]["own"]["labels"] == {"b": "2"}'  # a merge key takes no part of a mapping
cat >reset.yaml <<'D'
services:
  web: {ports: !override ["82:82"], environment: !reset null, dns: !reset [], labels: {a: !reset null}}
D
run 0 show compose --no-path-resolution -f base.yaml -f reset.yaml
holds "[p['published'] for p in ${web}['ports']] == ['82']"
holds "'environment' not in $web and 'dns' not in $web and 'labels' not in $web"
# Refused: a key that comes twice, types that do not go together, an alias of nothing.
printf 'services:\n  a: {image: x}\n  a: {image: y}\n' >twice.yaml
run 1 show compose twice.yaml
complains '^twice\.yaml:3:'
printf 'services: {web: {image: {a: b}}}\n' >clash.yaml
run 1 show compose -f base.yaml -f clash.yaml
complains 'clash\.yaml:1:'
printf 'services: {web: *gone}\n' >alias.yaml
run 1 show compose alias.yaml
complains '^alias\.yaml:1:17: .*gone'
