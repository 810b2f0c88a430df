#!/usr/bin/env bash
# The shop of examples/ shows many kinds of mistakes in each of its four Dockerfiles, and prints none of its secrets.
# shellcheck disable=SC2016  # `$` and backquotes are not meant for this shell
shop=$(realpath "$(dirname "$0")/../../examples/shop")
. "$(dirname "$0")/_lib.sh"
cp -r "$shop" shop
check 1 shop
holds 'len(rules) >= 20 and len(set(rules)) >= 12 and not errors'
holds '{f"shop/{service}/Dockerfile" for service in ("api", "proxy", "web", "worker")} | {"shop/compose.yaml"} <= set(files)'
holds '{"root-user", "untagged-image", "latest-image", "secret-in-env", "image-past-end-of-life"} <= set(rules)'
for format in text concise json sarif; do
  run 1 check --preset all --format "$format" shop
  ! grep -E 'wJalrXUtnFEMI|keyboard-cat' "$out" || fail "a secret's value in $format"
done

# What the README shows of it is what is printed.
root=$(realpath "$(dirname "$shop")/..")
(cd "$root" && "$plimsoll" check --today 2026-11-24 examples/shop >"$out" 2>"$err") || true
shown=0
while IFS= read -r line; do
  [ "$line" != … ] || continue
  grep -qxF -- "$line" "$out" || fail "the README shows another line: $line"
  shown=$((shown + 1))
done < <(sed -n '/^The first one prints/,/^## /p' "$root/README.md" | sed -n '/^```$/,/^```$/p' | sed '/^```$/d')
[ "$shown" -ge 20 ] || fail "the README shows $shown lines"
