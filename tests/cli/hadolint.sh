#!/usr/bin/env bash
# `plimsoll hadolint` takes hadolint's options and environment, and answers with its codes, levels and exit status.
. "$(dirname "$0")/_lib.sh"
unset "${!HADOLINT_@}"
printf 'FROM debian\nRUN apt-get install -y \\\n  curl\nMAINTAINER x\n' >A.Dockerfile
printf 'FROM debian:12\nUSER 10001\n' >C.Dockerfile
printf 'FROM debian:12\n RUM x\nRUN cd /x\n' >B.Dockerfile

run 1 hadolint --no-color A.Dockerfile
[ "$(cut -d: -f1-2 "$out")" = "A.Dockerfile:1 DL3006 warning
A.Dockerfile:2 DL3008 warning
A.Dockerfile:2 DL3015 info
A.Dockerfile:4 DL4000 error" ] || fail 'FILE:LINE CODE level: message'
run 0 hadolint C.Dockerfile
[ ! -s "$out" ] || fail 'nothing to say'

# Thresholds, levels, codes left out.
run 0 hadolint --no-fail A.Dockerfile
run 0 hadolint --failure-threshold error --info DL4000 A.Dockerfile
run 1 hadolint -t error A.Dockerfile
run 0 hadolint -f codeclimate A.Dockerfile
run 0 hadolint -f codacy A.Dockerfile
run 1 hadolint -f gitlab_codeclimate A.Dockerfile
run 1 hadolint -t none --ignore DL3006 --ignore=DL3008 --ignore DL3015 --style DL4000 --no-color A.Dockerfile
[ "$(cut -d: -f1-2 "$out")" = 'A.Dockerfile:4 DL4000 style' ] || fail '--ignore or --style'
run 0 hadolint --ignore DL3006 --ignore DL3008 --ignore DL3015 --ignore DL4000 A.Dockerfile
! "$plimsoll" hadolint A.Dockerfile | grep -q DL3057 || fail 'DL3057 is off by itself'
run 1 hadolint --info DL3057 C.Dockerfile
says 'DL3057 .*info'

# Of a file that Docker would refuse only that is told, and it always fails.
run 1 hadolint --no-color -t error --info DL1000 --ignore DL1000 B.Dockerfile
[ "$(cut -d' ' -f1 "$out")" = B.Dockerfile:2:2 ] || fail 'FILE:LINE:COLUMN message'
run 1 hadolint -f json B.Dockerfile
holds '[(f["code"], f["level"], f["line"], f["column"]) for f in r] == [("DL1000", "error", 2, 2)]'

# Files in the order of the command line; standard input; a path of the caller's choice.
run 1 hadolint -f json C.Dockerfile B.Dockerfile A.Dockerfile
holds '[f["file"][0] for f in r] == list("BAAAA")'
run 1 hadolint -f json - <A.Dockerfile
holds 'r[0]["file"] == "-"'
run 1 hadolint -f gitlab_codeclimate --file-path-in-report deploy/Dockerfile A.Dockerfile
holds '{i["location"]["path"] for i in r} == {"deploy/Dockerfile"}'
run 1 hadolint -f json --file-path-in-report deploy/Dockerfile A.Dockerfile
holds 'r[0]["file"] == "A.Dockerfile"'
run 1 hadolint -f json -o report.json A.Dockerfile
[ ! -s "$out" ] || fail '--output leaves nothing for standard output'
grep -q DL3006 report.json || fail '--output'

# Colours go to pipes as well, as they do with hadolint.
run 1 hadolint A.Dockerfile
says "$(printf 'DL3006 \033\\[1m\033\\[93mwarning\033\\[0m: ')"
NO_COLOR=1 run 1 hadolint A.Dockerfile
! grep -q "$(printf '\033')" "$out" || fail 'NO_COLOR'

# The environment; the command line stands over it.
HADOLINT_NOFAIL=true HADOLINT_FORMAT=json run 0 hadolint A.Dockerfile
holds 'len(r) == 4'
HADOLINT_IGNORE=DL3006,DL3008 HADOLINT_OVERRIDE_INFO=DL4000 HADOLINT_FORMAT=gnu run 1 hadolint -f json A.Dockerfile
holds '[(f["code"], f["level"]) for f in r] == [("DL3015", "info"), ("DL4000", "info")]'
HADOLINT_OVERRIDE_INFO=DL4000 HADOLINT_FAILURE_THRESHOLD=error run 1 hadolint --error DL4000 A.Dockerfile
HADOLINT_OVERRIDE_INFO=DL4000 HADOLINT_FAILURE_THRESHOLD=error run 0 hadolint A.Dockerfile

# Pragmas count unless they are told not to.
printf '# hadolint ignore=DL3006\nFROM debian\nUSER 1\n' >P.Dockerfile
run 0 hadolint P.Dockerfile
run 1 hadolint --disable-ignore-pragma P.Dockerfile
says 'P.Dockerfile:2 DL3006'

# Wrong usage and files that can't be read: 1, never 2.
run 1 hadolint
complains 'Please provide a Dockerfile'
run 1 hadolint --nonsense A.Dockerfile
run 1 hadolint -f nonsense A.Dockerfile
run 1 hadolint -t nonsense A.Dockerfile
run 1 hadolint --require-label nonsense A.Dockerfile
run 1 hadolint .
run 1 hadolint --no-fail gone C.Dockerfile
complains 'gone'
run 0 hadolint --version
says 'hadolint 2\.'
run 0 hadolint -V C.Dockerfile
complains 'threshold: info'

# Its configuration file: found or named; lists and levels of the command line add to its own.
printf 'ignored: [DL3008, DL3015]\noverride:\n  info: [DL4000]\n  error:\n    - DL3006\ntrustedRegistries: [ghcr.io]\nunknown: 1\n' >.hadolint.yaml
run 1 hadolint --no-color A.Dockerfile
[ "$(cut -d: -f1-2 "$out")" = "A.Dockerfile:1 DL3006 error
A.Dockerfile:1 DL3026 error
A.Dockerfile:4 DL4000 info" ] || fail 'the configuration file'
run 1 hadolint --no-color --ignore DL3026 A.Dockerfile
[ "$(cut -d' ' -f2 "$out" | tr '\n' ' ')" = 'DL3006 DL4000 ' ] || fail '--ignore beside ignored'
mv .hadolint.yaml named.yaml
run 1 hadolint --no-color A.Dockerfile
says 'DL3008 warning'
run 0 hadolint -c named.yaml --trusted-registry docker.io -t error --warning DL3006 A.Dockerfile
# hadolint goes on without a file of which a value has a wrong type.
printf 'ignored: DL3008\nfailure-threshold: error\n' >named.yaml
run 1 hadolint -c named.yaml --no-color --info DL4000 A.Dockerfile
says 'DL3008 warning'
complains 'named.yaml:1: ignored must be a list'
run 1 hadolint -c missing.yaml A.Dockerfile
