"""Says whether expressions hold, for `holds` of _lib.sh. usage: _holds.py FILE

Standard input: Python expressions, each closed by a zero byte. To each it answers a line, "yes" or "no", or what went wrong.
FILE is read anew for each, as JSON: r is all of it, rules the names of the rules that spoke, files the files of its findings,
errors the files of its errors.
"""
import json
import sys


def names_of(path):
    with open(path, "rb") as output:
        report = json.loads(output.read().decode("utf-8"))  # strict: the output must be valid UTF-8
    names = {"r": report}
    if isinstance(report, dict) and "findings" in report:
        names["rules"] = [finding["rule"] for finding in report["findings"]]
        names["files"] = [finding["file"] for finding in report["findings"]]
        names["errors"] = [error["file"] for error in report["errors"]]
    return names


def expressions(stream):
    held = b""
    while read := stream.read1():
        *whole, held = (held + read).split(b"\0")
        yield from whole


for expression in expressions(sys.stdin.buffer):
    try:
        answer = "yes" if eval(expression.decode("utf-8"), names_of(sys.argv[1])) else "no"
    except Exception as error:  # of any kind: whoever wrote the test wants to read it
        answer = f"{type(error).__name__}: {error}".replace("\n", " ")
    print(answer, flush=True)
