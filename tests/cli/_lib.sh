# Sourced by each test: an empty folder to work in, a way to run the program, and ways to say what must hold.
# shellcheck shell=bash
set -euo pipefail
tests_folder=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
plimsoll=$(realpath "${PLIMSOLL:-$tests_folder/../../build/dev/plimsoll}")
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

# holds EXPRESSION: a Python expression over the last output as JSON; _holds.py says which names it may use. One process
# answers all questions of a test: starting it takes longer than most of what is asked.
holds() {
  local answer
  if [ -z "${ask_holds:-}" ]; then
    coproc HOLDS { exec python3 "$tests_folder/_holds.py" "$out"; }
    exec {ask_holds}>&"${HOLDS[1]}" {holds_answers}<&"${HOLDS[0]}"
    disown
  fi
  printf '%s\0' "$1" >&"$ask_holds"
  read -r answer <&"$holds_answers" || answer='no answer'
  [ "$answer" = yes ] || fail "not so ($answer): $1"
}

says() { grep -qE -- "$1" "$out" || fail "standard output does not say: $1"; }
complains() { grep -qE -- "$1" "$err" || fail "standard error does not say: $1"; }
