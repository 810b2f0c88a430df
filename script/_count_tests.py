#!/usr/bin/env python3
"""Prints "PASSED FAILED SKIPPED" of a JUnit file that ctest wrote, counting test cases within doctest programs.

usage: _count_tests.py JUNIT_XML   (why tests were skipped goes to standard error)
A case that left with "skipped: ..." (the shared corpora are absent) counts as skipped, never as passed.
"""
import collections
import re
import sys
import xml.etree.ElementTree

DOCTEST = re.compile(r"test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed")

passed = failed = skipped = 0
said = collections.Counter()
for test in xml.etree.ElementTree.parse(sys.argv[1]).getroot().iter("testcase"):
    output = test.findtext("system-out") or ""
    reasons = re.findall(r"\bskipped: .*", output)
    left = len(reasons)
    cases = DOCTEST.search(output)
    if test.get("status") == "fail" or test.find("failure") is not None:
        failed += max(1, int(cases[2])) if cases else 1
        passed += max(0, int(cases[1]) - left) if cases else 0
        skipped += left if cases else 0
    elif test.find("skipped") is not None:
        skipped += 1
        reasons = reasons or ["skipped: " + test.get("name")]
    elif cases:
        left = min(left, int(cases[1]))
        passed += int(cases[1]) - left
        skipped += left
    else:
        passed += 1
    said.update(reasons)
for reason, times in sorted(said.items()):
    print(f"  {times} x {reason}", file=sys.stderr)
print(passed, failed, skipped)
sys.exit(passed + failed + skipped == 0)
