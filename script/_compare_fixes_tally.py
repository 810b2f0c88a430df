#!/usr/bin/env python3
"""Fixes copies of the real Dockerfiles of fix-sample.txt with `plimsoll fix` and with `tally lint --fix`, side by side.

    _compare_fixes_tally.py --binary PLIMSOLL --tally PATH --oracle PATH [--hadolint PATH] --data SHARED/data

Both with safe fixes alone and with all, of all rules (`fix --preset all`, `--unsafe`; `--fix`, `--fix-unsafe`). BuildKit's own
parser says which files no longer parse; a second run says which fixes go on; hadolint, where it is given, judges before and after.
Of a file that no longer parses nothing counts as fixed. Exit status 1: we have broken a file, a second run of ours changes one, or
tally has fixed as many of hadolint's findings.
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

TALLY = ["lint", "--no-config", "--slow-checks=off", "--no-color", "--hide-source", "-f", "json", "--fail-level", "none",
         "--ignore", "shellcheck/*"]
FILES_A_CALL = 100


def run(command, folder, **options):
    return subprocess.run(command, cwd=folder, capture_output=True, **options)


def texts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def accepted(oracle, folder):
    names = sorted(file.name for file in folder.iterdir())
    done = run([oracle], folder, input="\n".join(names) + "\n", text=True, errors="replace")
    return {answer["file"] for answer in map(json.loads, done.stdout.splitlines()) if answer.get("error") is None}


def plimsoll(binary, folder, names, unsafe):
    run([binary, "fix", "--no-shellcheck", "--fail-on", "never", "--format", "json",
         "--preset", "all", *(["--unsafe"] if unsafe else []), *names], folder)


def tally(binary, folder, names, unsafe):
    run([binary, *TALLY, "--fix", *(["--fix-unsafe"] if unsafe else []), *names], folder)


def own_findings(tool, binary, folder, names):
    if tool is tally:
        findings = json.loads(run([binary, *TALLY, *names], folder).stdout or b'{"files": []}')
        return sum(len(file["violations"]) for file in findings["files"])
    options = ["--no-shellcheck", "--fail-on", "never", "--format", "json", "--preset", "all"]
    return len(json.loads(run([binary, "check", *options, *names], folder).stdout)["findings"])


def judged(hadolint, folder, names):
    def call(some):
        return json.loads(run([hadolint, "--no-color", "-f", "json", *some], folder).stdout)
    counts = collections.Counter()
    unread = set()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for findings in pool.map(call, [names[i:i + FILES_A_CALL] for i in range(0, len(names), FILES_A_CALL)]):
            for finding in findings:
                counts[pathlib.Path(finding["file"]).name] += 1
                if finding["code"] == "DL1000":
                    unread.add(pathlib.Path(finding["file"]).name)
    return counts, unread


class Sample:
    """What hadolint has said of some of the files."""

    def __init__(self, data):
        self.names = set((data / "lint/fix-sample.txt").read_text().split())
        self.counts = collections.Counter()
        for finding in json.loads(gzip.decompress((data / "lint/hadolint-realworld.json.gz").read_bytes())):
            if finding["file"] in self.names:
                self.counts[finding["file"]] += 1
                if finding["code"] == "DL1000":
                    self.names.discard(finding["file"])


def measure(arguments, tool, binary, unsafe, sample):
    row = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for name in sample.names:
            shutil.copy(arguments.data / "lint/realworld" / name, folder)
        # tally judges nothing if BuildKit refuses one of the files.
        for refused in {file.name for file in folder.iterdir()} - accepted(arguments.oracle, folder):
            (folder / refused).unlink()
        before = texts(folder)
        names = sorted(before)
        own_before = own_findings(tool, binary, folder, names)
        tool(binary, folder, names, unsafe)
        once, parsed = texts(folder), accepted(arguments.oracle, folder)
        row["changed"] = sum(once[n] != before[n] for n in names)
        row["broken"] = len(before.keys() - parsed)
        # What doesn't parse is as it was to begin with, so that the rest can be judged.
        for lost in before.keys() - parsed:
            (folder / lost).write_bytes(before[lost])
        own_after = own_findings(tool, binary, folder, names)
        row["own findings"] = f"{own_before} -> {own_after}"
        if arguments.hadolint:
            some = sorted(sample.names & parsed & {n for n in names if once[n] != before[n]})
            counts, unread = judged(arguments.hadolint, folder, some)
            total = sum(sample.counts[n] for n in sample.names)
            row["fixed"] = sum(sample.counts[n] - counts[n] for n in some if n not in unread)
            row["judged"] = f"{total} -> {total - row['fixed']}"
        start = texts(folder)
        tool(binary, folder, names, unsafe)
        row["changed again"] = sum(text != start[n] for n, text in texts(folder).items() if n in parsed)
    return row


def main():
    parser = argparse.ArgumentParser()
    path = lambda given: str(pathlib.Path(given).resolve())
    parser.add_argument("--binary", required=True, type=path)
    parser.add_argument("--tally", required=True, type=path)
    parser.add_argument("--oracle", required=True, type=path)
    parser.add_argument("--hadolint", type=path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    sample = Sample(arguments.data)
    wrong = []
    print(f"{'':22} {'changed':>8} {'broken':>7} {'changed again':>14} {'own findings':>16} {'hadolint (' + str(len(sample.names)) + ' files)':>22}")
    for unsafe in (False, True):
        rows = {}
        for name, tool, binary in (("plimsoll", plimsoll, arguments.binary), ("tally", tally, arguments.tally)):
            row = rows[name] = measure(arguments, tool, binary, unsafe, sample)
            print(f"{name + (', all fixes' if unsafe else ', safe fixes'):22} {row['changed']:8} {row['broken']:7} {row['changed again']:14} "
                  f"{row['own findings']:>16} {row.get('judged', ''):>22}", flush=True)
        if rows["plimsoll"]["broken"] or rows["plimsoll"]["changed again"]:
            wrong.append("plimsoll has broken a file, or a second run changes one")
        if arguments.hadolint and rows["plimsoll"]["fixed"] <= rows["tally"]["fixed"]:
            wrong.append("tally has fixed as many of hadolint's findings")
    print(*wrong, sep="\n")
    raise SystemExit(1 if wrong else 0)


main()
