#!/usr/bin/env python3
"""Compares the shape of `plimsoll hadolint -f FORMAT` and of `plimsoll check`'s formats with hadolint's own, byte by byte.

usage: _compare_formats.py --binary FILE [--files N]
Where both tools find the same on the same lines of a real file, their output must be equal once messages, fingerprints, times
and the describing words of the tool itself are masked, and lines are sorted: hadolint's order within a line is not fixed. The
exit status must be equal too. Of `plimsoll check` the elements and keys of four formats are compared.
Exit status 77: hadolint or the shared files are absent.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

import _peers

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = ROOT / ".." / "shared" / "data" / "lint" / "realworld"
FORMATS = ["tty", "json", "checkstyle", "codeclimate", "gitlab_codeclimate", "gnu", "codacy", "sonarqube", "sarif", "junit"]
# The formats of `plimsoll check` that have hadolint's elements and keys, under hadolint's names.
ALIKE = {"checkstyle": "checkstyle", "junit": "junit", "codeclimate": "codeclimate", "gitlab": "gitlab_codeclimate"}
JSON_MASKS = {"message", "description", "fingerprint", "downloadUri", "fullName", "shortDescription"}


def run(command, arguments, format_name):
    words = [*command, "-f" if "check" not in command else "--format", format_name, *arguments]
    if len(command) == 1:  # hadolint
        status, out, _ = _peers.run(words, files=arguments, cwd=FILES)
    else:
        done = subprocess.run(words, cwd=FILES, capture_output=True)
        status, out = done.returncode, done.stdout
    return status, out.decode("utf-8")


def json_parts(text, format_name):
    """The JSON texts of an output: a format may write several, one after the other."""
    if format_name == "codeclimate":
        assert not text or text.endswith("\0")
        return text.split("\0")[:-1]
    if format_name == "codacy":
        decoder, parts, at = json.JSONDecoder(), [], 0
        while at < len(text):
            _, end = decoder.raw_decode(text, at)
            parts.append(text[at:end])
            at = end
        return parts
    return [text]


def masked_json(value, key=None):
    if key in JSON_MASKS:
        return "*"
    if isinstance(value, dict):
        return {k: masked_json(v, k) for k, v in value.items()}  # keeps the order of the keys
    if isinstance(value, list):
        return sorted((masked_json(item) for item in value), key=json.dumps)
    return value


def shape_of(text, format_name):
    """What must be equal, as text."""
    if format_name in ("tty", "gnu"):
        lines = re.sub(r"(?m)(DL\d{4}|SC\d{4}) (\S*[a-z]+\S*): .*$", r"\1 \2: *", text)
        lines = re.sub(r"(?m)^((?:hadolint:)?[^:\n]*:)\d+:\d+:? .*$", r"\1 *", lines)  # what cannot be parsed
        return "\n".join(sorted(lines.splitlines()))
    if format_name in ("checkstyle", "junit"):
        text = re.sub(r'message="[^"]*"', 'message="*"', text)
        text = re.sub(r'(<testsuites) id="[^"]*" name="[^"]*"', r"\1", text)
        text = re.sub(r'time="[^"]*"', 'time="*"', text)
        text = re.sub(r"(?s)\n(error|warning|info|style): [^<]*</failure>", r"\n\1: *</failure>", text)
        text = re.sub(r"</(file|checkstyle|testsuites?)>", "", text)  # they stand behind whichever is the last
        return "".join(sorted(re.split(r"(?=<error |<testcase )", text)))
    parts = []
    for part in json_parts(text, format_name):
        value = json.loads(part)
        assert part == json.dumps(value, separators=(",", ":"), ensure_ascii=False), f"{format_name}: blanks or escapes"
        parts.append(json.dumps(masked_json(value)))
    return "\n".join(sorted(parts))


def names_of(text, format_name):
    """Elements with their attributes, or paths of keys."""
    names = set()
    if format_name in ("checkstyle", "junit"):
        for element in xml.fromstring(text).iter():
            names.add((element.tag, *sorted(element.attrib)))
        return names

    def visit(value, path):
        if isinstance(value, dict):
            for key, inner in value.items():
                names.add((*path, key))
                visit(inner, (*path, key))
        for item in value if isinstance(value, list) else []:
            visit(item, path)

    for part in json_parts(text, format_name):
        visit(json.loads(part), ())
    return names


def findings(tool, file):
    return {(f["line"], f["code"], f["level"]) for f in json.loads(run(tool, [file], "json")[1])}


def compare_file(tools, check, file):
    """The formats in which the tools differ on a file; None: they do not find the same in it."""
    ours, theirs = (findings(tool, file) for tool in tools)
    if ours != theirs or any(code == "DL1000" for _, code, _ in ours):
        return None
    wrong = []
    for name in FORMATS:
        (our_status, our_text), (their_status, their_text) = (run(tool, [file], name) for tool in tools)
        if our_status != their_status:
            wrong.append(f"{name}: exit status {our_status}, hadolint's is {their_status}")
        if shape_of(our_text, name) != shape_of(their_text, name):
            wrong.append(f"{name}\n  {shape_of(our_text, name)[:400]}\n  {shape_of(their_text, name)[:400]}")
    for name, peer in ALIKE.items():
        our_text, their_text = run(check, [file], name)[1].strip("\n"), run(tools[1], [file], peer)[1]
        if ours and names_of(our_text, peer) != names_of(their_text, peer):
            wrong.append(f"check --format {name}: {names_of(our_text, peer) ^ names_of(their_text, peer)}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--files", type=int, default=20, help="how many files, evenly chosen")
    arguments = parser.parse_args()
    hadolint = shutil.which("hadolint")
    if hadolint is None or not FILES.is_dir():
        print("skipped: hadolint or the shared files are absent")
        return 77
    binary = str(pathlib.Path(arguments.binary).resolve())
    tools = [[binary, "hadolint"], [hadolint]]
    check = [binary, "check", "--preset", "all"]
    files = sorted(path.name for path in FILES.glob("*.Dockerfile"))
    compared, failed, other = 0, 0, 0
    for file in files[:: max(1, len(files) // arguments.files)]:
        wrong = compare_file(tools, check, file)
        if wrong is None:
            other += 1
            continue
        compared += 1
        failed += bool(wrong)
        for one in wrong:
            print(f"{file}: {one}")
    print(f"{compared} files in {len(FORMATS)} formats of hadolint and {len(ALIKE)} of check: {failed} differ; "
          f"{other} left out, where the findings differ")
    return 1 if failed or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
