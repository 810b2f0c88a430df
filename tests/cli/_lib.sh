# Sourced by each test: an empty folder to work in, a way to run the program, and ways to say what must hold.
# shellcheck shell=bash
set -euo pipefail
plimsoll=$(realpath "${PLIMSOLL:-$(dirname "${BASH_SOURCE[0]}")/../../build/dev/plimsoll}")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
out=$temporary/out err=$temporary/err
mkdir "$temporary/work" && cd "$temporary/work"
unset NO_COLOR CLICOLOR_FORCE
export HOME=$temporary XDG_CONFIG_HOME=$temporary XDG_CACHE_HOME=$temporary/cache LC_ALL=C.UTF-8
export PLIMSOLL_SHELLCHECK=off  # whether it is installed must not change what a test sees

fail() {
  echo "FAILED: $*"
  head -c 2000 "$out" "$err" 2>/dev/null || true
  exit 1
}

# run STATUS ARGUMENT...: runs plimsoll, which must exit with STATUS; its output is in $out and $err.
run() {
  local expected=$1 status=0
  shift
  "$plimsoll" "$@" >"$out" 2>"$err" || status=$?
  [ "$status" = "$expected" ] || fail "exit status $status, expected $expected: plimsoll $*"
}

# check STATUS ARGUMENT...: `plimsoll check --format json`, as of a fixed day.
check() {
  local expected=$1
  shift
  run "$expected" check --format json --today 2026-11-24 "$@"
}

# holds EXPRESSION: a Python expression over the last output as JSON: r is all of it, rules the names of the rules
# that spoke, files the files of its findings, errors the files of its errors.
holds() {
  python3 - "$out" "$1" <<'P' || fail "not so: $1"
import json, sys
r = json.loads(open(sys.argv[1], "rb").read().decode("utf-8"))  # strict: the output must be valid UTF-8
names = {"r": r}
if isinstance(r, dict) and "findings" in r:
    names["rules"] = [f["rule"] for f in r["findings"]]
    names["files"] = [f["file"] for f in r["findings"]]
    names["errors"] = [e["file"] for e in r["errors"]]
sys.exit(not eval(sys.argv[2], names))
P
}

says() { grep -qE -- "$1" "$out" || fail "standard output does not say: $1"; }
complains() { grep -qE -- "$1" "$err" || fail "standard error does not say: $1"; }
