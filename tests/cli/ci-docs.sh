#!/usr/bin/env bash
# The commands of docs/ci.md are ones that the program knows, and write the reports that they name. The hooks for pre-commit take
# the files that a search of the folder finds.
. "$(dirname "$0")/_lib.sh"
root=$PLIMSOLL_ROOT
docs=$root/docs/ci.md hooks=$root/.pre-commit-hooks.yaml
mkdir "$temporary/bin" && ln -s "$plimsoll" "$temporary/bin/plimsoll"
export PATH=$temporary/bin:$PATH

# doc_command WORDS: the command of the docs that has these words, without YAML and folder before it.
doc_command() {
  local line
  line=$(grep -E 'plimsoll check ' "$docs" | grep -vF '`' | grep -F -- "$1") || fail "docs/ci.md has no command with $1"
  sed -E 's/^ *(- |run: )?//; s|^plimsoll_[^ ]*/bin/||' <<<"$line"
}

# follow STATUS WORDS: runs that command.
follow() {
  local status=0
  bash -c "$(doc_command "$2")" >"$out" 2>"$err" || status=$?
  [ "$status" = "$1" ] || fail "exit status $status, expected $1: $(doc_command "$2")"
}

printf 'FROM alpine\nUSER root\n' >Dockerfile
follow 1 'json=plimsoll.json'
python3 -m json.tool plimsoll.json >/dev/null || fail 'no JSON'
follow 0 '> .plimsoll-accepted.json'
follow 0 '--baseline .plimsoll-accepted.json'

# Both hooks give their files to this command.
grep -qF 'entry: plimsoll check --quiet' "$hooks" || fail 'the hook runs something else'
run 1 check --quiet --fail-on medium Dockerfile
mkdir names && cd names
for name in Dockerfile dockerfile Dockerfile.prod dockerfile.dev api.Dockerfile web.dockerfile Containerfile Containerfile.dev \
  app.Containerfile README.md Dockerfile.dockerignore notes.txt Dockerfiles docker-compose.yml; do
  printf 'FROM alpine\nUSER root\n' >"$name"
done
check 1 --select root-user .
python3 - "$hooks" "$out" <<'P' || fail 'the hooks take other files than a search finds'
import json, os, re, sys
hooks = open(sys.argv[1]).read()
files, exclude = (re.search(rf"{key}: &\w+ (.*)", hooks)[1] for key in ("files", "exclude"))
taken = {name for name in os.listdir(".") if re.search(files, name) and not re.search(exclude, name)}
found = {os.path.basename(finding["file"]) for finding in json.load(open(sys.argv[2]))["findings"]}
print("hooks:", sorted(taken), "\nfound:", sorted(found))
sys.exit(taken != found)
P

cd ..
for format in github gitlab; do
  status=0
  "$plimsoll" check --format "$format" --fail-on never >"$out" 2>"$err" || status=$?
  [ "$status" = 0 ] || { echo "skipped: the program has no --format $format"; exit 77; }
done
follow 1 '--format github'
says '^::'
python3 -m json.tool plimsoll.sarif >/dev/null || fail 'no SARIF'
follow 1 'gitlab='
python3 -m json.tool gl-code-quality-report.json >/dev/null || fail 'no GitLab report'
