#!/usr/bin/env python3
"""Runs clang-tidy over src/, only on files whose text, headers or settings changed since they were last clean.

usage: _tidy.py [FILE...]   (default: every file under src/)
It looks at the files as build/asan compiles them, many as one: reading their headers is nearly all that a look costs.
~/.cache/plimsoll-clang-tidy/KEY is an empty file for each input that was clean; KEY hashes the tool's version, .clang-tidy, the
compile command and every file of the project that the last build read for it (ninja's own record of dependencies).
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "asan"
# Beside ccache's: another clone finds what this one has looked at.
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "plimsoll-clang-tidy"
COMMANDS = ROOT / "build" / "tidy"
# Debian's own looks at the system's headers as well, which takes it more than twice as long.
TIDY = ROOT / "build" / "peers" / "bin" / "clang-tidy"
LONGEST_S = 300  # for one file


def read_dependencies():
    """Returns, for each object file, the files inside the project that were read to make it."""
    listing = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    dependencies, current = {}, None
    for line in listing.splitlines():
        if match := re.match(r"(\S+): #deps", line):
            current = dependencies.setdefault(match[1], [])
        elif line.startswith("    "):
            path = (BUILD / line.strip()).resolve()
            if path.is_relative_to(ROOT):
                current.append(path)
    return dependencies


def key_of(command, dependencies, settings):
    """Hashes all that the verdict on one file depends on. The project's own path does not count."""
    key = hashlib.sha256(settings)
    key.update(command["command"].replace(str(ROOT), "").encode())
    words = shlex.split(command["command"])
    made = words[words.index("-o") + 1]
    files = {pathlib.Path(command["file"]), *dependencies.get(made, [])}
    for path in sorted(files):
        key.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes().replace(str(ROOT).encode(), b""))
    return key.hexdigest()


def tidy(job):
    """Returns the file, an exit status and what was said. A check that never ends on a file is told, not waited for."""
    file, key = job
    # The compiler's own warnings are g++'s business.
    command = [TIDY, "--quiet", "-p", COMMANDS, f"--config-file={ROOT / '.clang-tidy'}", "--extra-arg=-w", file]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S)
    except subprocess.TimeoutExpired:
        return file, 1, f"{file}: clang-tidy did not end within {LONGEST_S} s"
    if run.returncode == 0:
        (CACHE / key).touch()
    return file, run.returncode, run.stdout


def files_of(file):
    """The files of src/ that are compiled by this one."""
    if file.startswith(f"{ROOT}/src/"):
        return [file]
    if "/Unity/" not in file:
        return []
    return [path for path in re.findall(r'#include "(.*)"', pathlib.Path(file).read_text()) if path.startswith(f"{ROOT}/src/")]


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    COMMANDS.mkdir(parents=True, exist_ok=True)
    commands = json.loads((BUILD / "compile_commands.json").read_text())
    (COMMANDS / "compile_commands.json").write_text(json.dumps(commands))
    wanted = {str(pathlib.Path(name).resolve()) for name in sys.argv[1:]}
    settings = (ROOT / ".clang-tidy").read_bytes() + subprocess.check_output([TIDY, "--version"])
    dependencies = read_dependencies()
    jobs = []
    for command in commands:
        parts = set(files_of(command["file"]))
        if not parts or wanted and not parts & wanted:
            continue
        key = key_of(command, dependencies, settings)
        if not (CACHE / key).exists():
            jobs.append((command["file"], key))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, status, output in pool.map(tidy, jobs):
            if status:
                failed += 1
                print(output, flush=True)
    print(f"clang-tidy: {len(jobs)} files looked at, {failed} not clean")
    sys.exit(failed > 0)


main()
