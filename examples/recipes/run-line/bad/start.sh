#!/bin/sh
# Starts the shop's front.
docker run -d --name web -p 8080:8080 --privileged registry.example.org/shop/web:1.4.2
