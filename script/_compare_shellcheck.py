#!/usr/bin/env python3
"""Compares what Plimsoll passes on from ShellCheck with hadolint's recorded SC findings over ../shared/data/lint/realworld.

usage: _compare_shellcheck.py [--binary FILE] [--shellcheck FILE] [--show]
hadolint keeps one SC finding of an instruction, the last in ShellCheck's order (line, column, level, code). So:
recall is the part of its findings that Plimsoll has at (file, first line of the instruction, code); precision the part
of Plimsoll's last findings of each instruction that hadolint has too. Left out, and counted: files that hadolint can't
parse (DL1000), and instructions whose shell is PowerShell or cmd, on which hadolint reports that they are no sh.
Exit status 1: one of the two is under the bound. 77: the recorded findings or ShellCheck are absent.
"""
import argparse
import collections
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINT = ROOT / ".." / "shared" / "data" / "lint"
BOUND = 0.99


def read_hadolint():
    """Returns {(file, line): code} and the files that hadolint could not parse."""
    found, unparsed = {}, set()
    for finding in json.loads(gzip.decompress((LINT / "hadolint-realworld.json.gz").read_bytes())):
        if finding["code"].startswith("SC"):
            found[finding["file"], finding["line"]] = finding["code"]
        if finding["code"] == "DL1000":
            unparsed.add(finding["file"])
    return found, unparsed


def run_plimsoll(binary, shellcheck):
    """Returns {(file, line): [codes in ShellCheck's order]}."""
    # Our cache is kept by script and by version of ShellCheck: what has changed on our side is asked anew.
    environment = {**os.environ, "PLIMSOLL_SHELLCHECK": shellcheck, "XDG_CACHE_HOME": str(ROOT / "build" / "peers" / "shellcheck-cache")}
    command = [binary, "check", "--select", "shellcheck", "--fail-on", "never", "--format", "json", LINT / "realworld"]
    run = subprocess.run(command, capture_output=True, env=environment)
    if run.returncode != 0:
        sys.exit(f"plimsoll: exit status {run.returncode}\n{run.stderr.decode(errors='replace')}")
    found = collections.defaultdict(list)
    for finding in json.loads(run.stdout)["findings"]:
        found[pathlib.Path(finding["file"]).name, finding["instructionLine"]] += finding["aliases"]["shellcheck"]
    return found


def windows_shell(file, line):
    """Is a SHELL of Windows in force there, or does the stage start from an image of Windows?"""
    windows = False
    for text in (LINT / "realworld" / file).read_text(errors="replace").split("\n")[:line]:
        if re.match(r"\s*FROM\s", text, re.I):
            windows = bool(re.search(r"windows|nanoserver", text, re.I))
        elif re.match(r"\s*SHELL\s", text, re.I):
            windows = bool(re.search(r"powershell|pwsh|cmd", text, re.I))
    return windows


def version_of(shellcheck):
    told = subprocess.run([shellcheck, "--version"], capture_output=True, text=True).stdout
    return re.search(r"version: (\S+)", told).group(1)


def show(title, places):
    print(f"{title}: {len(places)}")
    for (file, line), codes in sorted(places.items()):
        lines = (LINT / "realworld" / file).read_text(errors="replace").split("\n")
        print(f"  {file}:{line}: {codes}: {lines[line - 1].strip()[:120]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "release" / "plimsoll"))
    parser.add_argument("--shellcheck", default=shutil.which("shellcheck"), help="default: the one on PATH")
    parser.add_argument("--show", action="store_true", help="print each place at which the two differ")
    options = parser.parse_args()
    if not LINT.exists() or not options.shellcheck:
        print("skipped: " + ("shared data absent" if options.shellcheck else "there is no shellcheck"))
        sys.exit(77)
    theirs, unparsed = read_hadolint()
    ours = {place: codes for place, codes in run_plimsoll(options.binary, options.shellcheck).items() if place[0] not in unparsed}
    windows = {place for place in theirs if windows_shell(*place)}
    theirs = {place: code for place, code in theirs.items() if place not in windows and place[0] not in unparsed}

    missing = {place: code for place, code in theirs.items() if code not in ours.get(place, [])}
    extra = {place: codes[-1] for place, codes in ours.items() if theirs.get(place) != codes[-1]}
    recall, precision = 1 - len(missing) / len(theirs), 1 - len(extra) / max(1, len(ours))
    print(f"ShellCheck {version_of(options.shellcheck)}; hadolint: {len(theirs)} findings, {len(windows)} more left out on "
          f"PowerShell and cmd; Plimsoll: {sum(map(len, ours.values()))} findings in {len(ours)} instructions")
    print(f"recall    {recall:8.2%}  ({len(missing)} missing: {dict(collections.Counter(missing.values()).most_common())})")
    print(f"precision {precision:8.2%}  ({len(extra)} extra: {dict(collections.Counter(extra.values()).most_common())})")
    if options.show:
        show("only hadolint", missing)
        show("only Plimsoll", extra)
    sys.exit(recall < BOUND or precision < BOUND)


main()
