#!/usr/bin/env bash
# A folder without a Dockerfile is said to be one; it is not "clean".
. "$(dirname "$0")/_lib.sh"
mkdir empty
printf 'hello\n' >readme.txt
run 0 check
grep -qi 'nothing to judge' "$out" "$err" || fail 'nothing says that nothing was found'
run 0 check empty
grep -q 'empty' "$out" "$err" || fail 'the folder is not named'
check 0 empty
holds 'r["findings"] == [] and r["summary"]["files"] == 0 and errors == []'

# A clean file is another matter.
printf 'FROM alpine:3.22\n' >Dockerfile
run 0 check --select untagged-image
! grep -qi 'nothing to judge' "$out" "$err" || fail 'there is a Dockerfile'
check 0 --select untagged-image
holds 'r["summary"]["files"] == 1'
