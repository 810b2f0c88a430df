#!/usr/bin/env python3
"""Proves that what OWASP's Docker cheat sheet asks of a Compose file has a rule, a bad case and a good one.

usage: owasp.py PLIMSOLL ROOT DATA   (ROOT: the project's, DATA: ../shared/data)
Each row of DATA/compose/rules.tsv with an OWASP number must be in owasp.tsv beside this file, which names our rule and two
regular expressions, one that a bad case of the row must match and one for a good case. Cases are the examples of the rule
(`plimsoll explain`) and the blocks of tests/rules/*/<rule>.md that are Compose projects; the unit tests run them all, and
those chosen here are judged again: the rule must speak of the bad one and be silent about the good one.
Exit status 1: a row has none; it says which.
"""
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TABLE = pathlib.Path(__file__).resolve().parent / "owasp.tsv"


def read_rows(path):
    header, *rows = [line.split("\t") for line in path.read_text().splitlines()]
    return [dict(zip(header, row)) for row in rows]


@functools.cache
def example_cases(plimsoll, rule):
    """(flagged, {path: text}) of what `explain` prints."""
    return list(read_examples(plimsoll, rule))


def read_examples(plimsoll, rule):
    run = subprocess.run([plimsoll, "explain", "--color", "never", rule], capture_output=True, text=True, check=True)
    for block in re.split(r"^(?=Reported$|Not reported$)", run.stdout, flags=re.M)[1:]:
        block = re.split(r"^(?:Fixed$|Source: )", block, flags=re.M)[0]
        head, *lines = block.splitlines()
        files, path = {}, "compose.yaml"
        for line in lines:
            if re.match(r"  \S", line):
                path = line.strip()
            else:
                files[path] = files.get(path, "") + line[4:] + "\n"
        yield head == "Reported", {path: text for path, text in files.items() if text.strip()}


def markdown_cases(path, rule):
    """Yields (flagged, {"compose.yaml": text}) of the blocks that are a project by themselves."""
    for text in re.findall(r"^```yaml\n(.*?)^```$", path.read_text(), re.M | re.S):
        yield f"# expect: {rule}" in text, {"compose.yaml": text}


def is_compose(files):
    return any(name.endswith((".yaml", ".yml")) and re.search(r"^services:", text, re.M) for name, text in files.items())


def reported_rules(plimsoll, projects):
    """Judges projects, each in a folder of its own: the rules that speak, in the same order."""
    rules = [set() for _ in projects]
    with tempfile.TemporaryDirectory() as folder:
        for number, files in enumerate(projects):
            for name, text in files.items():
                path = pathlib.Path(folder, str(number), name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        command = [plimsoll, "check", "--preset", "all", "--fail-on", "never", "--today", "2026-11-24", "--format", "json"]
        run = subprocess.run(command, capture_output=True, check=True, cwd=folder)
    for finding in json.loads(run.stdout)["findings"]:
        rules[int(finding["file"].partition("/")[0])].add(finding["rule"])
    return rules


def matching(cases, flagged, pattern):
    return [files for is_bad, files in cases
            if is_bad == flagged and any(re.search(pattern, text, re.S | re.I) for text in files.values())]


def main():
    plimsoll, root, data = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    wanted = [row["plimsoll_name"] for row in read_rows(data / "compose" / "rules.tsv") if row["owasp"]]
    named = {}
    for row in read_rows(data / "rule-names.tsv"):
        for name in re.findall(r"[\w-]+", row["rows of compose/rules.tsv"]):
            named.setdefault(name, set()).add(row["rule"])
    ours, bad = read_rows(TABLE), []
    assert len(wanted) >= 39, "rows with an OWASP number are gone"
    bad += [f"{name}: not in owasp.tsv" for name in wanted if name not in {row["row"] for row in ours}]
    for name in sorted(named.keys() & set(wanted)):
        other = named[name] - {row["rule"] for row in ours if row["row"] == name}
        bad += [f"{name}: rule-names.tsv calls it {rule}, owasp.tsv does not" for rule in sorted(other)]
    asked = []  # (row, key, wanted, files)
    for row in ours:
        name, rule = row["row"], row["rule"]
        cases = [case for case in example_cases(plimsoll, rule) if is_compose(case[1])]
        for path in root.glob(f"tests/rules/*/{rule}.md"):
            cases += [case for case in markdown_cases(path, rule) if is_compose(case[1])]
        if name not in wanted:
            bad.append(f"{name}: has no OWASP number")
        for flagged, key in ((True, "bad"), (False, "good")):
            asked += [(name, key, flagged, files) for files in matching(cases, flagged, row[key])]
    told = reported_rules(plimsoll, [files for *_, files in asked])
    for row in ours:
        for flagged, key in ((True, "bad"), (False, "good")):
            judged = [(row["rule"] in rules) == flagged for (name, of, _, _), rules in zip(asked, told, strict=True)
                      if (name, of) == (row["row"], key)]
            if not any(judged):
                bad.append(f"{row['row']}: {row['rule']} has no {key} Compose case that matches {row[key]}")
    print(*bad, sep="\n")
    print(f"{len(wanted)} rows with an OWASP number, {len(bad)} complaints")
    sys.exit(1 if bad else 0)


main()
