#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that po/POTFILES names every file with text for people, and nothing else.

usage: check-translations.py ROOT [--write]
"""
import os
import re
import sys

MARKED = re.compile(r'\b(?:_|N_|C_|ngettext|g_dngettext) ?\("|translatable="yes"')


def with_text(root):
    yield from ("data/org.isthmus.Isthmus.desktop.in", "data/org.isthmus.Isthmus.metainfo.xml.in")
    for top in ("analysis", "app", "widgets"):
        for here, _, files in os.walk(os.path.join(root, top)):
            for name in files:
                path = os.path.join(here, name)
                if name.endswith((".c", ".h", ".ui")) and MARKED.search(open(path, encoding="utf-8").read()):
                    yield os.path.relpath(path, root)


def main():
    root = sys.argv[1]
    list_path = os.path.join(root, "po", "POTFILES")
    wanted = sorted(with_text(root))
    if "--write" in sys.argv:
        with open(list_path, "w", encoding="utf-8") as out:
            out.write("# Made by tests/check-translations.py . --write\n" + "".join(p + "\n" for p in wanted))
        return 0
    listed = [line.strip() for line in open(list_path, encoding="utf-8") if line.strip() and not line.startswith("#")]
    for path in sorted(set(wanted) ^ set(listed)):
        print(f"po/POTFILES: {path} {'is missing' if path in wanted else 'has no text to translate'}")
    return 1 if set(wanted) ^ set(listed) else 0


if __name__ == "__main__":
    sys.exit(main())
