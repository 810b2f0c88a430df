#!/usr/bin/env python3
"""Judges the test cases of KICS and checkov (../shared/data/lint/{kics,checkov}) and compares with what they expect.

usage: _compare_cases.py [--binary FILE] kics|checkov
One line a query or check: how many places (KICS: file and line; checkov: file) are expected, how many are reported under
its id at that place, how many are named there as related to a finding (the other half of a pair), how many are reported at
another line of the same file, how many in cases that must be clean, and other findings under its id in files that expect
some. "no rule": no rule of Plimsoll has this id.
Exit status 1: something expected is missing, a clean case is reported, or a query has no rule, and docs/differences.md has
no heading "### <query name>" under "## KICS" or "### <id>" under "## checkov" that says why; or too many KICS queries
have one; or too many lines are off. 77: the cases are absent.
"""
import argparse
import collections
import dataclasses
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINT = ROOT / ".." / "shared" / "data" / "lint"
# Of KICS's queries so many may be excepted, and so many of all expected lines reported at another line.
MAX_EXCEPTED, MAX_OTHER_LINES = 8, 0.10

# checkov names its cases after classes, and only their code says the ids.
CHECKOV_IDS = {
    "ExposePort22": "CKV_DOCKER_1", "HealthcheckExists": "CKV_DOCKER_2", "UserExists": "CKV_DOCKER_3",
    "AddExists": "CKV_DOCKER_4", "UpdateNotAlone": "CKV_DOCKER_5", "MaintainerExists": "CKV_DOCKER_6",
    "ReferenceLatestTag": "CKV_DOCKER_7", "RootUser": "CKV_DOCKER_8", "RunUsingAPT": "CKV_DOCKER_9",
    "WorkdirIsAbsolute": "CKV_DOCKER_10", "AliasIsUnique": "CKV_DOCKER_11", "RunUsingSudo": "CKV2_DOCKER_1",
    "RunUnsafeCurl": "CKV2_DOCKER_2", "RunUnsafeWget": "CKV2_DOCKER_3", "RunPipTrustedHost": "CKV2_DOCKER_4",
    "EnvPythonHttpsVerify": "CKV2_DOCKER_5", "EnvNodeTlsRejectUnauthorized": "CKV2_DOCKER_6",
    "RunApkAllowUntrusted": "CKV2_DOCKER_7", "RunAptGetAllowUnauthenticated": "CKV2_DOCKER_8",
    "RunYumNoGpgCheck": "CKV2_DOCKER_9", "RunRpmNoSignature": "CKV2_DOCKER_10", "RunAptGetForceYes": "CKV2_DOCKER_11",
    "EnvNpmConfigStrictSsl": "CKV2_DOCKER_12", "RunNpmConfigSetStrictSsl": "CKV2_DOCKER_13",
    "EnvGitSslNoVerify": "CKV2_DOCKER_14", "RunYumConfigManagerSslVerify": "CKV2_DOCKER_15",
    "EnvPipTrustedHost": "CKV2_DOCKER_16", "RunChpasswd": "CKV2_DOCKER_17",
}


@dataclasses.dataclass
class Case:
    """One query of a tool: where it must be reported, and in which files it must not be."""
    name: str
    id: str
    expected: set = dataclasses.field(default_factory=set)  # (file, line); line None: anywhere in the file
    counts: dict = dataclasses.field(default_factory=dict)  # (file, keyword): so many instructions, at least
    clean: set = dataclasses.field(default_factory=set)     # files, or (file, keyword)
    files: set = dataclasses.field(default_factory=set)     # all of its files


def kics_ids():
    """Returns {query name in lower case: uuid} from the table of the peers' rules."""
    header, *rows = [line.split("\t") for line in (LINT / "rules.tsv").read_text().splitlines()]
    cells = "; ".join(row[header.index("kics")] for row in rows)
    named = re.findall(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([^;(]+)", cells)
    return {name.strip().lower(): uuid for uuid, name in named}


def read_kics():
    queries = LINT / "kics" / "assets" / "queries"
    ids = kics_ids()
    for folder in sorted(queries.glob("*/*/test")):
        results = folder / "positive_expected_result.json"
        positives = sorted(folder.glob("positive*.dockerfile"))
        expected = json.loads(results.read_text()) if results.exists() else []
        name = expected[0]["queryName"] if expected else "Passwords And Secrets"
        case = Case(name, ids.get(name.lower(), ""))
        for entry in expected:
            file = entry.get("fileName") or entry.get("filename") or positives[0].name
            assert (folder / file).exists(), f"{results}: {file} is absent"
            case.expected.add((folder / file, entry["line"]))
        if not expected:
            # Their results are not among the data, but a positive case is one by its name.
            case.expected = {(file, None) for file in positives}
        case.clean = set(folder.glob("negative*.dockerfile"))
        case.files = set(positives) | case.clean
        yield case


def read_counts(path):
    """Reads the pass and fail lists of checkov's expected.yaml: {"fail": {(file, keyword): how many}}."""
    lists, current = collections.defaultdict(collections.Counter), None
    for line in path.read_text().splitlines():
        if match := re.fullmatch(r"(\w+):", line):
            current = lists[match[1]]
        elif match := re.fullmatch(r"\s*- '([^']+)\.([A-Z]+)'", line):
            current[path.parent / match[1], match[2]] += 1
    return lists


def read_checkov():
    tests = LINT / "checkov" / "tests" / "dockerfile"
    for folder in sorted((tests / "checks").glob("example_*")):
        name = folder.name.removeprefix("example_")
        case = Case(name, CHECKOV_IDS[name])
        for file in folder.glob("*/Dockerfile*"):
            case.files.add(file)
            if file.parent.name.startswith("failure"):
                case.expected.add((file, None))
            else:
                case.clean.add(file)
        yield case
    for folder in sorted((tests / "graph_builder" / "checks" / "resources").glob("*/")):
        case = Case(folder.name, CHECKOV_IDS[folder.name])
        lists = read_counts(folder / "expected.yaml")
        case.counts, case.clean = dict(lists["fail"]), set(lists["pass"])
        case.expected = {(file, None) for file, _ in case.counts}
        case.files = {file for file in folder.glob("*/Dockerfile*")}
        yield case
    resources = tests / "resources"
    case = Case("runner resources: port 22", "CKV_DOCKER_1", {(resources / "expose_port/fail/Dockerfile", None)})
    # The skip comments of checkov count for the whole file.
    case.clean = {resources / path for path in ("expose_port/pass/Dockerfile", "expose_port/skip/Dockerfile", "wildcard_skip/Dockerfile")}
    case.files = case.clean | {file for file, _ in case.expected}
    yield case
    apt = resources / "multiline_command" / "Dockerfile"
    yield Case("runner resources: apt", "CKV_DOCKER_9", {(apt, 13)}, files={apt})


def run_plimsoll(binary, paths):
    """Returns [(file, line of the instruction, lines of the finding, related lines, {tool: [id]})] and the errors."""
    command = [str(pathlib.Path(binary).resolve()), "check", "--preset", "all", "--fail-on", "never", "--no-shellcheck", "--format", "json", *paths]
    run = subprocess.run(command, capture_output=True, cwd=LINT)
    if run.returncode not in (0, 3):
        sys.exit(f"plimsoll: exit status {run.returncode}\n{run.stderr.decode(errors='replace')}")
    report = json.loads(run.stdout)
    found = [((LINT / finding["file"]), finding.get("instructionLine", finding["line"]),
              range(finding["line"], finding["endLine"] + 1),
              {place["line"] for place in finding.get("related", []) if place["file"] == finding["file"]},
              finding.get("aliases", {})) for finding in report["findings"]]
    return found, report["errors"]


def known_ids(binary, tool):
    listing = json.loads(subprocess.run([binary, "rules", "--format", "json"], capture_output=True, text=True).stdout)
    rules = listing if isinstance(listing, list) else listing["rules"]
    return {alias["id"] for rule in rules for alias in rule["aliases"] if alias["tool"] == tool}


def excepted_names(tool):
    """The names in the headings "### name · name" of the section "## tool"."""
    text = (ROOT / "docs" / "differences.md").read_text()
    section = re.search(rf"^## {tool}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    headings = re.findall(r"^### (.*)", section[1] if section else "", re.M)
    return {name.strip() for heading in headings for name in heading.split(" · ")}


def keyword_of(file, line):
    return file.read_text(errors="replace").splitlines()[line - 1].split()[0].upper()


def judge(case, findings):
    """Compares one case with the findings under its id: [(file, instruction line, lines, related lines)]."""
    places, paired = collections.defaultdict(set), collections.defaultdict(set)
    for file, instruction, lines, beside in findings:
        places[file] |= {instruction, *lines}
        paired[file] |= beside
    missing, related, other = [], [], []
    for file, line in sorted(case.expected, key=str):
        if not places[file]:
            missing.append(f"{file.parent.name}/{file.name}:{line or 'anywhere'}")
        elif line and line not in places[file] and line in paired[file]:
            related.append(f"{file.parent.name}/{file.name}:{line}, beside {sorted(places[file])}")
        elif line and line not in places[file]:
            other.append(f"{file.parent.name}/{file.name}:{line}, found at {sorted(places[file])}")
    instructions = collections.defaultdict(set)
    for file, instruction, _, _ in findings:
        instructions[file, keyword_of(file, instruction)].add(instruction)
    fewer = [f"{file.parent.name}/{file.name}: {len(instructions[file, keyword])} of {count} {keyword} instructions"
             for (file, keyword), count in case.counts.items() if len(instructions[file, keyword]) < count]
    dirty = sorted({f"{file.parent.name}/{file.name}:{instruction}" for file, instruction, _, _ in findings
                    if file in case.clean or (file, keyword_of(file, instruction)) in case.clean})
    wanted = {file for file, _ in case.expected}
    exact = {place for place in case.expected if place[1]}
    extra = sorted({(file, instruction) for file, instruction, lines, _ in findings
                    if exact and file in wanted and not {(file, line) for line in (instruction, *lines)} & exact})
    return missing, related, other, fewer, dirty, extra


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "release" / "plimsoll"))
    parser.add_argument("tool", choices=["kics", "checkov"])
    options = parser.parse_args()
    if not LINT.exists():
        print("skipped: shared data absent")
        sys.exit(77)
    cases = list(read_kics() if options.tool == "kics" else read_checkov())
    found, errors = run_plimsoll(options.binary, sorted({str(file) for case in cases for file in case.files}))
    known, excepted = known_ids(options.binary, options.tool), excepted_names("KICS" if options.tool == "kics" else "checkov")
    paired = 0
    bad, lines_off, lines_all, used = [f"could not be judged: {error}" for error in errors], 0, 0, set()
    print(f"{'query' if options.tool == 'kics' else 'check':58}expected  found  related  other line  in clean cases  extra")
    for case in cases:
        assert case.id, f"{case.name} has no id in rules.tsv"
        under_id = [finding[:4] for finding in found if finding[0] in case.files and case.id in finding[4].get(options.tool, [])]
        missing, related, other, fewer, dirty, extra = judge(case, under_id)
        paired += len(related)
        lines_off, lines_all = lines_off + len(other), lines_all + len(case.expected)
        note, wrong = "", missing or fewer or dirty
        if wrong or case.id not in known:
            name = case.name if options.tool == "kics" else case.id
            note = "no rule" if case.id not in known else "DIFFERS"
            if name in excepted:
                used.add(name)
                note = "meant, see docs/differences.md"
            else:
                bad.append(f"{case.id} {case.name}: {note}")
        hits = len(case.expected) - len(missing) - len(related) - len(other)
        label = case.name if options.tool == "kics" else f"{case.id} {case.name}"
        print(f"{label:58}{len(case.expected):8}{hits:7}{len(related):9}{len(other):12}{len(dirty):16}{len(extra):7}  {note}".rstrip())
        if case.id in known:
            for title, places in (("missing", missing), ("related", related), ("other line", other), ("fewer", fewer), ("in a clean case", dirty)):
                for place in places:
                    print(f"    {title}: {place}")
    print(f"{len(cases)} cases, {lines_all} places expected, {paired} named as related, {lines_off} at another line, {len(used)} excepted, {len(bad)} bad")
    for name in sorted(excepted - used):
        bad.append(f"docs/differences.md excepts {name}, which does not differ")
    if options.tool == "kics" and len(used) > MAX_EXCEPTED:
        bad.append(f"{len(used)} queries are excepted, more than {MAX_EXCEPTED}")
    if lines_off > MAX_OTHER_LINES * lines_all:
        bad.append(f"{lines_off} of {lines_all} places are reported at another line, more than {MAX_OTHER_LINES:.0%}")
    for line in bad:
        print(line)
    sys.exit(1 if bad else 0)


main()
