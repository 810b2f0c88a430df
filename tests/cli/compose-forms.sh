#!/usr/bin/env bash
# Short forms become long ones, and what Compose does not accept is refused at its place.
. "$(dirname "$0")/_lib.sh"
cat >compose.yaml <<'D'
name: p
services:
  web:
    build: .
    ports: ["8000-8001:80-81", "127.0.0.1::53/UDP", 90, "[::1]:7:7", {target: 9, mode: host}]
    volumes: ["/x", "./a:/a:ro,z", "data:/b", "~/h:/h", {type: tmpfs, target: /t, tmpfs: {size: 1k}}]
    secrets: [key]
    configs: [conf]
    devices: ["/dev/sda:r"]
    gpus: all
    ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}
    command: run "a b" 'c'
    healthcheck: {test: curl localhost, interval: 1d, timeout: 90s}
    network_mode: "service:db"
    expose: [1, "2-3"]
    mem_limit: 512k
    restart: unless-stopped
  db: {image: db, networks: [back], links: [log]}
  log: {image: log, networks: {back: {aliases: [l]}}}
networks: {back: {external: true}, unused: }
volumes: {data: {external: {name: real}}}
secrets: {key: {file: ./key.txt}}
configs: {conf: {content: "x"}}
D
run 0 show compose --no-path-resolution --env HOME=/home/u
web='r["services"]["web"]'
holds "[(p.get('host_ip'), p.get('published'), p['target'], p['protocol']) for p in ${web}['ports'][:5]] == [
  (None, '8000', 80, 'tcp'), (None, '8001', 81, 'tcp'), ('127.0.0.1', None, 53, 'udp'), (None, None, 90, 'tcp'),
  ('::1', '7', 7, 'tcp')]"
holds "${web}['ports'][5]['mode'] == 'host'"
holds "[v['type'] for v in ${web}['volumes']] == ['volume', 'bind', 'volume', 'bind', 'tmpfs']"
holds "${web}['volumes'][1] == {'type': 'bind', 'source': './a', 'target': '/a', 'read_only': True, 'bind': {'selinux': 'z'}}"
holds "${web}['volumes'][4]['tmpfs']['size'] == '1024'"
holds "${web}['secrets'] == [{'source': 'key', 'target': '/run/secrets/key'}] and ${web}['configs'] == [{'source': 'conf'}]"
holds "${web}['devices'] == [{'source': '/dev/sda', 'target': 'r', 'permissions': 'rwm'}]"
holds "${web}['gpus'] == [{'count': -1}] and ${web}['ulimits']['nproc'] == {'soft': 1, 'hard': 2}"
holds "${web}['command'] == ['run', 'a b', 'c'] and ${web}['mem_limit'] == '524288' and ${web}['build'] == {
  'context': '.', 'dockerfile': 'Dockerfile'}"
holds "${web}['healthcheck'] == {'test': ['CMD-SHELL', 'curl localhost'], 'interval': '24h0m0s', 'timeout': '1m30s'}"
holds "${web}['depends_on'] == {'db': {'condition': 'service_started', 'restart': True, 'required': True}}"
holds "r['services']['db']['depends_on'] == {'log': {'condition': 'service_started', 'restart': True, 'required': True}}"
holds "r['networks']['back'] == {'name': 'back', 'ipam': {}, 'external': True} and 'default' not in r['networks']"
holds "r['volumes'] == {'data': {'name': 'real', 'external': True}}"
# Each is refused, by one line that points at it.
refused() {
  printf '%b' "$1" >refused.yaml
  run 1 show compose refused.yaml
  complains "^refused\.yaml:$2:[0-9]+: "
}
refused 'services:\n  a:\n    image: x\n    bogus: 1\n' 4
refused 'services:\n  a: {image: x}\nweb: {image: y}\n' 3
refused 'services:\n  a:\n    image: x\n    cap_drop: ALL\n' 4
refused 'services:\n  a:\n    image: x\n    ports: ["80:x"]\n' 4
refused 'services:\n  a:\n    image: x\n    volumes:\n      - "gone:/x"\n' 5
refused 'services:\n  a: {image: x}\n  b:\n    command: x\n' '[34]'
refused 'services:\n  a:\n    image: x\n    network_mode: host\n    networks: [n]\nnetworks: {n: }\n' '[45]'
refused 'services:\n  a:\n    image: x\n    mem_limit: 1g\n    deploy: {resources: {limits: {cpus: "1"}}}\n' '[45]'
refused 'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [a]}\n' '[23]'
refused 'services:\n  a:\n    image: x\n    privileged: perhaps\n' 4
