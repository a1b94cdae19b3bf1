#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns tables of data/ ("number<TAB>name", sorted or not) into C arrays for names.c.

usage: make-names.py OUT.h NAME=TABLE.tsv...
"""
import sys


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("/* Made by the build from data/; do not edit. */\n")
        for argument in sys.argv[2:]:
            name, path = argument.split("=", 1)
            rows = {}
            for line in open(path, encoding="utf-8"):
                if line.startswith("#") or "\t" not in line:
                    continue
                number, text = line.rstrip("\n").split("\t")[:2]
                rows[int(number, 0)] = text
            out.write(f"static const Name {name}[] = {{\n")
            for number in sorted(rows):
                text = rows[number].replace("\\", "\\\\").replace('"', '\\"')
                out.write(f'  {{ {number}, "{text}" }},\n')
            out.write("};\n")


if __name__ == "__main__":
    main()
