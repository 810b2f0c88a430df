#!/usr/bin/env bash
# plimsoll.toml is found upward and honoured; a broken one is an error with its line, and the files are judged all the same.
. "$(dirname "$0")/_lib.sh"
mkdir -p project/api
printf 'FROM alpine\nUSER root\n' >project/api/Dockerfile

printf 'ignore = ["untagged-image"]\nfail-on = "never"\n' >project/plimsoll.toml
cd project/api
check 0
holds '"untagged-image" not in rules and "root-user" in rules'
cd ../..
check 0 project/api/Dockerfile
holds '"untagged-image" not in rules and "root-user" in rules'

printf '[severity]\nroot-user = "info"\n' >project/plimsoll.toml
check 0 --select root-user project
holds '[f["severity"] for f in r["findings"]] == ["info"]'

printf 'exclude = ["api"]\n' >project/plimsoll.toml
check 0 project
holds 'r["summary"]["files"] == 0'

for broken in 'preset = "recommended"\nignore = [\n' 'ignore = "root-user\n' 'no-such-key = 1\n' 'preset = "nonsense"\n'; do
  printf '%b' "$broken" >project/plimsoll.toml
  check 2 project
  holds '"root-user" in rules and len(errors) == 1 and errors[0].endswith("plimsoll.toml")'
  holds 'r["errors"][0]["line"] >= 1 and r["errors"][0]["message"]'
done

# --config names the file; one that is missing is an error.
printf 'select = ["root-user"]\n' >other.toml
check 1 --fail-on info --config other.toml project
holds 'rules == ["root-user"]'
check 2 --config missing.toml project
holds 'len(errors) == 1 and "root-user" in rules'

# A broken one is told with its place, once.
printf 'no-such-key = 1\n' >project/plimsoll.toml
run 2 check --format concise project
says '^[^ ]*project/plimsoll.toml:1: error: unknown key'
