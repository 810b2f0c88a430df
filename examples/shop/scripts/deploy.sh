#!/bin/bash
# Builds the images on the shop's machine and starts them without Compose (it was too old there).
set -e
cd "$(dirname "$0")/.."

docker build -t shop/web --build-arg NPM_TOKEN=npm_FAKEfakeFAKEfakeFAKEfakeFAKEfake0000 web
docker build -t shop/api api
docker build -t shop/worker worker

docker rm -f shop-web shop-api shop-worker 2>/dev/null || true
docker network create shop 2>/dev/null || true

docker run -d --name shop-web --network shop -p 80:3000 \
  -e SESSION_SECRET=FAKE-keyboard-cat-2019 \
  --restart always shop/web

docker run -d --name shop-api --network shop -p 8000:8000 \
  -v "$PWD/api:/app" -v /:/host \
  -e DATABASE_URL=postgres://shop:FAKE-hunter2@db:5432/shop \
  shop/api:latest

# prints labels, so it needs the device and the engine
docker run -d --name shop-worker --privileged --pid=host --network host \
  -v /var/run/docker.sock:/var/run/docker.sock \
  shop/worker
