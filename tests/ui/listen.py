#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listens in the window as a new user does. A script stands in for isthmus-capture, so no rights are needed and nothing is heard but the sample plant.
usage: listen.py PROGRAM SAMPLE-PROGRAM"""
import os
import subprocess
import sys

from accessible import Program, need_tools, press, private_world, texts, wait_for

HEARS = """#!/bin/sh
[ "$1" = --list ] && exec cat '{folder}/list'
printf '%s\\n' "$*" > '{folder}/asked'
trap 'kill $!; exit 0' TERM
trap : USR1 USR2
printf 'listening\\teth1\\n' >&2
cat '{folder}/plant.pcapng'
while :; do sleep 1000 & wait $!; done
"""
LIST = """name\tdescription\taddresses\tflags\tlink_type\tcapture\treason
eth1\tMirror port\t192.0.2.1\tup,running\tEN10MB\tyes\t
eth2\t\t192.0.2.2\tup,running\tEN10MB\tno-rights\tYou don't have permission
eth3\t\t\t\t\tno\tThat device is not up
"""
FILTER = "not port 22"


def all_texts(program):
    return [text for window in program.windows() for text in texts(window)]


def see(program, beginning):
    return wait_for(f"“{beginning}”", lambda: next((t for t in all_texts(program) if t.startswith(beginning)), None))


def can_press(program, name):
    from gi.repository import Atspi

    return any(node.get_state_set().contains(Atspi.StateType.SENSITIVE) for node in program.find_all("push button", name))


def tick(program, name):
    """By keyboard: GTK 4.8 gives a check button no action of its own."""
    from gi.repository import Atspi

    def is_there():
        if program.find("check box", name).get_state_set().contains(Atspi.StateType.FOCUSED):
            return True
        press("Tab")
        return False
    wait_for(f"{name} has the focus", is_there)
    press(" ")


def check_choice(program, folder):
    """Only what can be heard can be chosen; missing rights come with the words that give them."""
    program.click("push button", "Listen")
    see(program, "Mirror port · 192.0.2.1")
    see(program, "Rights are missing")
    see(program, "sudo setcap cap_net_raw=ep ")
    assert not can_press(program, "Start"), "nothing is chosen"
    tick(program, "eth1")
    wait_for("Start can be pressed", lambda: can_press(program, "Start"))


def check_filter(program, folder):
    """A filter is checked while it is typed."""
    entry = program.find("text", "Filter")
    entry.set_text_contents("tcp port")
    wait_for("Start cannot be pressed", lambda: not can_press(program, "Start"))
    see(program, "The filter “tcp port” cannot be used")
    entry.set_text_contents(FILTER)
    wait_for("Start can be pressed", lambda: can_press(program, "Start"))


def check_live(program, folder):
    """The plant is seen while the listening goes on."""
    program.click("push button", "Start")
    see(program, "Listening on eth1 · ")
    words = see(program, "1 capture · ")
    assert "not read to the end" not in words and "0 frames sent" in words, words
    with open(os.path.join(folder, "asked"), encoding="utf-8") as asked:
        assert asked.read() == f"--filter={FILTER} -- eth1\n"
    program.click("push button", "Pause")
    see(program, "Paused on eth1 · ")
    program.click("push button", "Pause")
    see(program, "Listening on eth1 · ")


def check_stop(program, folder):
    """What was heard stays, and its recording can be saved."""
    program.click("push button", "Stop")
    program.find("label", "What was heard is recorded")  # not by see(): on a slow machine the toast would be gone before all texts were read
    recordings = [name for _, _, names in os.walk(folder) for name in names if name.endswith(".pcapng") and name != "plant.pcapng"]
    assert len(recordings) == 1, recordings


def check_close(program, folder):
    """Discarding the project discards its recording."""
    program.click("push button", "Close")
    program.click("push button", "Discard")
    program.wait_end()
    left = [name for _, _, names in os.walk(os.path.join(folder, "cache")) for name in names if name.endswith((".isthmus", ".pcapng"))]
    assert not left, left


def check_follow(program, folder):
    """A capture that is still written comes as it grows, and Stop keeps what came."""
    with open(os.path.join(folder, "plant.pcapng"), "rb") as whole, open(os.path.join(folder, "growing.pcapng"), "ab") as growing:
        before = see(program, "Following growing.pcapng · ")
        whole.seek(growing.tell())
        growing.write(whole.read())
        growing.flush()
        wait_for("more frames", lambda: see(program, "Following growing.pcapng · ") != before)
        wait_for("the sample plant whole", lambda: " · 9.85 k frames" in see(program, "Following growing.pcapng · "))
    program.click("push button", "Stop")
    wait_for("nothing is read any more", lambda: can_press(program, "Listen"))
    see(program, "1 capture · 7 min 58 s · 9.85 k frames")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def run(program, folder, *steps):
    with program:
        for step in steps:
            step(program, folder)
            print(f"ok {step.__name__}", flush=True)


def main():
    program_path, sample_path = sys.argv[1:3]
    need_tools()
    with private_world() as folder:
        stand_in, plant, growing = (os.path.join(folder, name) for name in ("isthmus-capture", "plant.pcapng", "growing.pcapng"))
        subprocess.run([sample_path, plant], check=True)
        write(os.path.join(folder, "list"), LIST)
        write(stand_in, HEARS.format(folder=folder))
        os.chmod(stand_in, 0o700)
        os.environ["ISTHMUS_CAPTURE"] = stand_in
        run(Program(program_path), folder, check_choice, check_filter, check_live, check_stop, check_close)
        with open(plant, "rb") as whole, open(growing, "wb") as half:
            half.write(whole.read(os.path.getsize(plant) // 2))
        run(Program(program_path, "--follow", growing), folder, check_follow)


main()
