#!/usr/bin/env bash
# Killed at any moment, fix leaves each file as it was or as it is to be. KILLS=200 tries more often.
. "$(dirname "$0")/_lib.sh"
python3 - "$plimsoll" <<'P' || fail 'a file is neither'
import os, pathlib, random, signal, subprocess, sys, time
old = "FROM debian:12\n" + "RUN apt-get install curl\n" * 3 + "USER 1000\n"
new = old.replace("install", "install -y")
files = [pathlib.Path(f"{i}.Dockerfile") for i in range(12)]
command = [sys.argv[1], "fix", "--select", "apt-without-yes", "."]
def restore():
    for file in files: file.write_text(old)
    for left in pathlib.Path(".").glob(".*.plimsoll-*"): left.unlink()
restore()
began = time.monotonic()
subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
whole = time.monotonic() - began
assert all(file.read_text() == new for file in files)
random.seed(7)
seen = {"old": 0, "new": 0, "both": 0}
wanted = int(os.environ.get("KILLS", "60"))
for number in range(wanted + 200):
    if number >= wanted and seen["old"] and seen["new"]:
        break
    if number % 20 == 19:  # a busy machine is slower now, or was when the whole was measured
        whole *= 2 if not seen["new"] else 0.5 if not seen["old"] else 1
    restore()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.uniform(0, whole * 1.2))
    process.send_signal(signal.SIGKILL)
    process.wait()
    texts = {file.read_text() for file in files}
    assert texts <= {old, new}, texts - {old, new}
    seen["both" if len(texts) == 2 else "old" if old in texts else "new"] += 1
print(seen)
assert seen["old"] and seen["new"], f"the moments were not random: {seen}"
P
