#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the sample plant in the window and does what a new user does, by accessibility and keyboard alone.
usage: window.py PROGRAM SAMPLE-PROGRAM"""
import os
import re
import subprocess
import sys

from accessible import Program, children, need_tools, press, private_world, texts, wait_for

SAMPLE_ASSETS = 18  # at least; how many exactly is the world's business and tested there


def read_table(program, name):
    """Rows of the table of that name as {column: text}; [] when it changed while it was read."""
    table = next(program.find_all("tree table", name), None)
    if not table:
        return []
    head, body = children(table)[:2]
    titles = [" ".join(texts(title)) for title in children(head)]
    rows = [[" ".join(texts(cell)) for cell in children(row)] for row in children(body)]
    return [dict(zip(titles, cells)) for cells in rows if len(cells) == len(titles)]


def table_shows(program, name, check):
    return wait_for(f"what is looked for in the table “{name}”",
                    lambda: next(filter(check, [read_table(program, name)]), None))


def check_assets(program):
    program.click("page tab", "Assets")
    rows = table_shows(program, "Assets", lambda rows: len(rows) >= SAMPLE_ASSETS)
    assert all(row["Name"] and row["Kind"] for row in rows), rows

    table_shows(program, "Assets", lambda rows: any(
        row["Name"] == "plc-filling" and row["Kind"] == "Controller (PLC)" and row["Level"] == "1" and
        row["IP addresses"] == "192.168.101.10" and row["Vendor"] == "Siemens" and row["Model"] == "CPU 315-2 PN/DP" and
        row["Firmware"] == "V3.3.9" for row in rows))


def check_views(program):
    program.click("page tab", "Map")
    program.find("push button", "Zoom in")
    program.click("page tab", "Traffic")
    table_shows(program, "Links", lambda rows: any(row["Protocol"] == "Modbus/TCP" for row in rows))
    program.click("page tab", "Overview")
    program.find("label", "Needs attention")


def check_levels(program):
    """A bar of the overview leads to the assets it counts."""
    program.click("page tab", "Overview")
    program.click("push button", "Level 2")
    table_shows(program, "Assets", lambda rows: 1 < len(rows) < SAMPLE_ASSETS and all(row["Level"] == "2" for row in rows))
    program.find("entry", "Find").set_text_contents("")
    table_shows(program, "Assets", lambda rows: len(rows) >= SAMPLE_ASSETS)


def check_find(program):
    """Ctrl+F takes words; they narrow the table, and Enter selects what is first."""
    program.click("page tab", "Assets")
    entry = program.find("entry", "Find")
    press("f", control=True)
    entry.set_text_contents("no such thing")
    program.find("label", "Nothing matches")
    entry.set_text_contents("siemens plc")
    table_shows(program, "Assets", lambda rows: [row["Name"] for row in rows] == ["plc-filling"])
    press("Return")
    wait_for("the asset in the inspector", lambda: "plc-filling" in inspector_texts(program))
    entry.set_text_contents("192.168.102")  # several: the first as they stand in the table
    first = table_shows(program, "Assets", lambda rows: 1 < len(rows) < SAMPLE_ASSETS and rows == sorted(rows, key=natural))[0]["Name"]
    wait_for(f"“{first}” in the inspector", lambda: press("Return") or first in inspector_texts(program))
    entry.set_text_contents("siemens plc")
    table_shows(program, "Assets", lambda rows: [row["Name"] for row in rows] == ["plc-filling"])
    wait_for("the asset in the inspector", lambda: press("Return") or "plc-filling" in inspector_texts(program))
    press("Escape")
    table_shows(program, "Assets", lambda rows: len(rows) >= SAMPLE_ASSETS)


def natural(row):
    """As people order names: numbers by value, before letters."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.lower()) for part in re.findall(r"\d+|\D+", row["Name"])]


def inspector_texts(program):
    inspector = next(program.find_all("filler", "Inspector"), None)
    return texts(inspector) if inspector else []


def check_inspector(program):
    """What the asset says of itself, who said so, and the reason of its level."""
    for wanted in ("CPU 315-2 PN/DP", "Model · ", "192.168.101.10", "Level 1 · control", "Operations", "Alerts"):
        wait_for(f"“{wanted}” in the inspector",
                 lambda wanted=wanted: any(word.startswith(wanted) for word in inspector_texts(program)))


def count_alerts(program):
    """The number in front of “alerts” over the timeline."""
    for node in program.find_all("label"):
        count = re.match(r"(\d+) alerts, \d+ remote sessions", node.get_name())
        if count:
            return int(count[1])
    return None


def check_timeline(program):
    """An acknowledged alert steps aside, and comes back when that is undone."""
    program.click("page tab", "Timeline")
    before = wait_for("alerts", lambda: count_alerts(program))
    program.click("push button", "Acknowledge", under=program.find("list", "Alerts and remote sessions"))
    wait_for("one alert less", lambda: count_alerts(program) == before - 1)
    press("z", control=True)
    wait_for("the alert again", lambda: count_alerts(program) == before)


def check_review(program):
    """What was written down stands in the inspector until it is taken back; what is no day cannot be."""
    program.click("page tab", "Review")
    program.click("push button", "Decide…", under=program.find("list", "What there is to decide"))
    program.find("label", "What was decided?")
    fields = {name: program.find("text", name) for name in ("Note", "Who sees to it in IT", "Until")}
    fields["Until"].set_text_contents("soon")
    program.find("label", "This is no day")
    fields["Until"].set_text_contents("2026-12-01")
    fields["Note"].set_text_contents("through the DMZ only")
    fields["Who sees to it in IT"].set_text_contents("Ann")
    program.click("push button", "Write down")
    program.wait_gone("label", "What was decided?")
    wait_for("who sees to it, in the inspector", lambda: any("IT: Ann · until 2026-12-01" in word for word in inspector_texts(program)))
    press("z", control=True)
    wait_for("nothing decided any more", lambda: "Nothing decided" in inspector_texts(program))


def check_wrong_file(program, home):
    """A second start hands its file to the first, which says what is wrong with it."""
    path = os.path.join(home, "notes.txt")
    with open(path, "w", encoding="utf-8") as notes:
        notes.write("This is no capture.\n" * 20)
    second = subprocess.run([program.path, path], check=False)
    assert second.returncode == 0, second.returncode
    words = wait_for("the problem", lambda: next(
        (node.get_name() for node in program.find_all("label") if "notes.txt" in node.get_name()), None))
    assert "capture" in words, words
    program.click("push button", "Dismiss")
    table_shows_nothing_lost(program)


def table_shows_nothing_lost(program):
    program.click("page tab", "Assets")
    table_shows(program, "Assets", lambda rows: len(rows) >= SAMPLE_ASSETS)


def leftovers(home):
    return [name for _, _, names in os.walk(os.path.join(home, "cache")) for name in names if ".isthmus" in name]


def check_close(program, home):
    """Closing asks; Cancel keeps everything, Discard leaves nothing behind."""
    assert leftovers(home)
    program.click("push button", "Close")
    program.find("push button", "Save")
    program.click("push button", "Cancel")
    program.wait_gone("push button", "Discard")
    table_shows_nothing_lost(program)
    program.click("push button", "Close")
    program.click("push button", "Discard")
    program.wait_end()
    assert not leftovers(home), leftovers(home)


def main():
    program_path, sample_path = sys.argv[1:3]
    need_tools()
    with private_world() as home:
        capture = os.path.join(home, "plant.pcapng")
        subprocess.run([sample_path, capture], check=True)
        steps = [(check_assets, ()), (check_views, ()), (check_levels, ()), (check_find, ()), (check_inspector, ()), (check_timeline, ()), (check_review, ()),
                 (check_wrong_file, (home,)), (check_close, (home,))]
        with Program(program_path, capture) as program:
            for step, arguments in steps:
                step(program, *arguments)
                print(f"ok {step.__name__}", flush=True)


main()
