#!/usr/bin/env python3
"""Judges the test cases of KICS's Compose queries (../shared/data/compose/kics) and compares with what they expect.

usage: _compare_kics_compose.py [--binary FILE]
Each line that KICS expects must be reported under the query's id at this very line, and nothing may be reported under it
elsewhere in its positive files or anywhere in its negative ones. Where KICS names the key of a list, an item of that list is
meant just as well ("item"); a line that a finding names beside its own is the other half of a pair ("beside"). All other
differences stand in tests/peers/compose/kics.tsv with a reason each, and each query that has one is explained in
docs/differences.md under "### <query name>" of "## KICS on Compose files".
Exit status 1: they differ elsewhere, a difference of the list is none, or one is not explained. 77: the cases are absent.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / ".." / "shared" / "data" / "compose" / "kics"
DIFFERENCES = ROOT / "tests" / "peers" / "compose" / "kics.tsv"
SECTION = "KICS on Compose files"


def read_cases():
    """Returns [(query name, id, {("query folder/file", line)} expected, [path])]."""
    cases = []
    for folder in sorted(path.parent for path in CASES.glob("*/metadata.json")):
        about = json.loads((folder / "metadata.json").read_text())
        expected = set()
        for entry in json.loads((folder / "test" / "positive_expected_result.json").read_text()):
            file = entry.get("fileName") or entry.get("filename")
            if file is None:  # left out where there is one positive file
                (file,) = [path.name for path in (folder / "test").glob("positive*.yaml")]
            assert (folder / "test" / file).exists(), f"{folder}: {file} is absent"
            expected.add((f"{folder.name}/{file}", entry["line"]))
        cases.append((about["queryName"], about["id"], expected, sorted((folder / "test").glob("*.yaml"))))
    assert cases, f"no queries in {CASES}"
    return cases


def run_plimsoll(binary, files):
    """Returns [(file, line, lines beside it, [KICS id])], and what could not be judged."""
    command = [binary, "check", "--preset", "all", "--fail-on", "never", "--format", "json", *map(str, files)]
    run = subprocess.run(command, capture_output=True, cwd=CASES)
    if run.returncode not in (0, 3):
        sys.exit(f"plimsoll: exit status {run.returncode}\n{run.stderr.decode(errors='replace')}")
    report = json.loads(run.stdout)
    found = []
    for finding in report["findings"]:
        path = pathlib.Path(finding["file"])
        beside = {place["line"] for place in finding.get("related", []) if place["file"] == finding["file"]}
        ids = finding.get("aliases", {}).get("kics", [])
        found.append((f"{path.parent.parent.name}/{path.name}", finding["line"], beside, ids))
    return found, report["errors"]


def items_below(path, line):
    """Returns the lines of the block list that the key at `line` holds; none, if it holds something else."""
    lines = path.read_text().splitlines()
    indent = re.match(r" *", lines[line - 1])[0]
    below = set()
    for number in range(line + 1, len(lines) + 1):
        text = lines[number - 1]
        if not re.match(rf"{indent} *- " if not below else rf"{indent}( *- | )", text):
            break
        below.add(number)
    return below if lines[line - 1].rstrip().endswith(":") else set()


def judge(expected, ours, folder):
    """Sorts what KICS expects into {"exact", "item", "beside", "missing"}, and what it doesn't into "extra": sets of (file, line)."""
    kinds, used = collections.defaultdict(set), set()
    lines = collections.defaultdict(dict)
    for file, line, beside in ours:
        lines[file].setdefault(line, set()).update(beside)
    for file, line in expected:
        items = items_below(folder / "test" / pathlib.Path(file).name, line) & lines[file].keys()
        if line in lines[file]:
            kinds["exact"].add((file, line))
            used.add((file, line))
        elif items:
            kinds["item"].add((file, line))
            used |= {(file, item) for item in items}
        elif any(line in beside for beside in lines[file].values()):
            kinds["beside"].add((file, line))
        else:
            kinds["missing"].add((file, line))
    kinds["extra"] = {(file, line) for file in lines for line in lines[file]} - used
    return kinds


def read_differences():
    """Returns {(query name, file, line): "missing" or "extra"}; each line of the table has a reason behind it."""
    differences = {}
    for row in DIFFERENCES.read_text().splitlines()[1:]:
        query, file, line, kind, reason = row.split("\t")
        assert kind in ("missing", "extra") and reason and (query, file, int(line)) not in differences, row
        differences[query, file, int(line)] = kind
    return differences


def explained_queries():
    text = (ROOT / "docs" / "differences.md").read_text()
    section = re.search(rf"^## {SECTION}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    headings = re.findall(r"^### (.*)", section[1] if section else "", re.M)
    return {name.strip() for heading in headings for name in heading.split(" · ")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "release" / "plimsoll"))
    binary = str(pathlib.Path(parser.parse_args().binary).resolve())
    if not CASES.exists():
        print("skipped: shared data absent")
        sys.exit(77)
    cases = read_cases()
    found, errors = run_plimsoll(binary, [file for case in cases for file in case[3]])
    listed, explained = read_differences(), explained_queries()
    bad, seen, counts = [f"could not be judged: {error}" for error in errors], set(), collections.Counter()
    print(f"{'query':50}files  expected  exact  item  beside  listed  bad")
    for name, uuid, expected, files in cases:
        folder = files[0].parent.parent
        ours = [finding[:3] for finding in found if uuid in finding[3] and finding[0].startswith(folder.name + "/")]
        kinds = judge(expected, ours, folder)
        differs = {(name, *place): kind for kind in ("missing", "extra") for place in kinds[kind]}
        wrong = {place: kind for place, kind in differs.items() if listed.get(place) != kind}
        bad += [f"{kind}: {file}:{line} ({query})" for (query, file, line), kind in sorted(wrong.items())]
        if differs and name not in explained:
            bad.append(f'docs/differences.md has no "### {name}" under "## {SECTION}"')
        seen |= differs.items() - wrong.items()
        row = [len(files), len(expected), *(len(kinds[kind]) for kind in ("exact", "item", "beside"))]
        row += [len(differs) - len(wrong), len(wrong)]
        counts.update(dict(enumerate(row)))
        print(f"{name:50}{row[0]:5}{row[1]:10}{row[2]:7}{row[3]:6}{row[4]:8}{row[5]:8}{row[6]:5}")
    bad += [f"listed as a difference, but none: {place}" for place in sorted(listed.items() - seen)]
    differing = {name for (name, _, _), _ in seen}
    bad += [f"docs/differences.md explains {name}, which does not differ" for name in sorted(explained - differing)]
    print(f"{len(cases)} queries, {counts[0]} files, {counts[1]} places expected, {counts[2]} at their line, "
          f"{counts[3]} at the item, {counts[4]} beside a finding, {counts[5]} differences on purpose")
    print(*bad, sep="\n")
    sys.exit(1 if bad else 0)


main()
