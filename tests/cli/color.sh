#!/usr/bin/env bash
# Colours are for terminals; --color, NO_COLOR and CLICOLOR_FORCE say otherwise. JSON never has any.
. "$(dirname "$0")/_lib.sh"
printf 'FROM alpine\n' >Dockerfile
select=(--select untagged-image --fail-on info)
coloured() { grep -q "$(printf '\033')" "$out"; }

run 1 check "${select[@]}"
! coloured || fail 'colours without a terminal'
run 1 check "${select[@]}" --color always
coloured || fail '--color always'
CLICOLOR_FORCE=1 run 1 check "${select[@]}"
coloured || fail 'CLICOLOR_FORCE=1'
CLICOLOR_FORCE=1 run 1 check "${select[@]}" --color never
! coloured || fail '--color never'
NO_COLOR=1 run 1 check "${select[@]}"
! coloured || fail 'NO_COLOR=1'
run 1 check "${select[@]}" --color always --format json --output text=plain.txt
! coloured || fail 'colours in JSON'
! grep -q "$(printf '\033')" plain.txt || fail 'colours in a file'
run 2 check --color nonsense

# On a terminal, where one can be had.
script -qec true /dev/null </dev/null >/dev/null 2>&1 || exit 0
unset NO_COLOR
TERM=xterm script -qec "$plimsoll check --select untagged-image" /dev/null >"$out" </dev/null || true
coloured || fail 'no colours on a terminal'
NO_COLOR=1 TERM=xterm script -qec "$plimsoll check --select untagged-image" /dev/null >"$out" </dev/null || true
! coloured || fail 'NO_COLOR on a terminal'
