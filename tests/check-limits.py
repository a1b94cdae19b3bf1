#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every ceiling of analysis/base/limits.h says how the user is told when it is reached, and that a test reaches it.

usage: check-limits.py [ROOT]
Prints each that is not so; exit status 1 when there is one.
"""
import os
import re
import sys

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
TOLD = re.compile(r"→ (ISTH_REACHED_\w+|note|malformed|error|untold: \w)")
# No test can go there; why, and what is tested in its place.
BEYOND = {
    "ISTH_LIMIT_INFLATED": "64 GB would have to be unpacked; the same line of input-back.c is reached through ISTH_LIMIT_INFLATE_RATIO",
    "ISTH_LIMIT_FLOWS": "takes some 200 MB; tests/flow fills tables that were made smaller",
}


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def read_tests():
    """The C files of all tests; helpers, benchmarks and fuzz targets hold nothing."""
    text = []
    for folder, folders, names in os.walk(os.path.join(ROOT, "tests")):
        folders[:] = [name for name in folders if name not in ("helpers", "bench", "fuzz")]
        text += [read(folder, name) for name in names if name.endswith(".c")]
    return "\n".join(text)


def main():
    header, tests = read("analysis", "base", "limits.h"), read_tests()
    limits = re.findall(r"#define (ISTH_LIMIT_\w+)[^/\n]*/\*(.*?)\*/", header, re.S)
    names = re.findall(r"#define (ISTH_LIMIT_\w+)", header)
    reached = re.findall(r"^  (ISTH_REACHED_\w+),", header, re.M)
    wrong = [f"{name} has no comment that gives its reason" for name in names if name not in dict(limits)]
    for name, comment in limits:
        if not TOLD.search(comment):
            wrong.append(f"{name} does not say how the user is told when it is reached (see the top of limits.h)")
        if name not in BEYOND and not re.search(rf"\b{name}\b", tests):
            wrong.append(f"{name} is reached in no test (tests/engine/ceilings.c has a table for that)")
    for name in reached:
        if not any(re.search(rf"→ {name}\b", comment) for _, comment in limits):
            wrong.append(f"{name} belongs to no ceiling")
        if not re.search(rf"\b{name}\b", tests):
            wrong.append(f"{name} is counted in no test")
    for line in wrong:
        print(f"analysis/base/limits.h: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
