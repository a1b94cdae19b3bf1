#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks who includes whom: one direction from bytes to widgets, no way back.

usage: check-includes.py [ROOT]
Prints each line that breaks a rule of README.md ("Who may include whom"); exit status 1 when there is one.
"""
import os
import re
import sys

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")

# folder -> project headers it may include, as path prefixes; its own folder is always allowed unless said otherwise
ALLOWED = {
    "analysis/base": [],
    "analysis/capture": ["analysis/base/"],
    "analysis/decode": ["analysis/base/"],
    "analysis/world": ["analysis/base/"],
    "analysis/flow": ["analysis/base/", "analysis/decode/"],
    "analysis/dissectors": ["analysis/base/", "analysis/decode/packet.h", "analysis/world/observation.h"],
    "analysis/detections": ["analysis/base/", "analysis/world/"],
    "analysis/project": ["analysis/base/", "analysis/world/"],
    "analysis/export": ["analysis/base/", "analysis/world/"],
    "analysis/layout": ["analysis/base/", "analysis/world/"],
    "analysis/engine": ["analysis/"],
    "analysis/tools": ["analysis/isthmus.h"],
    "widgets": [],
    "app": ["analysis/isthmus.h", "widgets/"],
}
# the dispatcher joins flows and dissectors; dissectors themselves do not see flows
EXTRA = {
    "analysis/dissectors/dispatch.h": ["analysis/flow/flow.h", "analysis/world/activity.h"],
    "analysis/detections/details.c": ["analysis/dissectors/dissector.h"],  # what protocols are called
    "analysis/export/page-events.c": ["analysis/dissectors/dissector.h"],  # the same
    "analysis/export/page-reviews.c": ["analysis/dissectors/dissector.h"],
    "analysis/export/page.c": ["analysis/dissectors/dissector.h"],
    "analysis/dissectors/dispatch-private.h": ["analysis/world/remote-protocols.h"],
}
# a detection reads the resolved world only; the runner also asks it what was acknowledged
DETECTION_WORLD = ["analysis/world/snapshot.h", "analysis/world/activity.h", "analysis/world/observation.h"]
SYSTEM = {  # header -> folders that may speak it
    r"pcap(/.*)?\.h": ("analysis/capture", "analysis/tools/isthmus-capture", "tests/bench"),
    r"sqlite3\.h": ("analysis/project", "tests/project", "tests/fuzz"),
    r"(gvc|cgraph)\.h": (),
    r"ndpi.*\.h": ("analysis/engine/guesses.c",),
    r"gtk/.*|adwaita\.h|gdk/.*|gsk/.*": ("app", "widgets", "tests/app", "tests/widgets", "tests/ui"),
    r"glib-object\.h": ("app", "widgets", "tests/app", "tests/widgets"),
    r"json-glib/.*|gio/.*": ("analysis/export", "analysis/layout", "analysis/tools", "app", "widgets", "tests"),
}


def folder_of(path):
    return max((f for f in ALLOWED if path.startswith(f + "/")), key=len, default=None)


def may_include(path, folder, header):
    name = os.path.basename(path)
    if header in EXTRA.get(path, []):
        return True
    if folder == "app":
        own = os.path.dirname(path)
        if own in ("app/views", "app/dialogs") and header.startswith((own + "/",)):
            return header.rsplit(".", 1)[0] == path.rsplit(".", 1)[0] or "common" in header
        if own in ("app/views", "app/dialogs", "app/model") and header.startswith(("app/window", "app/application")):
            return False
        return header.startswith("app/") or any(header.startswith(a) for a in ALLOWED["app"])
    if folder == "analysis/detections" and name not in ("detect.c", "detect.h") and header.startswith("analysis/world/"):
        return header in DETECTION_WORLD
    if folder == "analysis/isthmus.h":
        return True
    if header.startswith(folder + "/"):
        return True
    return any(header.startswith(a) for a in ALLOWED[folder])


def main():
    bad = 0
    for top in ("analysis", "widgets", "app", "tests"):
        for here, _, files in os.walk(os.path.join(ROOT, top)):
            for file in sorted(files):
                if not file.endswith((".c", ".h")):
                    continue
                full = os.path.join(here, file)
                path = os.path.relpath(full, ROOT)
                folder = folder_of(path)
                for number, line in enumerate(open(full, encoding="utf-8"), 1):
                    own = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                    system = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
                    if own and folder and "/" in own[1] and not may_include(path, folder, own[1]):
                        print(f"{path}:{number}: may not include {own[1]}")
                        bad += 1
                    for pattern, folders in SYSTEM.items():
                        if system and re.fullmatch(pattern, system[1]) and not path.startswith(folders):
                            print(f"{path}:{number}: may not include <{system[1]}>")
                            bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
