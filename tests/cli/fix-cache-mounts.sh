#!/usr/bin/env bash
# fix --prefer-cache-mounts: caches are mounted where that is known to work, and emptied elsewhere.
. "$(dirname "$0")/_lib.sh"

fixed() {  # fixed OPTION...: of standard input
  "$plimsoll" fix --select kept-apt-lists,kept-apk-cache,kept-pip-cache "$@" - 2>/dev/null || true
}
mounts='--mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked'

# All RUNs of apt are changed together; docker-clean goes in the first one.
got=$(printf '%s\n' 'FROM debian:13' 'RUN apt-get update && apt-get install -y git' \
  'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*' | fixed --unsafe --prefer-cache-mounts)
want="FROM debian:13
RUN $mounts rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y git
RUN $mounts apt-get update && apt-get install -y curl"
[ "$got" = "$want" ] || fail "two RUNs of apt: $got"

# One of them empties more than the cache: nothing is mounted.
got=$(printf '%s\n' 'FROM debian:13' 'RUN apt-get update && apt-get install -y git' \
  'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* /tmp/*' |
  fixed --unsafe --prefer-cache-mounts)
grep -q 'mount' <<<"$got" && fail "a mount that is emptied: $got"
grep -q 'install -y git && rm -rf /var/lib/apt/lists' <<<"$got" || fail "lists should go: $got"

# Whose cache it is isn't known behind USER, and without --unsafe no mount is written.
got=$(printf '%s\n' 'FROM python:3.13' 'USER app' 'RUN pip install flask' | fixed --unsafe --prefer-cache-mounts)
grep -q 'RUN pip install --no-cache-dir flask' <<<"$got" || fail "behind USER: $got"
got=$(printf '%s\n' 'FROM alpine:3.22' 'RUN apk add git' | fixed --prefer-cache-mounts)
grep -q mount <<<"$got" && fail "a mount without --unsafe: $got"

# Without the option all stays as it was.
got=$(printf '%s\n' 'FROM alpine:3.22' 'RUN apk add git' | fixed --unsafe)
grep -q 'RUN apk add --no-cache git' <<<"$got" || fail "without the option: $got"
