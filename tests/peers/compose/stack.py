#!/usr/bin/env python3
"""Judges the fixtures of a published comparison of Compose linters and looks for what was planted in them.

usage: stack.py PLIMSOLL FIXTURES   (FIXTURES: ../shared/data/compose/anchor-fixtures)
stack.tsv beside this file says it, written from the fixtures alone: which rule must speak of which service at which line of
which file, and which place must be named beside it. The groups: planted (three settings, each in eight ways, which reach
over anchors, variables and files), form (other spellings), safe (what only looks dangerous: the rule must say nothing of the
service), sixteen (one misconfiguration a service). At another line these rules may not speak of the service either.
Exit status 1: something is not so.
"""
import collections
import json
import pathlib
import subprocess
import sys

TABLE = pathlib.Path(__file__).resolve().parent / "stack.tsv"
# So many of each group; a row that gets lost is no success.
COUNTS = {"planted": 24, "form": 5, "safe": 6, "sixteen": 18}


def read_table():
    header, *rows = [line.split("\t") for line in TABLE.read_text().splitlines()]
    rows = [dict(zip(header, row, strict=True)) for row in rows]
    assert collections.Counter(row["group"] for row in rows) == COUNTS, "rows are missing in stack.tsv"
    return rows


def judge(plimsoll, path):
    """Returns {(service, rule): {(file, line): {"file:line" named beside it}}}; files are relative to the project."""
    folder = path if path.is_dir() else path.parent
    command = [plimsoll, "check", "--preset", "all", "--fail-on", "never", "--today", "2026-11-24", "--format", "json"]
    run = subprocess.run([*command, "." if path.is_dir() else path.name], capture_output=True, cwd=folder)
    assert run.returncode == 0, f"{path}: exit status {run.returncode}: {run.stderr.decode()}"
    report = json.loads(run.stdout)
    assert not report["errors"], report["errors"]
    found = collections.defaultdict(dict)
    for finding in report["findings"]:
        beside = {f"{place['file']}:{place['line']}" for place in finding.get("related", [])}
        key = finding.get("subject", {}).get("name"), finding["rule"]
        found[key].setdefault((finding["file"], finding["line"]), set()).update(beside)
    return found


def main():
    plimsoll, fixtures = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    rows, bad = read_table(), []
    expected = collections.defaultdict(dict)
    for row in rows:
        places = expected[row["project"], row["service"], row["rule"]]
        if row["line"] != "-":
            places[row["file"], int(row["line"])] = row["beside"]
    found = {project: judge(plimsoll, fixtures / project) for project in {row["project"] for row in rows}}
    for (project, service, rule), places in expected.items():
        ours = found[project][service, rule]
        what = f"{project}: {rule} of {service}"
        if places.keys() != ours.keys():
            bad.append(f"{what} is at {sorted(ours) or 'no place'}, expected {sorted(places) or 'none'}")
        for place in places.keys() & ours.keys():
            if places[place] not in ours[place] | {"-"}:
                bad.append(f"{what} at {place} names {sorted(ours[place])} beside it, expected {places[place]}")
    print(*bad, sep="\n")
    print(f"{len(rows)} rows, {len(bad)} not so")
    sys.exit(1 if bad else 0)


main()
