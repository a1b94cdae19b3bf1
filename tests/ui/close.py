#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that is closed at once after something was decided is gone, and the decision is in the project.
usage: close.py PROGRAM SAMPLE-PROGRAM CLI-PROGRAM"""
import os
import re
import subprocess
import sys

from accessible import Program, need_tools, press, private_world, wait_for


def count_alerts(program):
    """The number in front of “alerts” over the timeline."""
    for node in program.find_all("label"):
        count = re.match(r"(\d+) alerts?, \d+ remote sessions?", node.get_name())
        if count:
            return int(count[1])
    return None


def decide_and_close(path, project):
    """Acknowledges an alert, and closes the window with the next key; gives how many alerts there were."""
    with Program(path, project) as program:
        program.click("page tab", "Timeline")
        before = wait_for("alerts", lambda: count_alerts(program))
        program.click("push button", "Acknowledge", under=program.find("list", "Alerts and remote sessions"))
        wait_for("one alert less", lambda: count_alerts(program) == before - 1)  # a button pressed by accessibility takes a moment to act
        press("w", control=True)
        program.wait_end()
    return before


def check_kept(path, project, wanted):
    with Program(path, project) as program:
        program.click("page tab", "Timeline")
        wait_for(f"{wanted} alerts", lambda: count_alerts(program) == wanted)
        press("w", control=True)
        program.wait_end()


def main():
    program_path, sample_path, cli_path = sys.argv[1:4]
    need_tools()
    with private_world() as home:
        capture, project = os.path.join(home, "plant.pcapng"), os.path.join(home, "plant.isthmus")
        subprocess.run([sample_path, capture], check=True)
        subprocess.run([cli_path, "analyze", "-o", project, capture], check=True, stdout=subprocess.DEVNULL)
        before = decide_and_close(program_path, project)
        print("ok decide_and_close", flush=True)
        check_kept(program_path, project, before - 1)
        print("ok check_kept", flush=True)


main()
