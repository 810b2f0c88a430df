#!/usr/bin/env bash
# explain tells a rule by its name or by the id that another tool gives it.
. "$(dirname "$0")/_lib.sh"
run 0 explain root-user
says '^root-user'
says 'DL3002'
says 'USER root'
run 0 explain DL3008
says '^unpinned-apt-packages'
run 0 explain DL3002
says '^root-user'
run 0 explain DL3006 DL3008
says '^untagged-image'
says '^unpinned-apt-packages'
run 2 explain root-usr
complains 'root-user'
run 2 explain
