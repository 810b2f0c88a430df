#!/usr/bin/env python3
"""Writes data/end_of_life.json from a table of endoflife.date's release cycles, for the products of image_products.json.

Usage: import_end_of_life.py TSV [--checked YYYY-MM-DD] [--today YYYY-MM-DD] > data/end_of_life.json
The TSV has the columns product, cycle, releaseDate, lts, eol and eoes (extended support), as in endoflife.date's files.
"""
import argparse
import csv
import datetime
import json
import pathlib

PRODUCTS = pathlib.Path(__file__).resolve().parent.parent / "data" / "image_products.json"


def is_date(text):
    return len(text) == 10 and text[4] == "-"


def supported(row, today):
    return row["releaseDate"] <= today and (row["eol"] == "False" or (is_date(row["eol"]) and row["eol"] >= today))


def long_term(row, today):
    # `lts` is True, or the day on which the cycle becomes long-term (Node.js).
    return row["lts"] == "True" or (is_date(row["lts"]) and row["lts"] <= today)


def successor(rows, today):
    """The newest supported cycle, a long-term one if the product has such; None if all have ended."""
    alive = [row for row in rows if supported(row, today)]
    best = [row for row in alive if long_term(row, today)] or alive
    return max(best, key=lambda row: row["releaseDate"])["cycle"] if best else None


def cycle(row, public_extended):
    result = {"cycle": row["cycle"], "released": row["releaseDate"]}
    if is_date(row["eol"]):
        result["date"] = row["eol"]
    if public_extended and is_date(row["eoes"]) and row["eoes"] > row["eol"]:
        result["extended"] = row["eoes"]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tsv")
    parser.add_argument("--checked", default=datetime.date.today().isoformat(), help="the date of the table")
    parser.add_argument("--today", default=datetime.date.today().isoformat(), help="decides which cycles are supported")
    options = parser.parse_args()
    wanted = json.loads(PRODUCTS.read_text(encoding="utf-8"))
    with open(options.tsv, encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t"))
    entries = []
    for product, name in sorted(wanted["products"].items()):
        # "True" means ended on an unknown day: of no use for a comparison of dates.
        rows = [row for row in table if row["product"] == product and row["eol"] != "True"]
        if not rows:
            raise SystemExit(f"{options.tsv}: nothing about {product}")
        entry = {"product": product, "name": name, "source": f"https://endoflife.date/{product}"}
        if successor(rows, options.today):
            entry["successor"] = successor(rows, options.today)
        entry["cycles"] = [cycle(row, product in wanted["public_extended"]) for row in rows]
        entries.append(entry)
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    print('{\n  "about": "Release cycles and their ends, newest first. Written by tools/import_end_of_life.py: do not edit. '
          '`date` is the last day with fixes, `extended` the last one of a public long-term project.",')
    print(f'  "source": "https://endoflife.date (MIT)",\n  "checked": "{options.checked}",\n  "entries": [')
    print(",\n".join("    " + line.replace('{"cycle"', '\n      {"cycle"') for line in lines))
    print("  ]\n}")


if __name__ == "__main__":
    main()
