#!/usr/bin/env python3
"""Has hadolint judge all real Dockerfiles before and after `plimsoll fix --unsafe --preset all`, code by code.

    _compare_fixes_hadolint.py --binary PLIMSOLL --hadolint PATH --data SHARED/data [--every N] [--show CODE]

Only changed files are judged: of the others hadolint says the same twice, and its recorded findings are counted.
Files that hadolint can't read before or after (DL1000) are left out, and counted. Exit status 1: fewer than 35 % of all findings
are gone, a code with a fix has not become rarer, or some code has grown.
"""
import argparse
import collections
import concurrent.futures
import gzip
import json
import pathlib
import shutil
import subprocess
import tempfile

import _peers

LEAST_SHARE = 0.35
FILES_A_CALL = 100


def chosen(arguments):
    return sorted((arguments.data / "lint/realworld").glob("*.Dockerfile"))[::arguments.every]


def fixed(arguments, folder):
    """Fixes copies in the folder; returns the texts that have changed, and the codes of which a fix was written."""
    before = {}
    for file in chosen(arguments):
        shutil.copy(file, folder)
        before[file.name] = file.read_bytes()
    common = ["--preset", "all", "--no-shellcheck", "--format", "json", "--fail-on", "never", "."]

    def report(*command):
        done = subprocess.run([arguments.binary, *command, *common], cwd=folder, capture_output=True)
        assert done.stdout, (done.returncode, done.stderr.decode(errors="replace")[:2000])
        return json.loads(done.stdout)
    codes_of = collections.defaultdict(set)
    for finding in report("check")["findings"]:
        codes_of[finding["file"], finding["line"], finding["rule"]] |= set(finding.get("aliases", {}).get("hadolint", []))
    codes = {code for fix in report("fix", "--unsafe")["fixes"] if fix["status"] == "applied"
             for code in codes_of[fix["file"], fix["line"], fix["rule"]]}
    return {name: text for name, text in before.items() if (folder / name).read_bytes() != text}, codes


def judged(hadolint, folder, names):
    """hadolint's findings of these files: {file: Counter of codes}."""
    def call(some):
        _, out, _ = _peers.run([hadolint, "--no-color", "-f", "json", *some], files=some, cwd=folder)
        return json.loads(out)
    parts = [names[i:i + FILES_A_CALL] for i in range(0, len(names), FILES_A_CALL)]
    counts = {name: collections.Counter() for name in names}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for findings in pool.map(call, parts):
            for finding in findings:
                counts[pathlib.Path(finding["file"]).name][finding["code"]] += 1
    return counts


def recorded(data):
    counts = collections.defaultdict(collections.Counter)
    for finding in json.loads(gzip.decompress((data / "lint/hadolint-realworld.json.gz").read_bytes())):
        counts[finding["file"]][finding["code"]] += 1
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--hadolint", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="one of so many files")
    parser.add_argument("--show", nargs="*", default=[], help="prints the files in which these codes have grown")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        changed, with_fix = fixed(arguments, folder)
        before, after = recorded(arguments.data), judged(arguments.hadolint, folder, sorted(changed))
    names = {file.name for file in chosen(arguments)}
    unread = {file for file in names if before[file]["DL1000"] or after.get(file, {}).get("DL1000")}
    lost = sorted(file for file in unread if not before[file]["DL1000"])
    old, new = collections.Counter(), collections.Counter()
    for file in names - unread:
        old.update(before[file])
        new.update(after.get(file, before[file]))
        for code in arguments.show:
            if after.get(file, before[file])[code] > before[file][code]:
                print(f"{code} grows in {file}: {before[file][code]} -> {after[file][code]}")

    wrong = [f"{file}: hadolint can't read it any more" for file in lost]
    print("code    before  after")
    for code in sorted(old | new, key=lambda code: (-(old[code] - new[code]), code)):
        print(f"{code:7} {old[code]:6} {new[code]:6}{'  fixed' if code in with_fix else ''}")
        if new[code] > old[code]:
            wrong.append(f"{code} has grown")
        elif code in with_fix and new[code] == old[code] > 0:
            wrong.append(f"{code} has a fix and has not become rarer")
    share = 1 - new.total() / old.total()
    print(f"total   {old.total():6} {new.total():6}  {100 * share:.1f} % fewer; {len(changed)} of {len(names)} files changed, "
          f"{len(unread)} not read by hadolint")
    if share < LEAST_SHARE:
        wrong.append(f"fewer than {100 * LEAST_SHARE:.0f} % are gone")
    print(*wrong, sep="\n")
    raise SystemExit(1 if wrong else 0)


main()
