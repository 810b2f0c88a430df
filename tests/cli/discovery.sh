#!/usr/bin/env bash
# Folders are searched for Dockerfiles by name; what .gitignore, version control and vendoring hide is left alone.
. "$(dirname "$0")/_lib.sh"
put() { mkdir -p "$(dirname "$1")" && printf 'FROM alpine\n' >"$1"; }
for file in Dockerfile api/Dockerfile.dev api/prod.Dockerfile web/dockerfile worker/Containerfile a/b/c/d/Dockerfile; do put "$file"; done
# Not Dockerfiles, whatever the name begins with.
for file in Dockerfile.dockerignore api/prod.Dockerfile.dockerignore Dockerfile.swp Dockerfile.png docs/Dockerfile-howto.md; do put "$file"; done
# Not the project's own.
for file in node_modules/x/Dockerfile vendor/y/Dockerfile .git/Dockerfile .venv/lib/Dockerfile; do put "$file"; done
# Ignored: by a folder, by a pattern of a subfolder, but not what is taken back.
printf 'out/\n*.tmp.Dockerfile\n' >.gitignore
put out/Dockerfile
put x.tmp.Dockerfile
put sub/Dockerfile
put sub/keep.Dockerfile
printf '*Dockerfile\n!keep.Dockerfile\n' >sub/.gitignore
# A name alone does not make one: programs that read Dockerfiles, documents about them.
printf 'package dockerfile\n\nfunc Parse() {}\n' >api/dockerfile.go
printf '# About the Dockerfile\n\nIt begins with FROM.\n' >Dockerfile.md
put api/Dockerfile.py

found='["Dockerfile", "a/b/c/d/Dockerfile", "api/Dockerfile.dev", "api/Dockerfile.py", "api/prod.Dockerfile", "sub/keep.Dockerfile", "web/dockerfile", "worker/Containerfile"]'
check 1 --select untagged-image --fail-on info
holds "files == $found and r['summary']['files'] == 8"
check 1 --select untagged-image --fail-on info .
holds "files == $found"
# The same by an absolute path, and a file that is found and named is judged once.
check 1 --select untagged-image --fail-on info "$PWD"
holds "[f.removeprefix('$PWD/') for f in files] == $found"
check 1 --select untagged-image --fail-on info api api/Dockerfile.dev
holds 'files == ["api/Dockerfile.dev", "api/Dockerfile.py", "api/prod.Dockerfile"]'

# A file that is named is judged, ignored or not.
check 1 --select untagged-image --fail-on info out/Dockerfile node_modules/x/Dockerfile
holds 'files == ["node_modules/x/Dockerfile", "out/Dockerfile"]'

# Below the folder that is asked for, the ignore files of the repository above it count.
printf 'skipped.Dockerfile\n' >>.gitignore
put a/skipped.Dockerfile
check 1 --select untagged-image --fail-on info a
holds 'files == ["a/b/c/d/Dockerfile"]'
