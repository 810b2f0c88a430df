#!/usr/bin/env bash
# A Dockerfile that Docker would refuse is judged: a syntax-error with its place, and what can be judged is.
. "$(dirname "$0")/_lib.sh"
mkdir broken good
printf 'FROM alpine\nNONSENSE x\nUSER root\n' >broken/Dockerfile
printf 'FROM alpine\n' >good/Dockerfile
check 1 --select syntax-error,untagged-image,root-user --fail-on info
holds 'not errors and r["summary"]["files"] == 2'
holds '[(f["file"], f["line"]) for f in r["findings"] if f["rule"] == "syntax-error"] == [("broken/Dockerfile", 2)]'
holds 'rules.count("untagged-image") == 2 and "root-user" in rules'

: >empty.Dockerfile
printf '# only a comment\n' >comment.Dockerfile
check 1 --select syntax-error --fail-on info empty.Dockerfile comment.Dockerfile
holds 'set(files) == {"empty.Dockerfile", "comment.Dockerfile"} and not errors'

# CRLF line ends and a byte order mark are no faults.
printf '\357\273\277FROM alpine:3.22\r\nRUN true \\\r\n  && true\r\n' >good/Dockerfile
check 0 --select syntax-error --fail-on info good
