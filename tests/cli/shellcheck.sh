#!/usr/bin/env bash
# ShellCheck's findings are added where it is installed; it is asked once, and never missed.
. "$(dirname "$0")/_lib.sh"
# Stands for ShellCheck: says of each line with $bad that it is faulty, and writes down that it was called.
cat >"$temporary/fake" <<'P'
#!/usr/bin/env python3
import json, os, sys
open(os.path.dirname(sys.argv[0]) + "/calls", "a").write("call\n")
if sys.argv[1] == "--version":
    sys.exit(print("version: 9.9"))
comments = []
for path in sys.argv[sys.argv.index("--") + 1:]:
    for number, line in enumerate(open(path), 1):
        if "$bad" in line:
            column = line.index("$bad") + 1
            comments.append(dict(file=path, line=number, endLine=number, column=column, endColumn=column + 4,
                                 level="warning", code=2086, message="Quote this."))
json.dump({"comments": comments}, sys.stdout)
P
chmod +x "$temporary/fake"
export PLIMSOLL_SHELLCHECK=$temporary/fake
# shellcheck disable=SC2016  # the variable is the Dockerfile's
printf 'FROM a:1\nUSER 1\nRUN one && \\\n  two $bad\n' >Dockerfile
calls() { [ "$(wc -l <"$temporary/calls")" = "$1" ] || fail "called $(wc -l <"$temporary/calls") times, expected $1"; }

check 0 --select shellcheck
holds '[(f["line"], f["column"], f["instructionLine"], f["aliases"]["shellcheck"]) for f in r["findings"]] == [(4, 7, 3, ["SC2086"])]'
calls 2
check 0 --select shellcheck # from the cache
holds 'len(rules) == 1'
calls 2
XDG_CACHE_HOME=$PWD/Dockerfile check 0 --select shellcheck # which is no folder
holds 'len(rules) == 1'
calls 4
check 0 --select shellcheck --no-shellcheck
holds 'not rules'
PLIMSOLL_SHELLCHECK=off check 0 --select shellcheck
holds 'not rules'
PLIMSOLL_SHELLCHECK=/nowhere/shellcheck check 0 --select shellcheck # not installed
holds 'not rules'
calls 4

# One that is installed and does not work is told: its silence means nothing.
printf '#!/bin/sh\nexit 3\n' >"$temporary/broken" && chmod +x "$temporary/broken"
PLIMSOLL_SHELLCHECK=$temporary/broken check 3 --select shellcheck
complains 'does not tell its version'
