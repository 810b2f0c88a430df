#!/usr/bin/env bash
# What is set over anchors, variables and other files is reported where it is set; what only looks dangerous is not.
. "$(dirname "$0")/_lib.sh"
fixtures=$PLIMSOLL_ROOT/../shared/data/compose/anchor-fixtures
[ -d "$fixtures" ] || { echo "skipped: shared data absent"; exit 77; }
"$PLIMSOLL_ROOT/tests/peers/compose/stack.py" "$plimsoll" "$fixtures"
