#!/usr/bin/env bash
# check --run with --show-hardened and --as-compose writes a run line anew.
. "$(dirname "$0")/_lib.sh"

run 0 check --run 'docker run -d -p "8080:80" nginx:1.29' --show-hardened
says '^docker run --cap-drop ALL --security-opt no-new-privileges:true --read-only --tmpfs /tmp --memory 512m --cpus 1 --pids-limit 200 -d -p "8080:80" nginx:1.29$'
says '^# --user nginx: the image has'
says '^# --cap-drop ALL: a program that starts as root'

# What the line has stays as it is written.
run 0 check --run "docker run --cap-drop=ALL -m 1g --cpus 2 --pids-limit 5 --read-only --security-opt no-new-privileges -u 10 --health-cmd 'true' x:1 'a  b'" --show-hardened
says "^docker run --cap-drop=ALL -m 1g --cpus 2 --pids-limit 5 --read-only --security-opt no-new-privileges -u 10 --health-cmd 'true' x:1 'a  b'$"

# A credential does not come out again.
run 0 check --run "docker run -e DB_PASSWORD='hunter 2' --env=API_TOKEN=abcdefgh1234 x:1" --show-hardened
says ' -e DB_PASSWORD --env=API_TOKEN x:1$'
says '^# DB_PASSWORD is taken from'
! grep -q 'hunter\|abcdefgh' "$out" || fail "a credential was printed"
run 0 check --run "docker run -e DB_PASSWORD=hunter2 x:1" --as-compose
says '^ *- DB_PASSWORD$'
! grep -q 'hunter' "$out" || fail "a credential was printed"

# shellcheck disable=SC2016  # $PWD stands in the line
run 0 check --run 'docker run -d --name web -p 80:80 -v data:/d -v "$PWD:/app:ro" --device /dev/null:r -e A=b --restart always nginx:1.29 nginx -g "daemon off;"' --as-compose
cat >expected <<'E'
services:
  web:
    image: "nginx:1.29"
    command: [nginx, "-g", "daemon off;"]
    container_name: web
    environment:
      - "A=b"
    ports:
      - "80:80"
    restart: always
    devices:
      - "/dev/null:/dev/null:r"
    volumes:
      - "data:/d"
      - ".:/app:ro"
volumes:
  data:
    name: data
E
diff expected "$out" || fail "another Compose file"

run 2 check --run 'docker ps' --show-hardened
complains 'no docker run'
run 2 check --run 'docker run --nonsense x' --as-compose
complains "no option '--nonsense'"
run 2 check --show-hardened
run 2 check --run 'docker run x' --show-hardened --as-compose
