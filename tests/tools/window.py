#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""isthmus-cli with --from and --to: the report of a window is the report of a capture cut to it. Prints TAP.

Needs ISTHMUS_CLI and ISTHMUS_SAMPLE, the two programs.
"""
import datetime
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import traceback

CLI = os.environ["ISTHMUS_CLI"]
SAMPLE = os.environ["ISTHMUS_SAMPLE"]
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
SECOND = 10**9


def run(status, *arguments):
    done = subprocess.run([CLI, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=folder,
                          timeout=120)
    assert done.returncode == status, f"{arguments}: exit {done.returncode}: {done.stderr.decode()}"
    return done.stdout.decode(), done.stderr.decode()


def analyze(*arguments):
    return json.loads(run(0, "analyze", "--json", "-", *arguments)[0])


def read_pcap(path):
    """The file header, and (time, record) of each frame."""
    with open(path, "rb") as file:
        data = file.read()
    magic, = struct.unpack_from("<I", data)
    unit = 1000 if magic == 0xA1B2C3D4 else 1
    frames, at = [], 24
    while at < len(data):
        second, fraction, captured, _ = struct.unpack_from("<4I", data, at)
        frames.append((second * SECOND + fraction * unit, data[at:at + 16 + captured]))
        at += 16 + captured
    return data[:24], frames


def write_pcap(path, header, frames):
    with open(path, "wb") as file:
        file.write(header + b"".join(record for _, record in frames))


def format_time(time):
    day = datetime.datetime.fromtimestamp(time // SECOND, datetime.timezone.utc)
    return day.strftime("%Y-%m-%dT%H:%M:%S") + f".{time % SECOND:09}Z"


def renumber(value, numbers):
    """The report with the frames of the whole capture where it names those of the cut one."""
    if isinstance(value, dict):
        return {key: numbers[part] if key == "frame" and part else renumber(part, numbers) for key, part in value.items()}
    return [renumber(part, numbers) for part in value] if isinstance(value, list) else value


def without_file(report):
    for capture in report["captures"]:
        for key in ("path", "sha256", "notes"):
            del capture[key]
    return report


def check_window(name, header, frames, start, end):
    kept = [(number, frame) for number, frame in enumerate(frames, 1) if start <= frame[0] <= end]
    write_pcap(os.path.join(folder, "cut.pcap"), header, [frame for _, frame in kept])
    cut = renumber(analyze("cut.pcap"), {i: number for i, (number, _) in enumerate(kept, 1)})
    window = analyze("--from", format_time(start), "--to", format_time(end), name)
    assert window["captures"][0]["packets"] == len(kept)
    for key in cut:
        assert without_file(cut)[key] == without_file(window)[key] if key == "captures" else cut[key] == window[key], f"{key} differ"
    return len(window["links"])


def windows_of_the_sample():
    header, frames = read_pcap(os.path.join(folder, "sample.pcap"))
    first, last = frames[0][0], frames[-1][0]
    span = last - first
    for start, end in ((0, span), (0, span // 3), (span // 3, span // 2), (span // 2, span), (span // 7, span // 7 + 30 * SECOND)):
        assert check_window("sample.pcap", header, frames, first + start, first + end) > 0
    assert check_window("sample.pcap", header, frames, last + 1, last + SECOND) == 0


def times_in_disorder():
    header, frames = read_pcap(os.path.join(folder, "sample.pcap"))
    mixed = frames[5000:] + frames[:5000]
    write_pcap(os.path.join(folder, "mixed.pcap"), header, mixed)
    assert check_window("mixed.pcap", header, mixed, frames[4000][0], frames[6000][0]) > 0


def open_ends():
    whole = analyze("sample.pcap")
    first, last = whole["captures"][0]["first"], whole["captures"][0]["last"]
    assert analyze("--from", first, "sample.pcap") == whole
    assert analyze("--to", last, "sample.pcap") == whole
    assert analyze("--from", "1970-01-01 00:00", "--to", "2100-01-01T00:00:00+14:00", "sample.pcap") == whole
    assert analyze("--to", "1.5", "sample.pcap")["captures"][0]["packets"] == 0


def wrong_times():
    for text in ("", "noon", "2026-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00+1", "2026-01-01T25:00", "1e9", "99999999999999999999", "1.", "-"):
        assert "is no time" in run(2, "analyze", f"--from={text}", "sample.pcap")[1], text
    assert "later" in run(2, "analyze", "--from", "5", "--to", "4", "sample.pcap")[1]
    assert "whole captures" in run(2, "analyze", "--from", "5", "-o", "plant.isthmus", "sample.pcap")[1]


def shown_lists():
    run(0, "analyze", "-o", "plant.isthmus", "sample.pcap")
    report = analyze("sample.pcap")
    first, last = report["captures"][0]["first"], report["captures"][0]["last"]
    for name in ("assets", "links", "alerts", "captures"):
        whole = run(0, "show", "plant.isthmus", name)[0]
        assert run(0, "show", "--from", first, "--to", last, "plant.isthmus", name)[0] == whole
        assert run(0, "show", "plant.isthmus", name, "--to", "5")[0].count("\n") == 1
    start = format_time(read_pcap(os.path.join(folder, "sample.pcap"))[1][0][0] + 5 * SECOND)
    early = run(0, "show", "plant.isthmus", "links", "--to", start)[0].splitlines()
    assert 1 < len(early) < len(report["links"])
    assert {(link["packets"]) for link in analyze("--to", start, "sample.pcap")["links"]}
    assert "is no time" in run(2, "show", "plant.isthmus", "links", "--to", "soon")[1]


def main():
    global folder
    failed = 0
    folder = tempfile.mkdtemp(prefix="isthmus-test-")
    tests = (windows_of_the_sample, times_in_disorder, open_ends, wrong_times, shown_lists)
    try:
        subprocess.run([SAMPLE, os.path.join(folder, "sample.pcap")], check=True)
        print(f"1..{len(tests)}")
        for number, function in enumerate(tests, 1):
            try:
                function()
                print(f"ok {number} {function.__name__}")
            except Exception:
                failed += 1
                print(f"not ok {number} {function.__name__}")
                print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
