#!/usr/bin/env bash
# Services that are built are hardened together with their Dockerfiles: what one says, the other counts on.
. "$(dirname "$0")/_lib.sh"
rules=unstated-user,root-user,unused-user,foreign-account-tool,writable-root-filesystem,missing-capability-drop,missing-no-new-privileges
rules=$rules,missing-health-check,health-check-without-its-tool,world-writable-files,full-size-image,privileged-container
fix() { run 0 fix --unsafe --today 2026-11-24 --fail-on never --select "$rules" .; }
mkdir web worker proxy

cat >compose.yaml <<'C'
services:
  web:
    build: ./web
    ports: ["127.0.0.1:3000:3000"]
  worker:
    build: ./worker
    privileged: true
  proxy:
    build: ./proxy
C
cat >web/Dockerfile <<'C'
ARG NODE_IMAGE=node:22
FROM ${NODE_IMAGE}
RUN apt-get update && apt-get install -y build-essential sudo
WORKDIR /app
COPY . .
RUN npm ci && sudo chmod -R 777 /app/uploads
EXPOSE 3000
# debugger
EXPOSE 9229
CMD npm start
C
cat >worker/Dockerfile <<'C'
ARG ALPINE_IMAGE=alpine:3.22
FROM ${ALPINE_IMAGE}
RUN useradd --system --no-create-home worker || true
COPY worker /app/worker
HEALTHCHECK CMD curl -f http://localhost:8080/health
USER root
ENTRYPOINT ["/app/worker"]
C
cat >proxy/Dockerfile <<'C'
ARG NGINX_IMAGE=nginx:1.28-alpine
FROM ${NGINX_IMAGE}
RUN rm /etc/nginx/conf.d/default.conf
RUN cd /etc/nginx && mkdir ssl && cd ssl && \
    openssl req -x509 -nodes -newkey rsa:2048 -subj /CN=shop.example -keyout shop.key -out shop.crt
COPY shop.conf /etc/nginx/conf.d/
RUN chmod 777 /var/cache/nginx /var/run
EXPOSE 80 443
C
fix

cat >expected <<'C'
services:
  web:
    build: ./web
    ports: ["127.0.0.1:3000:3000"]
    cap_drop: [ALL]
    read_only: true
    security_opt: ["no-new-privileges:true"]
    tmpfs: [/tmp, /home/node/.npm:uid=1000]
    volumes: [web_uploads:/app/uploads]
  worker:
    build: ./worker
    privileged: false
    cap_drop: [ALL]
    read_only: true
    security_opt: ["no-new-privileges:true"]
    tmpfs: [/tmp]
  proxy:
    build: ./proxy
    cap_drop: [ALL]
    read_only: true
    security_opt: ["no-new-privileges:true"]
    tmpfs: [/var/cache/nginx:uid=101, /run:uid=101]
volumes:
  web_uploads: {}
C
# A round later a key goes behind those of the round before.
same_lines() { diff <(sort "$1") <(sort "$2") || fail "$2 is not what was wanted"; }
same_lines expected compose.yaml
cat >expected <<'C'
ARG NODE_IMAGE=node:22-slim
FROM ${NODE_IMAGE}
RUN apt-get update && apt-get install -y build-essential sudo
WORKDIR /app
COPY . .
RUN npm ci && sudo chmod -R 775 /app/uploads && chown -R 1000 /app/uploads
USER 1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "require('http').get('http://127.0.0.1:3000/', () => process.exit(0)).on('error', () => process.exit(1))"]
EXPOSE 3000
# debugger
EXPOSE 9229
CMD npm start
C
same_lines expected web/Dockerfile
cat >expected <<'C'
ARG ALPINE_IMAGE=alpine:3.22
FROM ${ALPINE_IMAGE}
RUN addgroup -S worker && adduser -S -D -H -u 10001 -G worker worker || true
COPY worker /app/worker
HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]
USER 10001
ENTRYPOINT ["/app/worker"]
C
same_lines expected worker/Dockerfile
cat >expected <<'C'
ARG NGINX_IMAGE=nginx:1.28-alpine
FROM ${NGINX_IMAGE}
RUN rm /etc/nginx/conf.d/default.conf
RUN cd /etc/nginx && mkdir ssl && cd ssl && \
    openssl req -x509 -nodes -newkey rsa:2048 -subj /CN=shop.example -keyout shop.key -out shop.crt
COPY shop.conf /etc/nginx/conf.d/
RUN chmod 775 /var/cache/nginx /var/run && chown -R 101 /var/cache/nginx /run \
    && chown 101 /etc/nginx/ssl/shop.key
USER 101
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["nc", "-z", "127.0.0.1", "80"]
EXPOSE 80 443
C
same_lines expected proxy/Dockerfile
cp -r . ../once
fix
says 'Nothing to fix'

# An account that sudo knows may become root by it: then the kernel must not forbid that.
printf 'RUN echo "node ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/node\n' >>web/Dockerfile
sed -i '/no-new-privileges/d; /cap_drop/d' compose.yaml
fix
[ "$(grep -c no-new-privileges compose.yaml)" = 2 ] || fail 'sudo would refuse'
[ "$(grep -c cap_drop compose.yaml)" = 2 ] || fail 'sudo would have no rights to give'
