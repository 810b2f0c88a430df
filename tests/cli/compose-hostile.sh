#!/usr/bin/env bash
# Whatever a project holds, show compose ends with a clear refusal: bombs, cycles, depth, size, links that lead nowhere.
# shellcheck disable=SC2016  # `$` and backquotes are not meant for this shell
. "$(dirname "$0")/_lib.sh"
refused() {
  run 1 show compose "$1"
  complains "$2"
  [ "$(wc -c <"$err")" -lt 100000 ] || fail "too much is said about $1"
}
{
  echo 'x0: &x0 [a, a, a, a, a, a, a, a, a, a]'
  for i in 1 2 3 4 5 6 7 8 9; do echo "x$i: &x$i [*x$((i - 1)), *x$((i - 1)), *x$((i - 1)), *x$((i - 1)), *x$((i - 1))]"; done
  echo 'services: {a: {image: x, command: *x9}}'
} >bomb.yaml
refused bomb.yaml '^bomb\.yaml:[0-9]+:[0-9]+: '
printf 'services: &s {a: {image: x}, b: *s}\n' >self.yaml
refused self.yaml '^self\.yaml:1:33: '
printf 'services: &s\n  a: {image: x}\n  <<: *s\n' >merge.yaml
refused merge.yaml '^merge\.yaml:3:'
{ printf 'services: '; head -c 100000 /dev/zero | tr '\0' '['; } >deep.yaml
refused deep.yaml '^deep\.yaml:1:'
truncate -s 100M large.yaml
refused large.yaml 'large\.yaml.* larger than'
{
  echo 'services:'
  for ((i = 0; i < 2000; ++i)); do echo "  s$i: {extends: s$((i + 1))}"; done
  echo '  s2000: {image: x}'
} >chain.yaml
refused chain.yaml '^chain\.yaml:'
printf 'include: [b.yaml]\n' >a.yaml
printf 'include: [c.yaml]\n' >b.yaml
printf 'include: [a.yaml]\n' >c.yaml
refused a.yaml '^c\.yaml:1:'
ln -s loop.yaml loop.yaml
printf 'include: [loop.yaml]\n' >link.yaml
refused link.yaml 'loop\.yaml'
mkdir folder.yaml
printf 'services: {a: {image: x, extends: {file: folder.yaml, service: a}}}\n' >folder
refused folder 'folder\.yaml'
{ printf 'services: {a: {image: "'; for ((i = 0; i < 2000; ++i)); do printf '${A:-'; done; printf '"}}\n'; } >open.yaml
refused open.yaml '^open\.yaml:1:'
printf 'services: {a: {image: "x\xff"}}\n' >bytes.yaml
refused bytes.yaml '^bytes\.yaml:1:25: .*UTF-8'
printf '\xff\xfes\0e\0' >utf16.yaml
refused utf16.yaml 'UTF-16'
