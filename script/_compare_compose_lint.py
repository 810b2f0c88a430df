#!/usr/bin/env python3
"""Compares with compose-lint what both say of Compose files: its recorded findings on real ones, and those on its own cases.

usage: _compare_compose_lint.py --peer FILE [--binary FILE]   (FILE: compose-lint, the program)
What it reports under an id of a service must be reported by Plimsoll under the same id of the same service, in no other line
than it, unless ours is further in (lines of the service's own text); and nothing else under its ids. Differences on purpose
stand in tests/peers/compose/compose-lint.tsv with a reason each. Exit status 1: there is another one, or one of these is none.
77: the files are absent.
"""
import argparse
import collections
import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / ".." / "shared" / "data" / "compose"
DIFFERENCES = ROOT / "tests" / "peers" / "compose" / "compose-lint.tsv"
SETS = ("realworld", "compose-lint/tests/compose_files")


def recorded():
    """Returns {(file, id, service): {line}} of compose-lint on the real files."""
    found = collections.defaultdict(set)
    with gzip.open(DATA / "golden" / "compose-lint-0.36.2.realworld.tsv.gz", "rt") as rows:
        for row in list(rows)[1:]:
            file, line, rule, _, service = row.rstrip("\n").split("\t")
            found[file, rule, service].add(int(line))
    return found


def asked(peer, folder, names):
    # It judges nothing outside of the folder of its configuration, which is where it is started.
    run = subprocess.run([peer, "check", "--format", "json", *names], capture_output=True, cwd=folder)
    found = collections.defaultdict(set)
    for finding in json.loads(run.stdout)["findings"]:
        found[finding["file"], finding["rule_id"], finding["service"]].add(finding["line"])
    return found


def ours(binary, folder, names):
    """Each file by itself, as compose-lint judges them."""
    command = [binary, "check", "--preset", "all", "--fail-on", "never", "--no-shellcheck", "--format", "json", *names]
    run = subprocess.run(command, capture_output=True, cwd=folder)
    if run.returncode not in (0, 3):
        sys.exit(f"plimsoll: exit status {run.returncode}\n{run.stderr.decode(errors='replace')}")
    found = collections.defaultdict(set)
    for finding in json.loads(run.stdout)["findings"]:
        for name in finding.get("aliases", {}).get("compose-lint", []):
            found[finding["file"], name, finding.get("subject", {}).get("name", "")].add(finding["line"])
    return found


def compare(label, theirs, found, listed):
    """Prints a line and returns what differs and is not listed; takes what is listed off the list."""
    differs = {(label, *key): "missing" for key in theirs.keys() - found.keys()}
    differs |= {(label, *key): "extra" for key in found.keys() - theirs.keys()}
    both = theirs.keys() & found.keys()
    same = sum(theirs[key] <= found[key] for key in both)
    bad = [f"{kind}: {' '.join(key)}" for key, kind in sorted(differs.items()) if listed.get(key) != kind]
    # Where something lacks, compose-lint names the service; Plimsoll the list that is there, if there is one.
    bad += [f"reported above: {' '.join((label, *key))}" for key in sorted(both) if min(found[key]) < min(theirs[key])]
    known = 0
    for key, kind in differs.items():
        if listed.get(key) == kind:
            del listed[key]
            known += 1
    print(f"{label:35}{len(theirs):6} of theirs, {len(both)} of them ours, {same} in the same line, {known} differences on purpose, "
          f"{len(bad)} bad")
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "release" / "plimsoll"))
    parser.add_argument("--peer", required=True)
    options = parser.parse_args()
    binary, peer = (str(pathlib.Path(path).absolute()) for path in (options.binary, options.peer))
    if not DATA.exists():
        print("skipped: shared data absent")
        sys.exit(77)
    listed = {}
    for row in DIFFERENCES.read_text().splitlines()[1:]:
        label, file, rule, service, kind, reason = row.split("\t")
        assert kind in ("missing", "extra") and reason, row
        listed[label, file, rule, service] = kind
    bad = []
    for label in SETS:
        with tempfile.TemporaryDirectory() as folder:
            for path in (DATA / label).glob("*.y*ml"):
                shutil.copy(path, folder)
            names = sorted(path.name for path in pathlib.Path(folder).iterdir())
            theirs = recorded() if label == "realworld" else asked(peer, folder, names)
            bad += compare(label, theirs, ours(binary, folder, names), listed)
    bad += [f"listed as a difference, but none: {' '.join(key)}" for key in listed]
    print(*bad, sep="\n")
    sys.exit(1 if bad else 0)


main()
