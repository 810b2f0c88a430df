#!/usr/bin/env bash
# fix --prove without an engine, or with what is none, says so and writes nothing.
. "$(dirname "$0")/_lib.sh"
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY XDG_RUNTIME_DIR
export HOME=$PWD
cat >Dockerfile <<'D'
FROM debian:12
RUN apt-get install curl
USER 1000
D
cp Dockerfile before
prove() {
  local expected=$1
  shift
  run "$expected" fix --prove --today 2026-11-24 --select apt-without-yes "$@"
  cmp Dockerfile before || fail 'something was written'
}
prove 2 --docker-host unix:///nonexistent/docker.sock .
complains 'no engine answers at unix:///nonexistent/docker.sock|libcurl'
prove 2 --docker-host ssh://me@host .
complains 'asked at unix:// or tcp://'
DOCKER_TLS_VERIFY=1 prove 2 --docker-host tcp://127.0.0.1:1 .
complains 'wants TLS'
DOCKER_CONTEXT=gone prove 2 .
complains "context 'gone' names no engine"
prove 2 - <before
complains 'standard input has no folder'
run 2 fix --prove-timeout 5 .
complains 'prove'

# What answers is no engine, and one that is too old.
serve() {
  python3 - "$1" "$2" <<'P' &
import socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(1)
connection, _ = listener.accept()
connection.recv(65536)
connection.sendall(sys.argv[2].encode().decode("unicode_escape").encode("latin-1"))
connection.close()
P
  server=$!
  for _ in $(seq 100); do [ ! -S "$1" ] || return 0; sleep 0.1; done
  fail 'the server does not start'
}
serve "$PWD/a.sock" 'SSH-2.0-nothing\r\n'
prove 2 --docker-host "unix://$PWD/a.sock" .
wait "$server"
serve "$PWD/b.sock" 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK'
prove 2 --docker-host "unix://$PWD/b.sock" .
complains 'no container engine|libcurl'
wait "$server"
serve "$PWD/c.sock" 'HTTP/1.1 200 OK\r\nApi-Version: 1.12\r\nContent-Length: 2\r\n\r\nOK'
prove 2 --docker-host "unix://$PWD/c.sock" .
complains 'too old|libcurl'
wait "$server"
