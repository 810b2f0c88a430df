#!/usr/bin/env python3
"""Fixes copies of all real Dockerfiles and has BuildKit's own grammar read the results.

    _compare_fixes.py --binary PLIMSOLL --oracle PATH --data SHARED/data [--mutations N] [--seed S]

Once with safe fixes, once with all, and then N random mutations of them with all fixes of all rules. Each file that BuildKit has accepted must be accepted afterwards, a second run must change
nothing, and of each rule no file may have more findings than are left without those fixed. Printed is what became of each rule's
findings, and why fixes were dropped. Exit status 1: something is not so.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time

import _peers

# In memory, where that is possible: thousands of files are made, flushed and removed.
MADE_IN = "/dev/shm" if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 200e6 else None

# What mutations insert: the signs that the grammar gives a meaning to.
SIGNS = [b"\\", b"\\\n", b"\n", b"\r\n", b"\r", b"#", b"# x\n", b"`", b"<<EOF", b"<<-E", b"EOF\n", b"'", b'"', b"[", b"]", b'["a"]',
         b"$", b"${", b"}", b"=", b" ", b"\t", b"&&", b"|", b";", b"(", b"\xff", b"\xc2\xa0", b"\xef\xbb\xbf", b"ONBUILD ",
         b"FROM x\n", b"# escape=`\n", b"# plimsoll: ignore=root-user\n", b"\n\n", b"SHELL ", b"RUN ", b"USER root\n"]


def mutated(text, rng):
    text = bytearray(text)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            text[at:at] = rng.choice(SIGNS)
        elif kind == 1:
            del text[at:at + rng.randint(1, 30)]
        elif kind == 2:
            begin = rng.randrange(len(text) + 1)
            text[at:at] = text[begin:begin + rng.randint(1, 80)]
        else:
            text = bytearray(bytes(text).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return bytes(text)


def report(binary, command, folder, *options):
    done = subprocess.run([binary, command, "--no-shellcheck", "--format", "json", "--fail-on", "never", *options, "."],
                          cwd=folder, capture_output=True)
    assert done.returncode in (0, 2, 3) and done.stdout, (done.returncode, done.stderr.decode(errors="replace")[:2000])
    return json.loads(done.stdout)


def accepted(oracle, folder):
    names = sorted(file.name for file in folder.iterdir())
    _, out, _ = _peers.run([oracle], stdin="".join(f"{name}\n" for name in names).encode(), files=names, cwd=folder)
    return {answer["file"]: answer.get("error") for answer in map(json.loads, out.decode(errors="replace").splitlines())}


def counted(findings):
    return collections.Counter((f["file"], f["rule"]) for f in findings)


def texts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def print_rules(before, result):
    findings = collections.Counter(f["rule"] for f in before["findings"])
    proposed = collections.Counter(f["rule"] for f in before["findings"] if "fix" in f)
    by_status = collections.defaultdict(collections.Counter)
    reasons = collections.defaultdict(collections.Counter)
    for fix in result["fixes"]:
        by_status[fix["status"]][fix["rule"]] += 1
        if "reason" in fix:
            reasons[fix["rule"]][re.sub(r" in line \d+|line \d+", " …", fix["reason"])] += 1
    print(f"  {'rule':34} findings proposed fixed dropped")
    for rule, count in sorted(proposed.items(), key=lambda item: -item[1]):
        print(f"  {rule:34} {findings[rule]:8} {count:8} {by_status['applied'][rule]:5} {by_status['dropped'][rule]:7}")
    for rule, why in sorted(reasons.items(), key=lambda item: -sum(item[1].values())):
        for reason, count in why.most_common(3):
            print(f"  dropped {count:5} {rule}: {reason}")


def put_files(arguments, folder, mutations):
    files = sorted((arguments.data / "lint/realworld").glob("*.Dockerfile"))
    if not mutations:
        for file in files:
            shutil.copy(file, folder)
    rng = random.Random(arguments.seed)
    for i in range(mutations):
        (folder / f"{i:05}.Dockerfile").write_bytes(mutated(rng.choice(files).read_bytes(), rng))


def compare(arguments, options, mutations=0):
    wrong = []
    with tempfile.TemporaryDirectory(dir=MADE_IN) as name:
        folder = pathlib.Path(name)
        put_files(arguments, folder, mutations)
        read_before, texts_before = accepted(arguments.oracle, folder), texts(folder)
        rules = [o for o in options if o != "--unsafe"]
        before = report(arguments.binary, "check", folder, *rules)
        began = time.monotonic()
        result = report(arguments.binary, "fix", folder, *options)
        seconds = time.monotonic() - began
        read_after, texts_after = accepted(arguments.oracle, folder), texts(folder)
        again = report(arguments.binary, "fix", folder, *options)
        after = report(arguments.binary, "check", folder, *rules)

        applied = [f for f in result["fixes"] if f["status"] == "applied"]
        changed = [file for file in texts_before if texts_before[file] != texts_after[file]]
        for file, error in read_before.items():
            if error is None and read_after.get(file, "not read") is not None:
                wrong.append(f"{file}: BuildKit refuses it: {read_after.get(file)}")
        if texts_before.keys() != texts_after.keys():
            wrong.append("files were left or lost")
        for file, text in texts(folder).items():
            if text != texts_after[file]:
                wrong.append(f"{file}: a second run has changed it")
        wrong += [f"{f['file']}: a second run applies {f['rule']}" for f in again["fixes"] if f["status"] == "applied"]
        old, fixed, left = counted(before["findings"]), counted(applied), counted(after["findings"])
        for (file, rule), count in left.items():
            if count > old[file, rule] - fixed[file, rule]:
                wrong.append(f"{file}: {rule}: {old[file, rule]} findings, {fixed[file, rule]} fixed, {count} left")
        total = len(before["findings"])
        print(f"{' '.join(options) or 'safe'}{f', {mutations} mutations' if mutations else ''}: {len(changed)} of {len(texts_before)} files changed, {len(applied)} fixes written, "
              f"{sum(f['status'] == 'dropped' for f in result['fixes'])} dropped, findings {total} -> {len(after['findings'])}, "
              f"{seconds:.1f} s")
        print_rules(before, result)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--oracle", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--mutations", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wrong = compare(arguments, []) + compare(arguments, ["--unsafe"])
    if arguments.mutations:
        wrong += compare(arguments, ["--unsafe", "--preset", "all"], arguments.mutations)
    print(*wrong[:40], sep="\n")
    print(f"{len(wrong)} wrong")
    raise SystemExit(1 if wrong else 0)


main()
