#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""isthmus-capture with real frames, sent between two network namespaces. Prints TAP; skips where the machine does not allow them.

Needs ISTHMUS_CAPTURE, ISTHMUS_CLI, ISTHMUS_SAMPLE, ISTHMUS_SENDER and ISTHMUS_LISTEN, the programs. Every wait is for an event.
"""
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import netns  # noqa: E402

CAPTURE, CLI, SAMPLE, SENDER, LISTEN = (os.environ[f"ISTHMUS_{name}"] for name in ("CAPTURE", "CLI", "SAMPLE", "SENDER", "LISTEN"))
FRAMES = 9851
PATIENCE = 120  # seconds; only something broken needs them

tests = []


def test(function):
    tests.append(function)
    return function


def read_pcap(path):
    data, at, frames = open(path, "rb").read(), 24, []
    while at < len(data):
        captured = struct.unpack_from("<I", data, at + 8)[0]
        frames.append(data[at + 16:at + 16 + captured])
        at += 16 + captured
    return frames


class Pcapng:
    """Interfaces (name, filter, resolution), frames (interface, time, bytes) and the last statistics (received, dropped) of a section."""

    def __init__(self):
        self.interfaces, self.frames, self.statistics = [], [], {}

    @staticmethod
    def options(data):
        found, at = {}, 0
        while at + 4 <= len(data):
            code, length = struct.unpack_from("<HH", data, at)
            if code == 0:
                break
            found[code] = data[at + 4:at + 4 + length]
            at += 4 + (length + 3 & ~3)
        return found

    def add(self, kind, body):
        if kind == 1:
            options = self.options(body[8:])
            self.interfaces.append((options[2].decode(), options.get(11, b" ")[1:].decode(), options[9][0]))
        elif kind == 6:
            interface, high, low, captured, _ = struct.unpack_from("<5I", body)
            self.frames.append((interface, high << 32 | low, body[20:20 + captured]))
        elif kind == 5:
            options = self.options(body[12:])
            self.statistics[struct.unpack_from("<I", body)[0]] = tuple(struct.unpack("<Q", options[code])[0] for code in (4, 5))
        else:
            assert kind == 0x0a0d0d0a, f"block of type {kind:#x}"

    def read(self, file, until=None):
        """Blocks to the end, or until @until(self) is true."""
        while not (until and until(self)):
            head = file.read(8)
            if not head:
                return self
            kind, total = struct.unpack("<II", head)
            rest = file.read(total - 8)
            assert len(rest) == total - 8 and struct.unpack("<I", rest[-4:])[0] == total, "a block is cut or its lengths differ"
            self.add(kind, rest[:-4])
        return self


class Capture:
    """A running isthmus-capture that has begun to listen."""

    def __init__(self, *arguments, interfaces=1, **options):
        options.setdefault("stdout", subprocess.PIPE)
        self.child = subprocess.Popen([CAPTURE, *arguments], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
        self.words = []
        for _ in range(interfaces):
            self.wait_for("listening")

    def wait_for(self, code):
        while True:
            line = self.child.stderr.readline().decode()
            assert line, f"ended before it said {code}: {self.words}"
            self.words.append(line.rstrip("\n").split("\t"))
            if self.words[-1][0] == code:
                return self.words[-1]

    def end(self, number=signal.SIGTERM):
        if number:
            self.child.send_signal(number)
        status = self.child.wait(PATIENCE)
        self.words += [line.decode().rstrip("\n").split("\t") for line in self.child.stderr]
        self.child.stderr.close()
        return status


def hear(*arguments, frames=FRAMES):
    """The sample plant sent at s0 and heard at v0 as @arguments ask: what came out."""
    path = os.path.join(folder, "heard.pcapng")
    with open(path, "wb") as out:
        capture = Capture(*arguments, "v0", stdout=out)
        assert cables.send(SENDER, "s0", sample, frames) == frames
        assert capture.end() == 0, capture.words
    with open(path, "rb") as file:
        return Pcapng().read(file)


@test
def every_frame_as_it_was_sent():
    heard = hear()
    assert heard.interfaces == [("v0", "", 9)], heard.interfaces
    assert [frame for _, _, frame in heard.frames] == read_pcap(sample)
    times = [time for _, time, _ in heard.frames]
    assert times == sorted(times) and times[0] > 10 ** 18
    assert heard.statistics == {0: (FRAMES, 0)}, heard.statistics


@test
def filter_and_snap_length():
    heard = hear("--filter", "vlan and tcp port 502", "--snap-length", "60")
    expected = [frame[:60] for frame in read_pcap(sample) if frame[12:14] == b"\x81\x00" and frame[16:18] == b"\x08\x00" and frame[27] == 6
                and 502 in struct.unpack_from(">HH", frame, 38)]
    assert heard.interfaces == [("v0", "vlan and tcp port 502", 9)]
    assert len(expected) > 100 and [frame for _, _, frame in heard.frames] == expected


@test
def few_frames_come_at_once():
    """One frame must come out although no other follows and nobody stops it."""
    capture = Capture("v0")
    for n in (1, 2, 3):
        cables.send(SENDER, "s0", sample, 1)
        if n == 1:
            heard = Pcapng()
        heard.read(capture.child.stdout, lambda p, n=n: len(p.frames) == n)
    assert capture.end() == 0


@test
def stops_on_a_silent_network():
    for number in (signal.SIGTERM, signal.SIGINT):
        assert Capture("v0").end(number) == 0
    capture = Capture("v0")
    capture.child.stdout.close()  # nobody reads any more
    assert capture.end(None) == 0, capture.words


@test
def stops_when_nobody_empties_the_pipe():
    capture = Capture("v0")
    cables.send(SENDER, "s0", sample, 100000)
    assert capture.end() == 0, capture.words


@test
def gives_back_what_it_may():
    capture = Capture("v0")
    with open(f"/proc/{capture.child.pid}/status", encoding="ascii") as file:
        status = dict(line.split(":\t", 1) for line in file if ":\t" in line)
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(status[name], 16) == 0, f"{name} {status[name]}"
    assert status["NoNewPrivs"].strip() == "1" and status["Seccomp"].strip() == "2"
    assert capture.end() == 0


@test
def pauses():
    capture = Capture("v0")
    heard = Pcapng()
    cables.send(SENDER, "s0", sample, 10)
    heard.read(capture.child.stdout, lambda p: len(p.frames) == 10)
    capture.child.send_signal(signal.SIGUSR1)
    seen = heard.statistics.copy()
    heard.read(capture.child.stdout, lambda p: p.statistics != seen)  # it had its turn, so the signal was seen
    cables.send(SENDER, "s0", sample, 20)
    heard.read(capture.child.stdout, lambda p: p.statistics[0][0] == 30)
    capture.child.send_signal(signal.SIGUSR2)
    seen = heard.statistics[0]
    heard.statistics[0] = None
    heard.read(capture.child.stdout, lambda p: p.statistics[0] is not None)
    assert heard.statistics[0] == seen
    cables.send(SENDER, "s0", sample, 5)
    heard.read(capture.child.stdout, lambda p: len(p.frames) == 15)
    assert capture.end() == 0


@test
def two_interfaces_in_order_of_time():
    """Sent in turns, then by both at once until the end: neither the kernel's lots nor the stop may bring an answer before its question."""
    path = os.path.join(folder, "two.pcapng")
    with open(path, "wb") as out:
        capture = Capture("v0", "v1", stdout=out, interfaces=2)
        for turn in range(20):
            cables.send(SENDER, f"s{turn % 2}", sample, 50)
        senders = [cables.start_sending([SENDER, f"s{i}", sample, "20000", "20000"]) for i in range(2)]
        for child in senders:
            assert child.wait(PATIENCE) == 0
            child.stdout.close()
        assert capture.end() == 0
    heard = Pcapng().read(open(path, "rb"))
    assert [name for name, _, _ in heard.interfaces] == ["v0", "v1"]
    for i in range(2):
        received, dropped = heard.statistics[i]
        assert received == 20500 and sum(which == i for which, _, _ in heard.frames) == received - dropped, heard.statistics
    late = [(at, a, b) for at, (a, b) in enumerate(zip(heard.frames, heard.frames[1:])) if b[1] < a[1]]
    assert not late, f"{len(late)} of {len(heard.frames)} too late, the first by {late[0][1][1] - late[0][2][1]} ns at {late[0][0]}"
    changes = sum(a[0] != b[0] for a, b in zip(heard.frames, heard.frames[1:]))
    assert changes >= 19 or any(dropped for _, dropped in heard.statistics.values()), changes


@test
def interface_down_up_and_gone():
    capture = Capture("v0", "v2", interfaces=2)
    heard = Pcapng()
    cables.ip("link", "set", "v2", "down")
    assert capture.wait_for("interface-down")[1] == "v2"
    cables.send(SENDER, "s0", sample, 7)
    heard.read(capture.child.stdout, lambda p: len(p.frames) == 7)
    cables.ip("link", "set", "v2", "up")
    cables.send(SENDER, "s2", sample, 1)
    heard.read(capture.child.stdout, lambda p: len(p.frames) == 8)
    assert capture.wait_for("interface-up")[1] == "v2"
    cables.ip("link", "delete", "v2")
    assert capture.wait_for("interface-gone")[1] == "v2"
    cables.send(SENDER, "s0", sample, 2)
    heard.read(capture.child.stdout, lambda p: len(p.frames) == 10)
    assert capture.end() == 0
    heard.read(capture.child.stdout)
    assert heard.statistics == {0: (9, 0), 1: (1, 0)}, heard.statistics


@test
def last_interface_gone():
    capture = Capture("v3")
    cables.ip("link", "delete", "v3")
    assert capture.end(None) == 7, capture.words


@test
def ring_of_files():
    ring = os.path.join(folder, "ring")
    os.mkdir(ring)
    earlier = os.path.join(ring, "isthmus-20200101T000000.000000Z.pcapng")
    stranger = os.path.join(ring, "notes.txt")
    for path in (earlier, stranger):
        open(path, "w", encoding="ascii").close()
    capture = Capture("--ring", ring, "--ring-size", "1", "--ring-files", "3", "--no-output", "v0", stdout=subprocess.DEVNULL)
    assert cables.send(SENDER, "s0", sample, 60000) == 60000
    assert capture.end() == 0, capture.words
    assert not os.path.exists(earlier) and os.path.exists(stranger)
    names = sorted(name for name in os.listdir(ring) if name.startswith("isthmus-"))
    assert len(names) == 3, names
    before = 0
    for name in names:
        path = os.path.join(ring, name)
        heard = Pcapng().read(open(path, "rb"))
        assert os.path.getsize(path) <= (1 << 20) + 4096 and heard.interfaces == [("v0", "", 9)] and heard.statistics
        assert heard.frames[0][1] >= before
        before = heard.frames[-1][1]
        assert subprocess.run([CLI, "analyze", path], stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert heard.statistics[0][0] == 60000
    assert heard.frames[-1][2] == read_pcap(sample)[(60000 - 1) % FRAMES]


@test
def live_report_equals_that_of_the_recording():
    recording, live, again = (os.path.join(folder, name) for name in ("live.pcapng", "live.json", "again.json"))
    child = subprocess.Popen([LISTEN, os.path.join(folder, "cache"), recording, live, "v0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             env={**os.environ, "ISTHMUS_CAPTURE": CAPTURE})
    line = child.stdout.readline()
    assert line.startswith("progress"), line
    while not os.path.exists(recording) or os.path.getsize(recording) == 0:
        line = child.stdout.readline()  # the section is there: it listens
    assert cables.send(SENDER, "s0", sample, FRAMES) == FRAMES
    while line.split("\t")[1] != str(FRAMES):
        line = child.stdout.readline()
        assert line.startswith("progress"), line
    assert line.split("\t")[4].strip() == "0"
    out, _ = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0 and "failed" not in out, out
    assert subprocess.run([CLI, "analyze", "--json", again, recording], check=False).returncode == 0
    with open(live, "rb") as a, open(again, "rb") as b:
        first, second = a.read(), b.read()
    assert first == second and len(first) > 10000


@test
def list_and_refusals():
    done = subprocess.run([CAPTURE, "--list"], capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    rows = {line[0]: dict(zip(lines[0], line)) for line in lines[1:]}
    assert all(len(line) == 7 for line in lines) and rows["v0"]["capture"] == "yes" and rows["v0"]["link_type"] == "EN10MB", done.stdout
    assert "up" in rows["v0"]["flags"].split(",") and rows["lo"]["capture"] == "no", done.stdout
    for status, code, arguments in ((4, "no-interface", ["nosuch0"]), (4, "no-interface", ["lo"]), (5, "bad-filter", ["-f", "tcp prot 1", "v0"]),
                                    (5, "bad-filter", ["-f", "host plc1", "v0"]), (1, "ring-failed", ["--ring", "/nonexistent", "v0"])):
        done = subprocess.run([CAPTURE, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == status and done.stderr.split("\t")[0] == code, (arguments, done)


def main():
    global folder, sample, cables
    folder = tempfile.mkdtemp(prefix="isthmus-capture-")
    sample = os.path.join(folder, "sample.pcap")
    try:
        subprocess.run([SAMPLE, sample], check=True)
        try:
            cables = netns.Cables(4)
        except (netns.Impossible, FileNotFoundError) as error:
            print(f"1..0 # SKIP no network namespaces of our own here: {error}")
            return 0
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
