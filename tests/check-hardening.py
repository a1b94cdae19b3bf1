#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into built programs for what should make a mistake of ours hard to use: a place in memory that changes with every start, tables of
the linker that cannot be written, no memory that is both data and code, canaries, fortified calls.

usage: check-hardening.py [--unfortified] PROGRAM…
--unfortified: built with sanitizers or without optimization, so without fortified calls. Exit status 1 when a program lacks something.
"""
import re
import subprocess
import sys


def read(program, *options):
    return subprocess.run(["readelf", "-W", *options, program], check=True, capture_output=True, text=True).stdout


def find_faults(program, unfortified):
    header = read(program, "-h")
    segments = read(program, "-l")
    dynamic = read(program, "-d")
    symbols = read(program, "--dyn-syms")
    stack = re.search(r"GNU_STACK(?:\s+0x[0-9a-f]+){5}\s+([RWE ]+?)\s+0x", segments)
    if not re.search(r"Type:\s+DYN", header) or "(FLAGS_1)" not in dynamic or "PIE" not in dynamic:
        yield "is not position-independent (PIE)"
    if "GNU_RELRO" not in segments:
        yield "has tables that stay writable (no RELRO)"
    if not re.search(r"BIND_NOW|FLAGS_1\).*\bNOW\b", dynamic):
        yield "binds symbols late (no BIND_NOW)"
    if not stack or "E" in stack[1]:
        yield "has an executable stack"
    if re.search(r"LOAD(?:\s+0x[0-9a-f]+){5}\s+RWE", segments):
        yield "has memory that is both data and code"
    if not re.search(r"\b__stack_chk_fail\b", symbols):
        yield "has no canaries (stack protector)"
    if not unfortified and not re.search(r"\b__\w+_chk\b", symbols):
        yield "has no fortified calls (_FORTIFY_SOURCE)"


def main():
    arguments = sys.argv[1:]
    unfortified = "--unfortified" in arguments
    programs = [a for a in arguments if a != "--unfortified"]
    if not programs:
        sys.exit(__doc__)
    bad = 0
    for program in programs:
        faults = list(find_faults(program, unfortified))
        for fault in faults:
            print(f"{program}: {fault}")
        bad += len(faults)
        if not faults:
            print(f"{program}: fine")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
