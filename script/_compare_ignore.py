#!/usr/bin/env python3
"""Compares what our reader makes of random .dockerignore files with what moby/patternmatcher does.

usage: _compare_ignore.py --oracle FILE --ours FILE [--pairs 100000] [--seed N]
Patterns are drawn from pieces that mean something to a pattern and from a small alphabet, so that many of them match; paths
from the same alphabet, some with odd slashes. Also compares the recorded cases in ../shared/data/compose/patternmatcher.
Exit status 1: an answer differs; 77: nothing to compare with.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys

import _peers

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORDED = ROOT / ".." / "shared" / "data" / "compose" / "patternmatcher"
NAMES = ["a", "b", "ab", "ba", ".env", "a.b", "x", "é", "A"]
# Each draws pieces of patterns: most files in use hold the plain ones only.
PLAIN = NAMES + ["*", "*", "**", "?", "/", "/", "/", "**/", "*.b", "!", "[ab]", "[^a]", "[a-x]"]
ODD = PLAIN + ["\\", "\\*", "\\a", "\\d", "\\w", "\\S", "\\b", "\\.", "\\Q", "\\E", "\\x61", "\\141", "\\0", "\\pL", "\\q", "\\z", "[", "]", "[]",
               "[*]", "[?]", "[a\\]]", "[[:alpha:]]", "[[:^digit:]]", "[x-a]", "[a-", "[^", "^", "$", "+", "(", ")", "|", "{", "}", ".", "..", "./",
               "//", "/../", " ", "\t", "\u00a0", "#", "!", "***", "****", "\ufffd", "\ufeff", "-", ":", "{2}", "{1,}", "{0,2}", "{0}", "{,2}", "{01}", "{3,2}", "{1001}", "a{2}", "|b", "[\\d]", "[/]", "[^/]", "\n", "\r", "€", "[é-ü]"]


def random_pattern(rng, pieces):
    text = "".join(rng.choice(pieces) for _ in range(rng.randint(1, 7)))
    return ("!" if rng.random() < 0.25 else "") + text


def random_file(rng, pieces):
    lines = [random_pattern(rng, pieces) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.1:
        lines.insert(0, "# comment")
    start = "\ufeff" if rng.random() < 0.03 else ""
    return start + ("\r\n" if rng.random() < 0.1 else "\n").join(lines)


def random_path(rng):
    parts = [rng.choice(NAMES + ["[", "]", "*", "d1", "a b", "^", "-", "aa", "b.b"]) for _ in range(rng.randint(1, 4))]
    path = "/".join(parts)
    odd = rng.random()
    if odd < 0.03:
        path += "/"
    elif odd < 0.04:
        path = "/" + path
    elif odd < 0.05:
        path = path.replace("/", "//")
    elif odd < 0.06:
        path = rng.choice([".", "..", "../a", "./a", "a\nb", "a/./b", "/"])
    return path


def random_cases(rng, pairs):
    cases = []
    while pairs > 0:
        pieces = PLAIN if rng.random() < 0.6 else ODD
        paths = list(dict.fromkeys(random_path(rng) for _ in range(5)))
        cases.append((random_file(rng, pieces), paths))
        pairs -= len(paths)
    return cases


def recorded_cases():
    lines = [json.loads(line) for line in (RECORDED / "oracle-cases.jsonl").read_text().splitlines()]
    return [(line["ignore"], line["paths"]) for line in lines if "ignore" in line]


def ask_oracle(oracle, cases):
    lines = "".join(json.dumps({"ignore": ignore, "paths": paths}) + "\n" for ignore, paths in cases)
    status, out, err = _peers.run([oracle], stdin=lines.encode())
    assert status == 0, err
    return [json.loads(line) for line in out.decode().splitlines()]


def ask_ours(ours, cases):
    def hexed(text):
        return text.encode().hex() or "-"
    lines = "".join(" ".join(map(hexed, [ignore, *paths])) + "\n" for ignore, paths in cases)
    run = subprocess.run([ours], input=lines.encode(), capture_output=True, check=True)
    return run.stdout.decode().splitlines()


def agrees(paths, theirs, ours):
    """An error of the oracle is one of the whole file, or of the pattern that some path was asked of."""
    if "ignored" not in theirs:
        return ours.startswith("error ") and ours[6:] in theirs["error"]
    if ours.startswith("error "):
        return False
    if ("error" in theirs) != ("E" in ours):
        return False
    return all((answer == "1") == theirs["ignored"][path] for path, answer in zip(paths, ours)) and len(paths) == len(ours)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not RECORDED.is_dir():
        print("skipped: shared data absent")
        return 77
    cases = recorded_cases() + random_cases(random.Random(arguments.seed), arguments.pairs)
    theirs, ours = ask_oracle(arguments.oracle, cases), ask_ours(arguments.ours, cases)
    assert len(theirs) == len(ours) == len(cases)
    differing = [(case, t, o) for case, t, o in zip(cases, theirs, ours) if not agrees(case[1], t, o)]
    for (ignore, paths), t, o in differing[:10]:
        print(f"  {ignore!r} {paths}: {t.get('error')} {[t.get('ignored', {}).get(p) for p in paths]}, ours {o}")
    pairs = sum(len(paths) for _, paths in cases)
    ignored = sum(sum(t.get("ignored", {}).values()) for t in theirs)
    refused = sum("error" in t for t in theirs)
    print(f"{len(cases)} files, {pairs} pairs of file and path ({ignored} ignored, {refused} files refused): {len(differing)} files differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
