#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments: what was said to be done is there afterwards, and the rest can be done as if nothing had been.

usage: kill.py [--rounds N]      with ISTHMUS_CLI, ISTHMUS_SAMPLE, ISTHMUS_VICTIM in the environment (tests/faults/run sets them)
Each round kills one of three: the command line that reads captures into a project; the engine that reads captures and saves the
project under two names in turn; the engine that also writes people's words. TAP on standard output; a failure keeps its folder.
"""
import argparse
import glob
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

CLI, SAMPLE, VICTIM = (os.environ[name] for name in ("ISTHMUS_CLI", "ISTHMUS_SAMPLE", "ISTHMUS_VICTIM"))
LATER = 3600  # seconds between two repetitions of the sample
CAPTURES = ["one.pcap", "two.pcap", "three.pcap"]


def records(data):
    at = 24
    while at < len(data):
        size = struct.unpack_from("<I", data, at + 8)[0]
        yield data[at:at + 16 + size]
        at += 16 + size


def make_captures(folder):
    """The sample three times, each later than the one before and several times as long, so that there is time to be killed."""
    subprocess.run([SAMPLE, os.path.join(folder, "sample.pcap")], check=True)
    with open(os.path.join(folder, "sample.pcap"), "rb") as file:
        sample = file.read()
    for number, name in enumerate(CAPTURES):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(sample[:24])
            for again in range(4):
                shift = (number * 4 + again) * LATER
                for record in records(sample):
                    file.write(struct.pack("<I", struct.unpack_from("<I", record)[0] + shift) + record[4:])


def run(folder, *arguments):
    return subprocess.run([CLI, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)


def column(done, name):
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    return [line[lines[0].index(name)] for line in lines[1:]] if lines else []


class Killed:
    """A program that ran in @folder until it was killed after @patience seconds, and what it said before."""

    def __init__(self, folder, command, patience):
        with open(os.path.join(folder, "said"), "wb") as said:
            program = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
            try:
                program.wait(patience)
            except subprocess.TimeoutExpired:
                program.send_signal(signal.SIGKILL)
                program.wait()
        self.ended = program.returncode == 0
        assert program.returncode in (0, -signal.SIGKILL), f"{command}: {program.returncode}"
        with open(os.path.join(folder, "said"), encoding="utf-8") as said:
            self.lines = [line[:-1] for line in said if line.endswith("\n")]
        os.unlink(os.path.join(folder, "said"))

    def last(self, word):
        return next((line[len(word) + 1:] for line in reversed(self.lines) if line.startswith(word + " ")), "")

    def number(self, word):
        return int(self.last(word) or 0)


def finish(folder, project, expected):
    """Reading the captures again gives the report of a run that nobody disturbed."""
    done = run(folder, "analyze", "-o", project, "--json", "-", *CAPTURES)
    assert done.returncode == 0 and not done.stderr, done.stderr.decode()
    assert done.stdout == expected, "the report is another one than without a kill"


def kill_command_line(folder, patience, expected):
    killed = Killed(folder, [CLI, "analyze", "-o", "plant.isthmus", *CAPTURES], patience)
    if os.path.exists(os.path.join(folder, "plant.isthmus")) and os.path.getsize(os.path.join(folder, "plant.isthmus")) > 0:
        shown = run(folder, "show", "plant.isthmus", "captures")
        assert shown.returncode == 0, shown.stderr.decode()
        assert not killed.ended or column(shown, "complete") == ["yes"] * len(CAPTURES)
    finish(folder, "plant.isthmus", expected)


def word_number(folder, project):
    names = column(run(folder, "show", project, "assets"), "name")
    return max((int(name[5:]) for name in names if name.startswith("word ")), default=0)


def kill_engine(folder, patience, expected, words=0):
    os.mkdir(os.path.join(folder, "kept"))
    killed = Killed(folder, [VICTIM, "kept", str(words), *CAPTURES], patience)
    assert not killed.last("failed"), killed.lines
    best = (0, 0, "")
    for path in glob.glob(os.path.join(folder, "kept", "*.isthmus")):
        shown = run(folder, "show", path, "captures")
        if os.path.getsize(path) == 0 and not killed.last("project"):
            continue  # killed while it made it
        assert shown.returncode == 0, f"{path}: {shown.stderr.decode()}"
        best = max(best, (column(shown, "complete").count("yes"), word_number(folder, path), path))
    assert best[0] >= killed.number("captures"), f"{best} of {killed.lines}"
    assert best[1] >= killed.number("words"), f"{best} of {killed.lines}"
    if best[2] and not words:
        finish(folder, best[2], expected)


def kill_writer(folder, patience, expected):
    kill_engine(folder, patience, expected, words=8)


VICTIMS = (kill_command_line, kill_engine, kill_writer)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    seed = int(os.environ.get("SEED", random.randrange(1 << 32)))
    dice = random.Random(seed)
    top = tempfile.mkdtemp(prefix="isthmus-kill-")
    failed = 0
    print(f"1..{rounds}\n# SEED={seed}", flush=True)
    make_captures(top)
    start = time.monotonic()
    expected = run(top, "analyze", "-o", "undisturbed.isthmus", "--json", "-", *CAPTURES).stdout
    whole = time.monotonic() - start
    for number in range(1, rounds + 1):
        folder = os.path.join(top, str(number))
        os.mkdir(folder)
        for name in CAPTURES:
            os.symlink(os.path.join(top, name), os.path.join(folder, name))
        victim = VICTIMS[number % len(VICTIMS)]
        patience = dice.uniform(0, (1.2 if victim == kill_command_line else 2) * whole)
        try:
            victim(folder, patience, expected)
            print(f"ok {number} {victim.__name__} after {patience:.3f} s", flush=True)
            shutil.rmtree(folder)
        except AssertionError as error:
            failed += 1
            print(f"# {error}\nnot ok {number} {victim.__name__} after {patience:.3f} s, in {folder}", flush=True)
    if not failed:
        shutil.rmtree(top)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
