#!/usr/bin/env bash
# show compose prints what Compose would run; what Compose refuses is told with places, and exits with 1.
. "$(dirname "$0")/_lib.sh"
mkdir app && cd app
cat >compose.yaml <<'D'
services:
  web:
    image: web:${TAG:-1}
    ports: ["8080:80"]
    environment: {HOME: }
D
run 0 show compose
holds 'r["name"] == "app" and r["services"]["web"]["image"] == "web:1"'
holds 'r["services"]["web"]["ports"] == [{"mode": "ingress", "target": 80, "published": "8080", "protocol": "tcp"}]'
holds 'r["services"]["web"]["environment"] == {"HOME": None}'
holds 'r["networks"] == {"default": {"name": "app_default", "ipam": {}}}'
cd ..
# Variables are those that were given; a name alone has the value of the process.
run 0 show compose -p q --env TAG=2 --env HOME app
holds 'r["name"] == "q" and r["services"]["web"]["image"] == "web:2"'
holds "r['services']['web']['environment'] == {'HOME': '$HOME'}"
run 0 show compose -f app/compose.yaml
holds 'r["name"] == "app"'
run 0 show compose -p stdin - <app/compose.yaml
holds 'r["name"] == "stdin"'
# Paths are absolute unless they shall stay.
printf 'services:\n  a: {image: a, volumes: ["./x:/x"]}\n' >paths.yaml
run 0 show compose paths.yaml
holds "r['services']['a']['volumes'][0]['source'] == '$PWD/x'"
run 0 show compose --no-path-resolution paths.yaml
holds 'r["services"]["a"]["volumes"][0]["source"] == "./x"'
# What is refused has its place.
printf 'services:\n  web:\n    image: a\n    networks: [gone]\n' >refused.yaml
run 1 show compose refused.yaml
complains '^refused\.yaml:4:1[0-9]: .*gone'
[ ! -s "$out" ] || fail 'a refused project is printed'
printf 'services:\n  web:\n    image: "a\n' >broken.yaml
run 1 show compose broken.yaml
complains '^broken\.yaml:[34]:[0-9]+: '
mkdir empty
run 2 show compose --bad
