#!/usr/bin/env python3
"""Compares Plimsoll's findings with hadolint's recorded ones over ../shared/data/lint/realworld, code by code.

usage: _compare_hadolint.py [--binary FILE] [--show CODE]
Two findings agree if they have the same file, first line of the instruction and code (finding.aliases.hadolint).
Files that hadolint cannot parse (DL1000) are left out: it says nothing about them.
Exit status 1: a code that Plimsoll has and that hadolint reports at 20 places or more is under the bounds below and has
no heading "## CODE" in docs/differences.md, which says why each difference is meant. 77: the recorded findings are absent.
"""
import argparse
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINT = ROOT / ".." / "shared" / "data" / "lint"
MIN_FIRINGS, MIN_RECALL, MIN_PRECISION = 20, 0.995, 0.99


def read_hadolint():
    """Returns {code: {(file, line)}} and the files that hadolint could not parse."""
    found, unparsed = collections.defaultdict(set), set()
    for finding in json.loads(gzip.decompress((LINT / "hadolint-realworld.json.gz").read_bytes())):
        found[finding["code"]].add((finding["file"], finding["line"]))
        if finding["code"] == "DL1000":
            unparsed.add(finding["file"])
    return found, unparsed


def run_plimsoll(binary):
    """Returns {code: {(file, line)}} of what Plimsoll reports under hadolint's names."""
    command = [binary, "check", "--preset", "all", "--fail-on", "never", "--no-shellcheck", "--format", "json",
               LINT / "realworld"]
    run = subprocess.run(command, capture_output=True)
    if run.returncode != 0:
        sys.exit(f"plimsoll: exit status {run.returncode}\n{run.stderr.decode(errors='replace')}")
    found = collections.defaultdict(set)
    for finding in json.loads(run.stdout)["findings"]:
        for code in finding.get("aliases", {}).get("hadolint", []):
            found[code].add((pathlib.Path(finding["file"]).name, finding.get("instructionLine", finding["line"])))
    return found


def implemented_codes(binary):
    listing = subprocess.run([binary, "rules", "--format", "json"], capture_output=True, text=True)
    return set(re.findall(r"\bDL\d{4}\b", listing.stdout))


def explained_codes():
    differences = ROOT / "docs" / "differences.md"
    text = differences.read_text() if differences.exists() else ""
    return {code for heading in re.findall(r"^## (DL.*)", text, re.M) for code in re.findall(r"DL\d{4}", heading)}


def show_places(code, title, places):
    print(f"{code}: {title}: {len(places)}")
    for file, line in sorted(places):
        lines = (LINT / "realworld" / file).read_text(errors="replace").split("\n")
        text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        print(f"  {file}:{line}: {text[:150]}")


def percent(part, whole):
    return f"{100 * part / whole:6.2f} %" if whole else "       -"


def compare(theirs, ours, implemented, explained):
    """Prints the table and returns the codes that are under the bounds."""
    short = []
    print("code    theirs   ours missing extra    recall precision")
    for code in sorted(set(theirs) | set(ours)):
        if not code.startswith("DL") or code == "DL1000":
            continue
        both = len(theirs[code] & ours[code])
        note = ""
        if code not in implemented and not ours[code]:
            note = "not implemented"
        elif not theirs[code]:
            note = "hadolint is silent unless told to speak"
        elif len(theirs[code]) >= MIN_FIRINGS and (
                both < MIN_RECALL * len(theirs[code]) or both < MIN_PRECISION * len(ours[code])):
            note = "meant, see docs/differences.md" if code in explained else "UNDER THE BOUNDS"
            if code not in explained:
                short.append(code)
        print(f"{code} {len(theirs[code]):7} {len(ours[code]):6} {len(theirs[code]) - both:7} {len(ours[code]) - both:5}"
              f" {percent(both, len(theirs[code])):>9} {percent(both, len(ours[code])):>9}  {note}".rstrip())
    return short


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "release" / "plimsoll"))
    parser.add_argument("--show", metavar="CODE", help="print the places of this code at which the two differ")
    options = parser.parse_args()
    if not LINT.exists():
        print("skipped: shared data absent")
        sys.exit(77)
    theirs, unparsed = read_hadolint()
    ours = run_plimsoll(options.binary)
    for found in (theirs, ours):
        for code in found:
            found[code] = {place for place in found[code] if place[0] not in unparsed}
    if options.show:
        show_places(options.show, "only hadolint", theirs[options.show] - ours[options.show])
        show_places(options.show, "only Plimsoll", ours[options.show] - theirs[options.show])
        return
    short = compare(theirs, ours, implemented_codes(options.binary), explained_codes())
    if short:
        print(f"under {MIN_RECALL:.1%} recall or {MIN_PRECISION:.0%} precision and not explained: {' '.join(short)}")
        sys.exit(1)


main()
