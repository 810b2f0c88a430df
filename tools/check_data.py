#!/usr/bin/env python3
"""Checks that each entry of data/*.json says where it is from and when that was checked; warns of what is older than a year.

Usage: check_data.py DATA_DIR. `load_entries` is also what tools/compile_data.py reads the files with.
"""
import datetime
import json
import pathlib
import re
import sys

MONTH = 30.44


class DataError(Exception):
    pass


def expand(pattern):
    """All texts of a pattern with {a,b}, as a shell would write them: "x{,-y}" gives "x" and "x-y"."""
    match = re.search(r"\{([^{}]*)\}", pattern)
    if not match:
        return [pattern]
    inner = [pattern[: match.start()] + choice + pattern[match.end() :] for choice in match[1].split(",")]
    return [text for one in inner for text in expand(one)]


def no_duplicate_keys(pairs):
    keys = [key for key, _ in pairs]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise DataError(f"key given twice: {', '.join(sorted(doubled))}")
    return dict(pairs)


def load(path):
    try:
        document = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_duplicate_keys)
    except (json.JSONDecodeError, DataError) as error:
        raise DataError(f"{path}: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list) or not document["entries"]:
        raise DataError(f'{path}: an object with a list "entries" is wanted')
    if not document.get("about"):
        raise DataError(f'{path}: "about" is missing: say what the entries are')
    return document


def load_entries(path):
    """The document and its entries; each entry has its own `source` and `checked`, the file's where it gives none."""
    document = load(path)
    entries = []
    for number, entry in enumerate(document["entries"], 1):
        profile = document.get("profiles", {}).get(entry.get("like"), {})
        entry = dict(entry)
        for key in ("source", "checked"):
            entry[key] = entry.get(key) or profile.get(key) or document.get(key)
            if not isinstance(entry[key], str) or not entry[key].strip():
                raise DataError(f'{path}: entry {number}: "{key}" is missing')
        check_date(entry["checked"], f"{path}: entry {number}")
        entries.append(entry)
    return document, entries


def check_date(text, where):
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        raise DataError(f'{where}: "{text}" is no date like 2026-11-24') from None
    if date.year < 2020:
        raise DataError(f"{where}: {text} is before this project was")


def months_old(text, today):
    return (today - datetime.date.fromisoformat(text)).days / MONTH


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    files = sorted(pathlib.Path(arguments[1]).glob("*.json"))
    today = datetime.date.today()
    errors, count = [] if files else [f"{arguments[1]}: no data files"], 0
    for path in files:
        try:
            _, entries = load_entries(path)
        except DataError as error:
            errors.append(str(error))
            continue
        count += len(entries)
        old = [entry for entry in entries if months_old(entry["checked"], today) > 12]
        if old:
            print(f"warning: {path}: {len(old)} of {len(entries)} entries were checked more than 12 months ago")
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    if not errors:
        print(f"{len(files)} files, {count} entries, each with its source and date")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
