"""Writes the table of README.md that shows the shop's grades, as it is and after `plimsoll fix --unsafe`. usage: _shop_grades.py PLIMSOLL
README

Prints the README with the table as it ought to be.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SHOP = pathlib.Path(__file__).resolve().parents[1] / "examples/shop"
FIXED_DAY = ["--today", "2026-11-24", "--no-shellcheck"]
BETWEEN = re.compile(r"(<!-- The table is written by script/generate\. -->\n\n)(.*?\n)(\n<!-- Its end\. -->\n)", re.DOTALL)


def grades(plimsoll, folder):
    command = [plimsoll, "check", *FIXED_DAY, "--checklist-only", "--format", "json", "."]
    entries = json.loads(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout)["checklist"]
    return {entry["subject"]["name"]: entry["grade"] + "?" * any(item["verdict"] == "unknown" for item in entry["items"])
            for entry in entries if entry["subject"]["kind"] == "service"}


def table(plimsoll):
    with tempfile.TemporaryDirectory() as temporary:
        shop = pathlib.Path(temporary, "shop")
        shutil.copytree(SHOP, shop)
        before = grades(plimsoll, shop)
        subprocess.run([plimsoll, "fix", "--unsafe", *FIXED_DAY, "."], cwd=shop, capture_output=True, check=False)
        after = grades(plimsoll, shop)
    names = sorted(before)
    rows = [["", *(f"`{name}`" for name in names)], ["---"] * (len(names) + 1), ["before", *(before[name] for name in names)],
            ["after", *(after[name] for name in names)]]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def main(plimsoll, readme):
    text, count = BETWEEN.subn(lambda found: found[1] + table(plimsoll) + found[3], pathlib.Path(readme).read_text())
    if count != 1:
        sys.exit(f"{readme} has {count} tables of the shop's grades")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
