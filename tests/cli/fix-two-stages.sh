#!/usr/bin/env bash
# A stage is split in two only if every step is one of the recipe.
. "$(dirname "$0")/_lib.sh"

split() {  # split LINE...: is the Dockerfile of these lines given a second stage?
  local text
  text=$(printf '%s\n' "$@" | "$plimsoll" fix --unsafe --select kept-build-tools - 2>/dev/null || true)
  [ "$(grep -c '^FROM' <<<"$text")" = 2 ]
}
start=('FROM golang:1.26' 'WORKDIR /src' 'COPY go.mod go.sum ./' 'RUN go mod download' 'COPY *.go ./')
build='RUN CGO_ENABLED=0 go build -o /app .'

split "${start[@]}" "$build" 'CMD ["/app"]' || fail 'the recipe itself'
split "${start[@]}" 'RUN CGO_ENABLED=0 go build -o app' 'CMD ["./app"]' || fail 'a path below WORKDIR'
split "${start[@]}" 'RUN go build -o /app .' 'CMD ["/app"]' && fail 'linked with a C library'
split "${start[@]}" 'COPY templates templates' "$build" 'CMD ["/app"]' && fail 'files that the program may read'
split "${start[@]}" 'RUN apt-get install -y ffmpeg' "$build" 'CMD ["/app"]' && fail 'a program beside'
split "${start[@]}" "$build" 'CMD ["/app", "-config=/etc/app.toml"]' && fail 'a file that is named'
split "${start[@]}" "$build" 'CMD /app' && fail 'a shell'
split "${start[@]}" "$build" 'EXPOSE 80' 'CMD ["/app"]' && fail 'a port that root alone may have'
split "${start[@]}" "$build" 'HEALTHCHECK CMD curl -f localhost:8080' 'CMD ["/app"]' && fail 'a health check'

site=('FROM node:24' 'WORKDIR /app' 'COPY . .' 'RUN npm ci && npm run build')
split "${site[@]}" 'CMD ["npx", "serve", "-s", "dist", "-l", "8080"]' || fail 'a static site'
split "${site[@]}" 'EXPOSE 8080' 'CMD ["npx", "serve", "-s", "dist"]' && fail 'another port than it has'
split "${site[@]}" 'CMD ["npx", "serve", "--ssl-cert", "a.pem", "dist"]' && fail 'an option that nginx has not'
split "${site[@]}" 'CMD ["node", "server.js"]' && fail 'a server of its own'
true
