#!/usr/bin/env bash
# Completions know the commands, their options and what these can be given. bash is asked itself; zsh and fish where they are.
. "$(dirname "$0")/_lib.sh"
run 2 completions tcsh
for shell in bash zsh fish; do "$plimsoll" completions "$shell" >"$shell.script"; done

cat >ask.bash <<'S'
source bash.script
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_plimsoll
printf '%s\n' "${COMPREPLY[@]}"
S
# completes WORDS... EXPECTED: what bash offers for the last of the words, joined by blanks.
completes() {
  local expected=${*: -1} words=("${@:1:$#-1}") answer
  answer=$(bash --norc ask.bash plimsoll "${words[@]}" 2>&1 | paste -sd ' ')
  [ "$answer" = "$expected" ] || fail "plimsoll ${words[*]}: '$answer', expected '$expected'"
}
completes '' 'check fix explain rules show hadolint completions'
completes che check
completes fix --dif --diff
completes check --show-s --show-suppressed
completes check --format ju junit
completes check --format = j 'json junit'
completes check --output sar sarif=
completes check --preset a all
completes check --select root-us root-user
completes check --select root-user,unsta root-user,unstated-user
completes check --fail-on n never
completes check --target x ''
completes check x ''
completes show t tree
completes show tree --h --help
completes hadolint --format c 'checkstyle codeclimate codacy'
completes hadolint --ignore DL3006 DL3006
completes explain root-us root-user
completes completions '' 'bash fish zsh'

# Each rule and format is there: nothing is kept by hand.
"$plimsoll" rules | while read -r name _; do
  for shell in bash zsh fish; do grep -q -- "$name" "$shell.script" || fail "$name is not in $shell's"; done
done
if command -v zsh >/dev/null; then
  zsh -n zsh.script || fail 'zsh cannot read it'
fi
if command -v fish >/dev/null; then
  fish --no-execute fish.script || fail 'fish cannot read it'
  answer=$(fish --no-config -c "source fish.script; complete -C 'plimsoll check --format ju'" | cut -f1)
  [ "$answer" = junit ] || fail "fish: $answer"
  answer=$(fish --no-config -c "source fish.script; complete -C 'plimsoll sho'" | cut -f1)
  [ "$answer" = show ] || fail "fish: $answer"
fi
