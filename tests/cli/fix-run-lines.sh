#!/usr/bin/env bash
# fix rewrites `docker run` lines where they stand: quotes, continuations and all other lines are kept.
# shellcheck disable=SC2016  # `$` and backquotes are not meant for this shell
. "$(dirname "$0")/_lib.sh"
# becomes FILE RULES: with --unsafe the file, whose text stands in `before`, becomes the one in `wanted`.
becomes() {
  cp before "$1"
  run 0 fix --today 2026-11-24 --fail-on never --unsafe --select "$2" "$1"
  cmp wanted "$1" || { diff wanted "$1" >"$out" || true; fail "$1: $2"; }
  cp "$1" once
  run 0 fix --today 2026-11-24 --fail-on never --unsafe --select "$2" "$1"
  cmp once "$1" || fail "$1: a second run changes it: $2"
}

cat >before <<'S'
#!/bin/sh
set -e   # as it is
docker run -d --privileged -p "8080:80" --name 'a b' nginx:1.27 nginx -g 'daemon off;'
echo done
S
cat >wanted <<'S'
#!/bin/sh
set -e   # as it is
docker run --cap-drop ALL --cap-add CHOWN --cap-add SETGID --cap-add SETUID -d -p "127.0.0.1:8080:80" --name 'a b' nginx:1.27 nginx -g 'daemon off;'
echo done
S
becomes run.sh privileged-container,port-on-all-interfaces,missing-capability-drop

# A line for each option stays one, with its indent.
cat >before <<'S'
start() {
    docker run -d \
        --privileged \
        -p 8080:80 \
        nginx:1.27
}
S
cat >wanted <<'S'
start() {
    docker run -d \
        --security-opt no-new-privileges \
        -p 127.0.0.1:8080:80 \
        nginx:1.27
}
S
becomes run.sh privileged-container,port-on-all-interfaces,missing-no-new-privileges
sed 's/$/\r/' before >crlf && mv crlf before && sed 's/$/\r/' wanted >crlf && mv crlf wanted
becomes run.sh privileged-container,port-on-all-interfaces,missing-no-new-privileges

# All that is missing, in one run. Order is of no matter.
printf 'docker run -d nginx:1.27\n' >run.sh
run 0 fix --today 2026-11-24 --fail-on never --unsafe --select missing-capability-drop,missing-no-new-privileges,missing-memory-limit,missing-pids-limit,missing-cpu-limit,writable-root-filesystem run.sh
for option in '--cap-drop ALL --cap-add CHOWN --cap-add SETGID --cap-add SETUID' '--security-opt no-new-privileges' '--memory 512m' '--pids-limit 200' '--cpus 1' '--read-only --tmpfs /var/cache/nginx --tmpfs /run'; do
  grep -q -- "$option" run.sh || fail "without $option"
done
[ "$(wc -l <run.sh)" = 1 ] || fail 'more lines'

# By what the image needs; where that isn't known nothing that it may not stand.
printf 'docker run -d -v data:/data redis:7.4\n' >before
printf 'docker run --user 999:999 --cap-drop ALL --cap-add CHOWN --cap-add SETGID --cap-add SETUID --read-only -d -v data:/data redis:7.4\n' >wanted
cp before run.sh
run 0 fix --today 2026-11-24 --fail-on never --unsafe --select unstated-user,missing-capability-drop,writable-root-filesystem run.sh
cmp <(tr ' ' '\n' <wanted | sort) <(tr ' ' '\n' <run.sh | sort) || fail "redis: $(cat run.sh)"
printf 'docker run -d registry.example.com/app:1\n' >before
printf 'docker run --security-opt no-new-privileges -d registry.example.com/app:1\n' >wanted
becomes run.sh missing-capability-drop,writable-root-filesystem,missing-no-new-privileges

# Makefile, README, CI file.
printf 'up:\n\t@docker run --pid=host --rm alpine:3.22 true\n' >before
printf 'up:\n\t@docker run --rm alpine:3.22 true\n' >wanted
becomes Makefile host-pid
printf '# How\n\n```sh\ndocker run -v ./a.conf:/etc/a.conf:z -it alpine:3.22\n```\n\ndocker run is no line here\n' >before
sed 's/:z/:z,ro/' before >wanted
becomes README.md writable-config-mount
mkdir -p .github/workflows
printf 'jobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: docker run --privileged --rm alpine:3.22 id\n' >before
sed 's/ --privileged//' before >wanted
becomes .github/workflows/a.yml privileged-container

# What a container does may change: not without being asked.
printf 'docker run --privileged alpine:3.22\n' >run.sh
run 0 fix --fail-on never --select privileged-container run.sh
says 'unsafe .*take --privileged away'
grep -q privileged run.sh || fail 'changed unasked'

# Lines that hide options, and continuations of other shells, are left alone.
printf 'docker run $OPTIONS nginx:1.27\n' >before
cp before wanted
becomes run.sh missing-capability-drop,missing-memory-limit
printf '# How\n\n```powershell\ndocker run `\n  -d nginx:1.27\n```\n' >before
cp before wanted
becomes README.md missing-memory-limit
