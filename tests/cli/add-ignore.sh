#!/usr/bin/env bash
# --add-ignore accepts findings by comments above their instructions, and breaks no file.
. "$(dirname "$0")/_lib.sh"
cat >Dockerfile <<'D'
# syntax=docker/dockerfile:1
# The application.
# hadolint ignore=DL3007
FROM debian
RUN true \
  # words
  && sudo a \
  && sudo b
  RUN <<E
sudo c
E
D
chmod 640 Dockerfile
cp Dockerfile before
run 2 check --add-ignore .
complains '--reason'
run 2 check --add-ignore --reason $'two\nlines' .
run 2 check --add-ignore --reason 'for good until=x' .
run 2 check --add-ignore=no-such-rule --reason why .
run 2 check --add-ignore --reason why - <Dockerfile
cmp Dockerfile before || fail "a refused run has changed the file"

run 0 check --add-ignore=sudo-in-run,DL3006 --reason 'a mirror' .
grep -q 'Dockerfile: 4 findings accepted' "$out" || fail "not told"
cat >expected <<'D'
# syntax=docker/dockerfile:1
# The application.
# plimsoll: ignore=untagged-image reason=a mirror
# hadolint ignore=DL3007
FROM debian
# plimsoll: ignore=sudo-in-run reason=a mirror
RUN true \
  # words
  && sudo a \
  && sudo b
  # plimsoll: ignore=sudo-in-run reason=a mirror
  RUN <<E
sudo c
E
D
diff expected Dockerfile || fail "not as expected"
[ "$(stat -c %a Dockerfile)" = 640 ] || fail "the permissions have changed"
check 0 --select sudo-in-run,DL3006 --fail-on info .
holds 'not rules and r["summary"]["suppressed"] == 4'

# All that is left, and then nothing; line ends and a byte order mark stay.
run 0 check --preset strict --add-ignore --reason later .
check 0 --preset strict --fail-on info .
holds 'rules == []'
printf '\xef\xbb\xbfFROM debian:12\r\nUSER root\r\n' >Dockerfile
run 0 check --select root-user --add-ignore --reason later .
printf '\xef\xbb\xbfFROM debian:12\r\n# plimsoll: ignore=root-user reason=later\r\nUSER root\r\n' >expected
cmp expected Dockerfile || fail "line ends or mark were lost"
run 0 check --select unstated-user --add-ignore --reason later .
grep -q 'Nothing was accepted' "$out" || fail "not told"

# A link leads to the file that is changed.
mkdir real && printf 'FROM debian\n' >real/Dockerfile && ln -sf real/Dockerfile link.Dockerfile
run 0 check --select untagged-image --add-ignore --reason later link.Dockerfile
[ -L link.Dockerfile ] || fail "the link was replaced"
grep -q plimsoll real/Dockerfile || fail "what the link leads to was not changed"
