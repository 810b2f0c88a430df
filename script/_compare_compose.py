"""Compares our loading of Compose projects with compose-go's: the JSON of each project, and which ones are refused.
usage: _compare_compose.py --oracle FILE --ours FILE --data DIR [--show N] [--only SET] [--seed N] [--pairs N]

  --data   ../shared/data
  --ours   the program of tests/peers/compose/loaded.cc
  --show   so many differences of each set are printed, with the lines that differ
  --only   one of realworld, inline, model, pairs, fixtures

Sets: files of real projects and the literals of compose-go's tests, against recorded answers; random pairs of real files
as `-f a -f b` and the projects among compose-go's fixtures, against the oracle itself."""
import argparse
import concurrent.futures
import difflib
import gzip
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import _peers

# What is different on purpose, by the set and the first word of the name.
SSH = "compose-go loads it, but can't print its own `ssh` with a path as JSON"
LABELS = "compose-go's raw model is made before label files are read"
EXCEPTED = {
    ("inline", "108"): SSH, ("inline", "109"): SSH,
    ("model", "57"): LABELS, ("model", "102"): LABELS, ("model", "103"): LABELS, ("model", "144"): LABELS,
    ("model", "145"): LABELS, ("model", "146"): LABELS,
}

FLAGS = {"paths": "-no-path-resolution", "env": "-no-env-resolution", "consistency": "-no-consistency"}


def as_text(value):
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False)


class Case:
    """One project: what is asked of us, and what compose-go answers: {"ok": ...} or {"error": ...}."""

    def __init__(self, name, request, expected=None, text=None):
        self.name, self.request, self.expected, self.text, self.got = name, request, expected, text, None

    def verdict(self):
        if ("ok" in self.got) != ("ok" in self.expected):
            return "refusal"
        if "ok" in self.got and as_text(self.got["ok"]) != as_text(self.expected["ok"]):
            return "different"
        return "equal"

    def explain(self):
        print(f"--- {self.name}: {self.verdict()}  {self.request['files']}")
        if "ok" in self.got and "ok" in self.expected:
            lines = difflib.unified_diff(as_text(self.expected["ok"]).splitlines(), as_text(self.got["ok"]).splitlines(),
                                         "compose-go", "ours", lineterm="", n=2)
            print("\n".join(list(lines)[:60]))
            return
        if self.text is not None:
            print(self.text.rstrip())
        print("compose-go:", self.expected.get("error", "accepts"))
        print("ours:      ", "; ".join(self.got.get("error", ["accepts"])))


def ask_ours(program, cases):
    """All requests to one process: its speed is that of a scan over a repository."""
    lines = "".join(json.dumps(case.request) + "\n" for case in cases)
    done = subprocess.run([program], input=lines, text=True, stdout=subprocess.PIPE, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(cases):
        broken = cases[len(answers)].name if len(answers) < len(cases) else "?"
        sys.exit(f"{program}: exit status {done.returncode} at {broken}")
    for case, answer in zip(cases, answers, strict=True):
        case.got = answer


def ask_oracle(oracle, data, case):
    request = case.request
    call = [oracle, "-q", "-no-os-env", "-p", request["name"]]
    call += [word for file in request["files"] for word in ("-f", file)]
    call += [word for name, value in request.get("environment", {}).items() for word in ("-e", f"{name}={value}")]
    call += [word for file in request.get("env_files", []) for word in ("-env-file", file)]
    call += [word for profile in request.get("profiles", []) for word in ("-profile", profile)]
    call += [flag for key, flag in FLAGS.items() if not request.get(key, True)]
    status, out, err = _peers.run(call, folder=data, cwd=request["working_directory"])
    if status == 0:
        case.expected = {"ok": json.loads(out)}
    else:
        case.expected = {"error": err.decode(errors="replace").strip()}


def golden(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def request_of(files, folder, **more):
    """As the golden files were made: paths as written, every profile."""
    request = {"files": [str(file) for file in files], "working_directory": str(folder), "name": "p", "profiles": ["*"],
               "paths": False, "env": False}
    return request | more


def realworld(data):
    folder = data / "realworld"
    return [Case(row["file"], request_of([folder / row["file"]], folder), row)
            for row in golden(data / "golden/realworld.canonical.jsonl.gz")]


def inline(data, scratch, model):
    """Each literal in a folder of its own, beside the label files that were there when the answers were recorded."""
    labels = {file.name: file.read_bytes() for file in (data / "compose-go-fixtures").glob("example*.label")}
    cases = []
    for row in golden(data / "golden/inline-tests.canonical.jsonl.gz"):
        folder = pathlib.Path(scratch) / str(row["index"])
        folder.mkdir(exist_ok=True)
        file = folder / "compose.yaml"
        file.write_text(row["yaml"], encoding="utf-8")
        for name, bytes_ in labels.items():
            (folder / name).write_bytes(bytes_)
        good, bad = ("model", "model_error") if model else ("ok", "error")
        expected = {"ok": row[good]} if good in row else {"error": row[bad]}
        request = request_of([file], folder, model=model, consistency=not model)
        cases.append(Case(f"{row['index']} {row['file']}:{row['line']} {row['test']}", request, expected, row["yaml"]))
    return cases


def services_of(row):
    return set(row["ok"].get("services", {}))


def pairs(data, seed, count):
    """Half of them set settings of one service, so that something is merged."""
    generator = random.Random(seed)
    folder = data / "realworld"
    rows = [row for row in golden(data / "golden/realworld.canonical.jsonl.gz") if "ok" in row]
    chosen = [(a, b) for a in rows for b in rows if a is not b and services_of(a) & services_of(b)]
    drawn = generator.sample(chosen, count // 2) + [tuple(generator.sample(rows, 2)) for _ in range(count // 2)]
    return [Case(f"{a['file']} + {b['file']}", request_of([folder / a["file"], folder / b["file"]], folder))
            for a, b in drawn]


def fixtures(data):
    """Every YAML file by itself, paths and env files resolved, and those that are made for each other together."""
    folder = data / "compose-go-fixtures"
    resolved = {"paths": True, "env": True, "environment": {"HOME": "/home/someone"}}
    files = sorted(file for file in folder.rglob("*") if re.search(r"\.ya?ml$", file.name) and file.is_file())
    cases = [Case(str(file.relative_to(folder)), request_of([file], file.parent, **resolved)) for file in files]
    cases += [Case(f"{file.relative_to(folder)} without profiles", request_of([file], file.parent, **resolved, profiles=[]))
              for file in files]
    for file in files:
        others = [other for other in files if other.parent == file.parent and other is not file]
        for other in others[:4] if len(others) > 8 else others:
            name = f"{file.relative_to(folder)} + {other.name}"
            cases.append(Case(name, request_of([file, other], file.parent, **resolved)))
    for env in sorted(folder.rglob("*.env")):
        for file in [file for file in files if file.parent == env.parent][:3]:
            name = f"{file.relative_to(folder)} with {env.name}"
            cases.append(Case(name, request_of([file], file.parent, **resolved, env_files=[str(env)])))
    return cases


def compare(name, cases, live, options):
    ask_ours(options.ours, cases)
    if live:
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(lambda case: ask_oracle(options.oracle, options.data / "compose", case), cases))
    bad = [case for case in cases if case.verdict() != "equal"]
    surprising = [case for case in bad if (name, case.name.split()[0]) not in EXCEPTED]
    refused = sum("error" in case.expected for case in cases)
    refusals = sum(case.verdict() == "refusal" for case in bad)
    print(f"{name}: {len(cases)} projects, {len(cases) - len(bad)} equal ({refused} of all refused by compose-go), "
          f"{len(bad) - refusals} different, {refusals} refused by one alone, {len(bad) - len(surprising)} of these excepted")
    for case in surprising[:options.show]:
        case.explain()
    without_place = [case for case in cases if any(not re.match(r"[^:]+:\d+:\d+: ", text) for text in case.got.get("error", []))]
    if without_place:
        print(f"  {len(without_place)} refused without a place, such as {without_place[0].name}: {without_place[0].got['error'][0]}")
    return not surprising


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=300)
    options = parser.parse_args()
    options.oracle, options.ours = (str(pathlib.Path(path).resolve()) for path in (options.oracle, options.ours))
    data = (options.data / "compose").resolve()
    with tempfile.TemporaryDirectory() as scratch:
        sets = {
            "realworld": lambda: (realworld(data), False),
            "inline": lambda: (inline(data, scratch, False), False),
            "model": lambda: (inline(data, scratch, True), False),
            "pairs": lambda: (pairs(data, options.seed, options.pairs), True),
            "fixtures": lambda: (fixtures(data), True),
        }
        good = True
        for name, made in sets.items():
            if options.only in (None, name):
                good &= compare(name, *made(), options)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
