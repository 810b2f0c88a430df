#!/usr/bin/env bash
# Which files make up a project where none is named: names, overrides, folders above, COMPOSE_FILE.
. "$(dirname "$0")/_lib.sh"
image() { printf 'services: {%s: {image: %s}}\n' "$1" "$2"; }
mkdir -p app/sub other
image web one >app/docker-compose.yaml
run 0 show compose app
holds 'r["name"] == "app" and r["services"]["web"]["image"] == "one"'
# The earlier name wins, and any override goes with it.
image web two >app/compose.yml
image web three >app/docker-compose.override.yml
run 0 show compose app
holds 'r["services"]["web"]["image"] == "three"'
complains 'compose\.yml'
# A file that is named stands alone.
run 0 show compose -f app/compose.yml
holds 'r["services"]["web"]["image"] == "two"'
# From below, the project above is found.
run 0 show compose app/sub
holds 'r["name"] == "app"'
# Order of -f is the order of merging; paths start from the first file's folder.
printf 'services: {web: {image: four, volumes: ["./d:/d"]}}\n' >other/more.yaml
run 0 show compose -f app/compose.yml -f other/more.yaml
holds "r['services']['web'] | {'volumes': 0} == r['services']['web'] | {'volumes': 0, 'image': 'four'}"
holds "r['services']['web']['volumes'][0]['source'] == '$PWD/app/d'"
run 0 show compose -f app/compose.yml -f other/more.yaml --project-directory other
holds "r['name'] == 'other' and r['services']['web']['volumes'][0]['source'] == '$PWD/other/d'"
# COMPOSE_FILE, from the environment and from .env; its separator.
cd app
run 0 show compose --env COMPOSE_FILE=docker-compose.yaml
holds 'r["services"]["web"]["image"] == "one"'
printf 'COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=docker-compose.yaml,../other/more.yaml\nCOMPOSE_PROJECT_NAME=named\n' >.env
run 0 show compose
holds 'r["name"] == "named" and r["services"]["web"]["image"] == "four"'
