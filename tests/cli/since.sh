#!/usr/bin/env bash
# --since tells only what stands on lines that were changed since a revision.
. "$(dirname "$0")/_lib.sh"
command -v git >/dev/null || { echo "skipped: there is no git"; exit 77; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git() { command git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main "$@"; }
lines() { holds "[(f['file'], f['line']) for f in r['findings']] == [$1]"; }
judge() { check "$1" --select sudo-in-run --fail-on info --since "${@:2}"; }

git init -q
printf 'FROM a:1\nRUN sudo one\nRUN sudo two\n' >Dockerfile
git add Dockerfile && git commit -qm one
judge 0 HEAD
lines ''

# Changed in the work tree, in the index, in a commit; a file that git does not know.
printf 'FROM a:1\nRUN sudo one\nRUN sudo 2\n' >Dockerfile
judge 1 HEAD
lines "('Dockerfile', 3)"
mkdir 'new folder' && printf 'FROM a:1\nRUN sudo one\n' >'new folder/Dockerfile'
judge 1 HEAD
lines "('Dockerfile', 3), ('new folder/Dockerfile', 2)"
git add . && judge 1 HEAD
lines "('Dockerfile', 3), ('new folder/Dockerfile', 2)"
git commit -qm two && judge 0 HEAD
judge 1 HEAD~1
lines "('Dockerfile', 3), ('new folder/Dockerfile', 2)"

# From a folder below, and of one path only.
cd 'new folder'
judge 1 HEAD~1 ../Dockerfile
lines "('../Dockerfile', 3)"
cd ..

# What another branch has changed meanwhile is not ours.
git checkout -qb other HEAD~1
printf 'FROM a:1\nRUN sudo 1\nRUN sudo two\n' >Dockerfile
git commit -qam three && git checkout -q main
judge 1 other Dockerfile
lines "('Dockerfile', 3)"

# Neither the repository's settings nor the environment make git run something or answer otherwise.
git config diff.external false && git config diff.noprefix true && git config color.ui always
GIT_DIR=/nowhere GIT_EXTERNAL_DIFF=false judge 1 HEAD~1 Dockerfile
lines "('Dockerfile', 3)"

# What can't be compared is an error, not silence.
run 2 check --since nowhere
complains "no revision 'nowhere'"
run 2 check --since=--output=made
complains "'--output=made' is no revision"
[ ! -e made ] || fail "git took the revision for an option"
git checkout -q --orphan alone && git commit -qm four
run 2 check --since other
complains 'no common commit'
run 2 check --since HEAD - <Dockerfile
complains 'standard input'
PATH=/nowhere run 2 check --since HEAD
complains 'needs git'
mkdir "$temporary/outside" && cp Dockerfile "$temporary/outside"
run 2 check --since HEAD "$temporary/outside"
complains 'outside/Dockerfile is in no git repository'
