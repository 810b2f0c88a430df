#!/usr/bin/env bash
# Each row of the README's table of recipes: the bad folder has what the row says, the good one does not, nor anything else that
# counts but what a recipe leaves out to stay short.
# shellcheck disable=SC2016  # `$` and backquotes are not meant for this shell
root=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/_lib.sh"
rows=0
while IFS='|' read -r _ _ folders rules _; do
  [[ $folders =~ \(examples/recipes/([a-z-]+)/bad\).*\(examples/recipes/([a-z-]+)/good\) ]] || fail "a row without folders: $folders"
  [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ] || fail "two recipes in one row: $folders"
  recipe=${BASH_REMATCH[1]}
  names=$(grep -oE '`[a-z-]+`' <<<"$rules" | tr -d '`' | paste -sd,)
  [ -n "$names" ] || fail "$recipe names no rule"
  for kind in bad good; do
    cp -r "$root/examples/recipes/$recipe/$kind" "$recipe-$kind"
    run 0 check --today 2026-11-24 --format json --fail-on never --select "$names" "$recipe-$kind"
    if [ $kind = bad ]; then
      for name in ${names//,/ }; do
        holds "'$name' in rules" || fail "$recipe/bad has no $name"
      done
    else
      holds 'rules == []' || fail "$recipe/good"
    fi
  done
  rows=$((rows + 1))
done < <(grep -F '(examples/recipes/' "$root/README.md")
[ "$rows" -ge 15 ] || fail "only $rows rows"
[ "$rows" = "$(find "$root/examples/recipes" -mindepth 1 -maxdepth 1 -type d | wc -l)" ] || fail 'a recipe without a row'
