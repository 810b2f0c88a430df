#!/usr/bin/env python3
"""Fixes copies of all real Dockerfiles and has BuildKit's own grammar read the results.

    _compare_fixes.py --binary PLIMSOLL --oracle PATH --data SHARED/data

Once with safe fixes and once with all. Each file that BuildKit has accepted must be accepted afterwards, a second run must change
nothing, and of each rule no file may have more findings than are left without those fixed. Printed is what became of each rule's
findings, and why fixes were dropped. Exit status 1: something is not so.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time


def report(binary, command, folder, *options):
    done = subprocess.run([binary, command, "--no-shellcheck", "--format", "json", "--fail-on", "never", *options, "."],
                          cwd=folder, capture_output=True)
    assert done.returncode in (0, 3), (done.returncode, done.stderr.decode(errors="replace")[:2000])
    return json.loads(done.stdout)


def accepted(oracle, folder):
    names = sorted(file.name for file in folder.iterdir())
    done = subprocess.run([oracle], cwd=folder, input="\n".join(names) + "\n", capture_output=True, text=True, errors="replace")
    return {answer["file"]: answer.get("error") for answer in map(json.loads, done.stdout.splitlines())}


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


def compare(arguments, options):
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file in sorted((arguments.data / "lint/realworld").glob("*.Dockerfile")):
            shutil.copy(file, folder)
        read_before, texts_before = accepted(arguments.oracle, folder), texts(folder)
        before = report(arguments.binary, "check", folder)
        began = time.monotonic()
        result = report(arguments.binary, "fix", folder, *options)
        seconds = time.monotonic() - began
        read_after, texts_after = accepted(arguments.oracle, folder), texts(folder)
        again = report(arguments.binary, "fix", folder, *options)
        after = report(arguments.binary, "check", folder)

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
        print(f"{' '.join(options) or 'safe'}: {len(changed)} of {len(texts_before)} files changed, {len(applied)} fixes written, "
              f"{sum(f['status'] == 'dropped' for f in result['fixes'])} dropped, findings {total} -> {len(after['findings'])}, "
              f"{seconds:.1f} s")
        print_rules(before, result)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--oracle", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    wrong = [f"{options or 'safe'}: {line}" for options in ([], ["--unsafe"]) for line in compare(arguments, options)]
    print(*wrong[:40], sep="\n")
    print(f"{len(wrong)} wrong")
    raise SystemExit(1 if wrong else 0)


main()
