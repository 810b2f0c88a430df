#!/usr/bin/env bash
# What OWASP's Docker cheat sheet asks of a Compose file has a rule, a bad case and a good one.
. "$(dirname "$0")/_lib.sh"
data=$PLIMSOLL_ROOT/../shared/data
[ -d "$data/compose" ] || { echo "skipped: shared data absent"; exit 77; }
"$PLIMSOLL_ROOT/tests/peers/compose/owasp.py" "$plimsoll" "$PLIMSOLL_ROOT" "$data"
