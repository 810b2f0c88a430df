#!/usr/bin/env python3
"""Measures `plimsoll check` on Compose projects: beside compose-lint on many real files, and on a large repository.

usage: compose.py [--rounds N] [--no-peers]   (run by script/bench, which builds the program and installs the peers)
"""
import argparse
import pathlib
import statistics
import tempfile

from measuring import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
REALWORLD = ROOT / ".." / "shared" / "data" / "compose" / "realworld"
PLIMSOLL = ROOT / "build" / "release" / "plimsoll"
COMPOSE_LINT = ROOT / "build" / "peers" / "bin" / "compose-lint"
CHECK = [PLIMSOLL, "check", "--format", "json", "--fail-on", "never", "--no-shellcheck"]


def measure_files(files, peers, rounds):
    print(f"\n{len(files)} Compose files, one process, all findings as JSON; medians of {rounds} rounds")
    print(f"{'':26}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'CPU':>9}{'wall':>9}{'memory':>9}")
    rows = [("plimsoll", CHECK), ("plimsoll --preset all", [*CHECK, "--preset", "all"])]
    if peers:
        rows.append(("compose-lint", [COMPOSE_LINT, "check", "--format", "json"]))
    for _, command in rows:
        measure([*command, *files[:10]])
    measured = [[measure([*command, *files]) for _, command in rows] for _ in range(rounds)]
    for i, (name, _) in enumerate(rows):
        cpu, wall, peak = (statistics.median(round_[i][column] for round_ in measured) for column in range(3))
        ratios = [statistics.median(round_[i][column] / round_[0][column] for round_ in measured) for column in range(3)]
        print(f"{name:26}{cpu:8.3f}{wall:8.3f}{peak:9.1f}" + "".join(f"{ratio:8.1f}x" for ratio in ratios))


def measure_repository(services, projects):
    """Each project has a Compose file and as many services with Dockerfiles of their own."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(projects):
            base = pathlib.Path(folder) / f"team{number // 30:02}" / f"project{number:03}"
            text = "services:\n"
            for service in range(services):
                name = f"service{service}"
                (base / name / "src").mkdir(parents=True)
                (base / name / "src" / "main.py").write_text("print('hello')\n")
                (base / name / ".dockerignore").write_text("**/.env\n")
                (base / name / "Dockerfile").write_text(
                    "FROM python:3.12-slim\nWORKDIR /app\nRUN pip install flask\nCOPY . .\nCMD [\"python\", \"src/main.py\"]\n")
                text += f"  {name}:\n    build: ./{name}\n    ports: ['{8000 + service}:80']\n    environment:\n      A: b\n"
            (base / "compose.yaml").write_text(text)
        cpu, wall, peak = min((measure([*CHECK, "."], cwd=folder) for _ in range(3)), key=lambda row: row[1])
        print(f"\na repository of {services * projects} Dockerfiles and {projects} Compose files that build them: "
              f"CPU {cpu:.2f} s, wall {wall:.2f} s, peak {peak:.1f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    files = sorted(file for pattern in ("*.yml", "*.yaml") for file in REALWORLD.glob(pattern))
    files = files or [ROOT / "examples" / "shop" / "compose.yaml"]
    measure_files(files, not options.no_peers and COMPOSE_LINT.exists(), options.rounds)
    measure_repository(5, 600)


main()
