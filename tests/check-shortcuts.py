#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that the shortcuts window has every key of the program: what nobody can look up nobody uses.

usage: check-shortcuts.py [ROOT]
Prints each action with keys, and each key of a widget, that app/gtk/help-overlay.ui lacks; exit status 1 when there is one.
"""
import os
import re
import sys
import xml.etree.ElementTree as xml

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
TWINS = {"equal": "plus"}  # the same key without Shift
MODIFIERS = {"GDK_CONTROL_MASK": "<Control>", "GDK_SHIFT_MASK": "<Shift>", "GDK_ALT_MASK": "<Alt>"}


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def expand(accelerators):
    """Single keys of "<Alt>1...6" and "Home End"."""
    for word in accelerators.split():
        span = re.fullmatch(r"(.*?)(\d)\.\.\.(\d)", word)
        if span:
            yield from (f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1))
        else:
            yield word


def read_window():
    """Actions and keys that the shortcuts window shows."""
    tree = xml.fromstring(read("app", "gtk", "help-overlay.ui"))
    actions = {node.text for node in tree.iter("property") if node.get("name") == "action-name"}
    keys = {key for node in tree.iter("property") if node.get("name") == "accelerator" for key in expand(node.text)}
    return actions, keys


def read_application():
    """(action, [key]) of the application's table."""
    table = re.search(r"\} keys\[\] = \{(.*?)\n\};", read("app", "application.c"), re.S)[1]
    for action, keys in re.findall(r'\{ "([^"]+)", \{([^}]*)\} \}', table):
        yield action, re.findall(r'"([^"]+)"', keys)


def read_widgets():
    """(file, key) that widgets bind: those of calls, and those of tables that begin { GDK_KEY_… } with or without modifiers."""
    for folder in ("app", "app/parts", "app/views", "app/dialogs", "widgets"):
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            text = read(folder, name) if name.endswith(".c") else ""
            if "add_binding" not in text:
                continue
            for key, modifiers in re.findall(r"GDK_KEY_(\w+)(?:, ((?:GDK_\w+_MASK(?: \| )?)+))?", text):
                if not key.startswith("KP_"):
                    held = "".join(MODIFIERS[word] for word in re.findall(r"GDK_\w+_MASK", modifiers))
                    yield f"{folder}/{name}", held + TWINS.get(key, key)


def main():
    actions, shown = read_window()
    missing = [f"app/application.c: {action} ({', '.join(keys)})" for action, keys in read_application()
               if action not in actions and not set(keys) <= shown]
    missing += sorted({f"{path}: {key}" for path, key in read_widgets() if key not in shown})
    for line in missing:
        print(f"not in the shortcuts window: {line}")
    return 1 if missing else 0


sys.exit(main())
