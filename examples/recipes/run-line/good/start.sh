#!/bin/sh
# Starts the shop's front.
docker run -d --name web -p 127.0.0.1:8080:8080 \
  --user 10001:10001 --read-only --tmpfs /tmp \
  --cap-drop ALL --security-opt no-new-privileges \
  --memory 512m --cpus 1.5 --pids-limit 200 \
  --health-cmd '/app/web --check' \
  registry.example.org/shop/web:1.4.2
