#!/usr/bin/env python3
"""Measures `plimsoll check` beside hadolint and tally: CPU, wall time and peak memory over many real Dockerfiles, the
start of the program on one file, and many Dockerfiles that share one build context.

usage: lint.py [--files N] [--rounds N] [--no-peers]   (run by script/bench, which builds the program and installs the peers)
"""
import argparse
import collections
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

from measuring import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
REALWORLD = ROOT / ".." / "shared" / "data" / "lint" / "realworld"
PLIMSOLL = ROOT / "build" / "release" / "plimsoll"
PEERS = ROOT / "build" / "peers" / "bin"
HADOLINT = [PEERS / "hadolint", "--no-fail", "-f", "json"]
TALLY = [PEERS / "tally", "lint", "--no-config", "--slow-checks=off", "--no-color", "--hide-source", "-f", "json",
         "--fail-level", "none", "--ignore", "shellcheck/*"]
# hadolint always runs its own ShellCheck; the other two are measured without.
CHECK = [PLIMSOLL, "check", "--format", "json", "--fail-on", "never", "--no-shellcheck"]
# BuildKit cannot parse this one; tally then prints nothing at all.
TALLY_REFUSES = "1091-ba4a872a.Dockerfile"


def measure_many(files, peers, rounds):
    print(f"\n{len(files)} Dockerfiles, one process, all findings as JSON; medians of {rounds} rounds, in each of which every row")
    print("runs once; ratios to the first row of the same round")
    print(f"{'':26}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'ms CPU/file':>13}{'CPU':>9}{'wall':>9}{'memory':>9}")
    rows = [("plimsoll", CHECK, files), ("plimsoll --preset all", [*CHECK, "--preset", "all"], files),
            ("plimsoll --jobs 1", [*CHECK, "--jobs", "1"], files)]
    if "hadolint" in peers:
        rows.append(("hadolint with ShellCheck", HADOLINT, files))
    if "tally" in peers:
        rows.append(("tally without ShellCheck", TALLY, [f for f in files if f.name != TALLY_REFUSES]))
    for _, command, inputs in rows:
        measure([*command, *inputs[:10]])  # the program and its libraries are in memory afterwards
    measured = [[measure([*command, *inputs]) for _, command, inputs in rows] for _ in range(rounds)]
    for i, (name, _, inputs) in enumerate(rows):
        cpu, wall, peak = (statistics.median(round_[i][column] for round_ in measured) for column in range(3))
        ratios = [statistics.median(round_[i][column] / round_[0][column] for round_ in measured) for column in range(3)]
        print(f"{name:26}{cpu:8.2f}{wall:8.2f}{peak:9.1f}{1000 * cpu / len(inputs):13.3f}"
              + "".join(f"{ratio:8.1f}x" for ratio in ratios))


def measure_start(file, peers):
    """In a folder of its own, as in a project: not among thousands of others, whose names would be read as its build context."""
    with tempfile.TemporaryDirectory() as folder:
        measure_one(shutil.copyfile(file, pathlib.Path(folder) / "Dockerfile"), peers)


def measure_one(file, peers):
    print("\none Dockerfile, start of the process included (median; in turn); `true` is what starting anything costs here")
    commands = [("plimsoll", CHECK, 100), ("plimsoll --version", [PLIMSOLL, "--version"], 100), ("true", ["/bin/true"], 100)]
    commands += [(name, command, 15) for name, command in (("hadolint", HADOLINT), ("tally", TALLY)) if name in peers]
    first = None
    walls = collections.defaultdict(list)
    for turn in range(max(runs for _, _, runs in commands)):
        for name, command, runs in commands:
            if turn >= runs:
                continue
            command = [*command] if name in ("plimsoll --version", "true") else [*command, file]
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            walls[name].append(time.perf_counter() - start)
    for name, _, runs in commands:
        median = statistics.median(walls[name])
        first = first or median
        print(f"{name:26}{1000 * median:8.1f} ms{median / first:10.1f}x")


def directory_reads(command, cwd):
    """Returns how many getdents64 calls a run makes, or None where strace cannot trace."""
    with tempfile.NamedTemporaryFile("r") as counts:
        run = subprocess.run(["strace", "-f", "-c", "-e", "trace=getdents64", "-o", counts.name, *command], cwd=cwd,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        rows = [line.split() for line in counts if "getdents64" in line]
    return int(rows[0][3]) if run.returncode == 0 and rows else None


def measure_shared_context(count):
    """Each Dockerfile copies the whole context, so a program that reads it anew for each is quadratic."""
    print(f"\nDockerfiles with COPY . . in one folder of {count} source files")
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        for i in range(count):
            (pathlib.Path(folder) / f"module{i:03}.py").write_text("print('hello')\n")
        for total in (1, count // 10, count):
            for i in range(total):
                (pathlib.Path(folder) / f"service{i:03}.Dockerfile").write_text(
                    "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nUSER 10001\nCMD [\"python\", \"module000.py\"]\n")
            cpu, wall, peak = min(measure([*CHECK, "."], cwd=folder) for _ in range(3))
            reads = directory_reads([*CHECK, "."], folder) if shutil.which("strace") else None
            costs.append(cpu / total)
            print(f"{total:5} files: CPU {1000 * cpu:8.1f} ms, {1000 * cpu / total:7.3f} ms a file, wall {1000 * wall:7.1f} ms,"
                  f" peak {peak:.1f} MB, getdents64 calls: {'not traced' if reads is None else reads}")
    print(f"cost of a file among {count} to that of one alone (start included): {costs[-1] / costs[0]:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, help="measure the first N files only")
    parser.add_argument("--rounds", type=int, default=3, help="how often the many files are judged by each")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    files = sorted(REALWORLD.glob("*.Dockerfile")) or sorted((ROOT / "examples").rglob("*Dockerfile"))
    files = files[:options.files]
    peers = [] if options.no_peers else [name for name in ("hadolint", "tally") if (PEERS / name).exists()]
    measure_many(files, peers, options.rounds)
    measure_start(min(files, key=lambda file: abs(file.stat().st_size - 1200)), peers)
    measure_shared_context(700)


main()
