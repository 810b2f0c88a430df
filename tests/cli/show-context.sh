#!/usr/bin/env bash
# show context prints what a build of a folder is sent: by its ignore file, never by git's.
. "$(dirname "$0")/_lib.sh"
mkdir -p app/src app/node_modules/a app/docs app/.git
cd app
printf 'FROM scratch\n' >Dockerfile
printf 'x' >src/main.js
printf 'key' >src/tls.key
printf 'm' >node_modules/a/index.js
printf 'd' >docs/a.md
printf 'keep' >docs/keep.md
printf 'h' >.git/HEAD
printf 'secret.txt\n' >.gitignore
printf 'ss' >secret.txt
ln -s /etc/passwd link
ln -s .. up
printf 'node_modules\ndocs/*\n!docs/keep.md\n**/*.key\n' >.dockerignore
cd ..
run 0 show context app
holds 'r["ignoreFile"] == "app/.dockerignore"'
holds '[f["path"] for f in r["files"]] == [".dockerignore", ".git/HEAD", ".gitignore", "Dockerfile", "docs/keep.md", "link", "secret.txt", "src/main.js", "up"]'
holds '{f["path"]: f["bytes"] for f in r["files"]}["secret.txt"] == 2'
holds 'r["ignored"] == ["docs/a.md", "node_modules", "src/tls.key"]'

# A Dockerfile's own ignore file stands in the place of the usual one.
mkdir docker
printf 'FROM scratch\n' >docker/web.Dockerfile
printf '*\n!src\n' >docker/web.Dockerfile.dockerignore
run 0 show context app -f docker/web.Dockerfile
holds 'r["ignoreFile"] == "docker/web.Dockerfile.dockerignore"'
holds '[f["path"] for f in r["files"]] == ["src/main.js", "src/tls.key"]'
holds '"link" in r["ignored"] and ".git" in r["ignored"]'

# Without one all of it is sent.
mkdir plain && printf 'a' >plain/a
run 0 show context plain
holds 'r == {"files": [{"path": "a", "bytes": 1}], "ignored": []}'

# A builder refuses such a file.
printf '*.md\n[a\n' >plain/.dockerignore
run 1 show context plain
complains 'plain/.dockerignore:2: syntax error in pattern'
run 2 show context missing
complains 'missing'
