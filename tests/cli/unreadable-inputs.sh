#!/usr/bin/env bash
# What cannot be read as text is one entry of `errors` each, exit status 2, and the others are judged all the same.
. "$(dirname "$0")/_lib.sh"
mkdir -p good dangling loop/inner nul huge
printf 'FROM alpine\n' >good/Dockerfile
ln -s /nowhere/at/all dangling/Dockerfile
ln -s .. loop/inner/up
printf 'FROM alpine\nRUN echo \0\n' >nul/Dockerfile
truncate -s 50M huge/Dockerfile
mkfifo pipe.Dockerfile

for bad in missing/Dockerfile dangling/Dockerfile loop nul/Dockerfile huge/Dockerfile pipe.Dockerfile; do
  check 2 --select untagged-image --fail-on info good "$bad"
  holds "files == ['good/Dockerfile'] and r['summary']['files'] == 1"
  holds "len(errors) == 1 and errors[0].startswith('$bad') and r['errors'][0]['message']"
done

# All of them found by one search.
check 2 --select untagged-image --fail-on info .
holds 'files == ["good/Dockerfile"] and len(errors) == 4 and errors == sorted(errors)'

# Text for people tells them too.
run 2 check nul
grep -q 'nul/Dockerfile' "$out" "$err" || fail 'the error is not told'

# A folder that has the name of a Dockerfile is a folder.
mkdir -p folder/Dockerfile && cp good/Dockerfile folder/Dockerfile/Dockerfile
check 1 --select untagged-image --fail-on info folder
holds 'files == ["folder/Dockerfile/Dockerfile"] and not errors'
