#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""isthmus-cli on captures that are still being made: pipes, and files that grow. Prints TAP.

Needs ISTHMUS_CLI and ISTHMUS_SAMPLE, the two programs.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

CLI, SAMPLE = os.environ["ISTHMUS_CLI"], os.environ["ISTHMUS_SAMPLE"]
PATIENCE = 120  # seconds; only something broken needs them

tests = []


def test(function):
    tests.append(function)
    return function


def report_of(path):
    return subprocess.run([CLI, "analyze", "--json", "-", path], stdout=subprocess.PIPE, check=True).stdout


def wait_until_caught(child, number):
    """Until the program handles the signal: nothing tells of that but the system."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with open(f"/proc/{child.pid}/status", encoding="ascii") as file:
            caught = next(int(line.split()[1], 16) for line in file if line.startswith("SigCgt"))
        if caught >> (number - 1) & 1:
            return
        time.sleep(0.01)
    raise AssertionError("the signal is not caught")


def without_origin(report):
    """The report but for where the capture came from."""
    data = json.loads(report)
    for capture in data["captures"]:
        capture["path"] = ""
    return data


@test
def a_pipe_in_pieces_gives_the_report_of_the_file():
    with open(sample, "rb") as file:
        data = file.read()
    child = subprocess.Popen([CLI, "analyze", "--json", "-", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for at in range(0, len(data), 9973):
        child.stdin.write(data[at:at + 9973])
        child.stdin.flush()
    out, _ = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0 and without_origin(out) == without_origin(report_of(sample))


@test
def interrupting_a_pipe_leaves_its_report():
    """As Ctrl+C at a terminal does to all of “tcpdump -w - | isthmus-cli analyze -”: the feeder ends, the report comes."""
    with open(sample, "rb") as file:
        data = file.read()
    child = subprocess.Popen([CLI, "analyze", "--json", "-", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdin.write(data[:500000])
    child.stdin.flush()
    wait_until_caught(child, signal.SIGINT)
    child.send_signal(signal.SIGINT)
    child.stdin.write(data[500000:])
    out, _ = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0 and without_origin(out) == without_origin(report_of(sample))


@test
def a_growing_file_is_followed_until_interrupted():
    growing = os.path.join(folder, "growing.pcap")
    with open(sample, "rb") as file:
        data = file.read()
    with open(growing, "wb") as out:
        out.write(data[:300001])
        out.flush()
        child = subprocess.Popen([CLI, "analyze", "--follow", "--json", "-", growing], stdout=subprocess.PIPE)
        wait_until_caught(child, signal.SIGINT)
        out.write(data[300001:])
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0 and out == report_of(growing)


@test
def a_followed_file_that_is_moved_away_ends():
    rotating = os.path.join(folder, "rotating.pcap")
    shutil.copy(sample, rotating)
    child = subprocess.Popen([CLI, "analyze", "--follow", "--json", "-", rotating], stdout=subprocess.PIPE)
    wait_until_caught(child, signal.SIGINT)
    os.rename(rotating, rotating + ".1")
    out, _ = child.communicate(timeout=PATIENCE)
    notes = json.loads(out)["captures"][0]["notes"]
    assert child.returncode == 0 and any("another one has its name" in note for note in notes), notes


@test
def only_one_can_be_followed():
    done = subprocess.run([CLI, "analyze", "--follow", sample, sample], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2 and "followed" in done.stderr


def main():
    global folder, sample
    folder = tempfile.mkdtemp(prefix="isthmus-live-")
    sample = os.path.join(folder, "sample.pcap")
    try:
        subprocess.run([SAMPLE, sample], check=True)
        print(f"1..{len(tests)}")
        failed = 0
        for number, function in enumerate(tests, 1):
            try:
                function()
                print(f"ok {number} {function.__name__}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"not ok {number} {function.__name__}")
                print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
        return 1 if failed else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
