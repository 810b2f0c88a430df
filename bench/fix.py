#!/usr/bin/env python3
"""Measures what `plimsoll fix` costs beside `plimsoll check`: CPU over many real Dockerfiles, each run on a fresh copy, since
fixing writes.

usage: fix.py [--files N] [--rounds N] [--no-peers]   (run by script/bench, which builds the program)
"""
import argparse
import pathlib
import shutil
import tempfile

from measuring import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
REALWORLD = ROOT / ".." / "shared" / "data" / "lint" / "realworld"
PLIMSOLL = ROOT / "build" / "release" / "plimsoll"
ROWS = [("check", ["check"]), ("fix", ["fix"]), ("fix --unsafe", ["fix", "--unsafe"])]
QUIET = ["--fail-on", "never", "--no-shellcheck", "."]


def cost(words, files):
    """Returns CPU seconds and wall seconds of one run over copies of the files."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            shutil.copyfile(file, pathlib.Path(folder) / file.name)
        return measure([PLIMSOLL, *words, *QUIET], cwd=folder)[:2]


def measure_preset(preset, files, rounds):
    rows = {name: [cost([*words, "--preset", preset], files) for _ in range(rounds)] for name, words in ROWS}
    # Other work on the machine can only add to a run's cost: the smallest is the nearest to its own.
    check = min(cpu for cpu, _ in rows["check"])
    for name, costs in rows.items():
        cpu, wall = (min(column) for column in zip(*costs))
        print(f"{name + ' --preset ' + preset:34}{cpu:8.2f}{wall:8.2f}{cpu / check:8.2f}x")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, help="measure the first N files only")
    parser.add_argument("--rounds", type=int, default=5, help="how often each command is run")
    parser.add_argument("--no-peers", action="store_true", help="as for the other measures; no peer is measured here")
    options = parser.parse_args()
    files = sorted(REALWORLD.glob("*.Dockerfile")) or sorted((ROOT / "examples").rglob("*.Dockerfile"))
    files = files[:options.files]
    print(f"\n{len(files)} Dockerfiles, fixed; minima of {options.rounds} runs; ratios of CPU to that of the check")
    print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'CPU':>9}")
    for preset in ("recommended", "all"):
        measure_preset(preset, files, options.rounds)


main()
