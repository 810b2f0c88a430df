#!/usr/bin/env python3
"""Says which shell scripts ShellCheck's parser accepts, as the measure of what our parser must read.

usage: shellcheck_accepts.py BODIES.jsonl OUT.json [SHELLCHECK]

BODIES has one JSON string (a script) per line. OUT gets {"version", "accepted": [line numbers from 0]}.
A script is refused if ShellCheck reports SC1072, SC1073, SC1088 or another error of 1000-1999 that says
"Parsing stopped" or "Couldn't parse"; mere advice on style leaves it accepted.
"""
import json
import os
import subprocess
import sys
import tempfile

BATCH = 200  # scripts a run: a command line of moderate length


def refused(comment):
    """True if the comment says that the parser gave up."""
    if comment["level"] != "error" or not 1000 <= comment["code"] < 2000:
        return False
    message = comment["message"]
    return (comment["code"] in (1072, 1073, 1088) or "Parsing stopped" in message
            or "Couldn't parse" in message)


def main():
    bodies_path, out_path = sys.argv[1], sys.argv[2]
    shellcheck = sys.argv[3] if len(sys.argv) > 3 else "shellcheck"
    with open(bodies_path, encoding="utf-8") as f:
        bodies = [json.loads(line) for line in f]
    bad = set()
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, f"{n:06d}.sh") for n in range(len(bodies))]
        for name, body in zip(names, bodies):
            with open(name, "w", encoding="utf-8", newline="") as f:
                f.write(body)
        for at in range(0, len(names), BATCH):
            run = subprocess.run([shellcheck, "--norc", "-s", "bash", "-S", "error", "-f", "json",
                                  *names[at:at + BATCH]], capture_output=True, check=False)
            for comment in json.loads(run.stdout):
                if refused(comment):
                    bad.add(int(os.path.basename(comment["file"])[:6]))
    version = subprocess.run([shellcheck, "--version"], capture_output=True, text=True, check=True).stdout
    accepted = [n for n in range(len(bodies)) if n not in bad]
    with open(out_path, "w", encoding="utf-8") as f:
        json.dump({"version": version.split("version: ")[1].split()[0], "accepted": accepted}, f)
    print(f"{len(bodies)} scripts, {len(accepted)} accepted, {len(bad)} refused")


if __name__ == "__main__":
    main()
