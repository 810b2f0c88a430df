#!/usr/bin/env python3
"""Holds our shell parser against mvdan.cc/sh and ShellCheck over a file of scripts.

usage: compare.py BODIES.jsonl OURS PEER [--accepted FILE] [--show N]

BODIES has one JSON string (a script) per line. OURS is the built simple_commands, PEER the built Go program
(`go build -o PEER .` in this folder). --accepted takes what shellcheck_accepts.py wrote: only scripts that ShellCheck
reads count then. Prints how many our parser reads without a problem, how many have the same simple commands as
mvdan's, and the first N differences. Exits 1 if the floors are missed: 99.5 % read, 99 % equal.
"""
import argparse
import json
import subprocess
import sys


def run(program, bodies):
    output = subprocess.run([program, bodies], capture_output=True, check=True).stdout
    return [json.loads(line) for line in output.decode("utf-8", "replace").splitlines()]


def first_difference(ours, theirs):
    """The first pair of commands that differ, as text."""
    def text(command):
        if command is None:
            return "nothing"
        return " ".join(command["assigns"] + [f"{w['raw']}@{w['begin']}" for w in command["words"]])[:300]
    for at in range(max(len(ours), len(theirs))):
        a = ours[at] if at < len(ours) else None
        b = theirs[at] if at < len(theirs) else None
        if a != b:
            return f"    ours:  {text(a)}\n    mvdan: {text(b)}"
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bodies")
    parser.add_argument("ours")
    parser.add_argument("peer")
    parser.add_argument("--accepted")
    parser.add_argument("--show", type=int, default=10)
    args = parser.parse_args()
    ours, peer = run(args.ours, args.bodies), run(args.peer, args.bodies)
    chosen = range(len(ours))
    if args.accepted:
        with open(args.accepted, encoding="utf-8") as f:
            chosen = json.load(f)["accepted"]
    read = equal = peer_read = shown = 0
    for n in chosen:
        problem, refusal = ours[n].get("error"), peer[n].get("error")
        read += problem is None
        peer_read += refusal is None
        same = refusal is None and ours[n]["commands"] == peer[n]["commands"]
        equal += same
        if (not same or problem) and shown < args.show:
            shown += 1
            print(f"body {n}: ours: {problem or 'read'}; mvdan: {refusal or 'read'}")
            if refusal is None:
                print(first_difference(ours[n]["commands"], peer[n]["commands"]))
    lenient = [n for n in range(len(ours)) if n not in set(chosen) and "error" not in ours[n]]
    total = max(len(chosen), 1)
    print(f"{len(ours)} scripts, {len(chosen)} compared; ours reads {read} ({100 * read / total:.2f} %), "
          f"mvdan {peer_read}; equal {equal} ({100 * equal / total:.2f} %)")
    if args.accepted:
        print(f"{len(lenient)} scripts that ShellCheck refuses are read by ours without a problem: {lenient[:20]}")
    return 0 if read / total >= 0.995 and equal / total >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
