#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""isthmus-cli as its users meet it: every command, every way to call it wrongly, and outputs that break. Prints TAP.

Needs ISTHMUS_CLI and ISTHMUS_SAMPLE, the two programs.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

CLI = os.environ["ISTHMUS_CLI"]
SAMPLE = os.environ["ISTHMUS_SAMPLE"]
MANUAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "isthmus-cli.1")
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
FRAMES = 9851
FLOWS = "transport address_a port_a address_b port_b packets_ab bytes_ab packets_ba bytes_ba first last protocol".split()
OPERATIONS = "frame time protocol source target verb function function_name object outcome written".split()
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$")

tests = []


def test(function):
    tests.append(function)
    return function


class Run:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


def run(*arguments, **options):
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run([CLI, *arguments], stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=folder, timeout=120, **options)
    assert done.returncode >= 0 or done.returncode == -signal.SIGPIPE, f"killed by signal {-done.returncode}: {done.stderr!r}"
    return Run(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def expect(status, words, *arguments, **options):
    """Runs it and holds the exit status and the words on the error output to what is expected; "" means silence."""
    done = run(*arguments, **options)
    assert done.status == status, f"{arguments}: exit {done.status}, not {status}: {done.err}"
    if words:
        assert words in done.err, f"{arguments}: “{words}” is not in: {done.err}"
    else:
        assert not done.err, f"{arguments}: said: {done.err}"
    return done


def table(text):
    lines = [line.split("\t") for line in text.splitlines()]
    assert all(len(line) == len(lines[0]) for line in lines), "columns differ from line to line"
    return lines[0], [dict(zip(lines[0], line)) for line in lines[1:]]


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    return name


def read(name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


@test
def help_and_version():
    done = expect(0, "", "--help")
    for command in ("analyze", "flows", "operations", "sessions", "crossings", "show", "protocols", "detections"):
        assert command in done.out
        assert expect(0, "", command, "--help").out.startswith("Usage:")
    assert re.fullmatch(r"isthmus-cli \d+\.\d+\.\d+\n.*confined.*\n", expect(0, "", "--version").out)


@test
def manual():
    """Each command and each of its options stands in the manual, in the synopsis of that command and where it is explained."""
    with open(MANUAL, encoding="utf-8") as file:
        text = file.read().replace("\\-", "-")
    synopsis, body = re.search(r"\.SH SYNOPSIS\n(.*?)\.SH DESCRIPTION\n(.*)", text, re.S).groups()
    lines = {re.search(r"isthmus-cli (\w+)", line)[1]: line for line in synopsis.split(".br\n")}
    for command in re.findall(r"^  (\w+)", expect(0, "", "--help").out, re.M):
        options = set(re.findall(r"--(?!help)[a-z-]+", expect(0, "", command, "--help").out))
        assert {o for o in options if o not in lines[command] and o != "--output"} == set(), f"{command}: not in its synopsis"
        assert set(re.findall(r"--[a-z-]+", lines[command])) <= options, f"{command}: the synopsis has more"
        assert all(f"\\fB{o}\\fR" in body for o in options), f"{command}: not explained"


@test
def wrong_usage():
    assert expect(2, "Usage", *[]).out == ""
    assert "frobnicate" in expect(2, "Usage", "frobnicate").err
    for arguments in (["analyze"], ["flows"], ["operations"], ["flows", "--"], ["flows", "--frobnicate"], ["flows", "-x"], ["show"], ["show", "x.isthmus"],
                      ["show", "x.isthmus", "everything"], ["analyze", "--frobnicate", "sample.pcap"], ["protocols", "modbus"],
                      ["analyze", "--json"], ["analyze", "--threads", "0", "sample.pcap"], ["analyze", "--json", "-", "--html", "-", "sample.pcap"], ["sessions"], ["sessions", "--frobnicate", "sample.pcap"], ["crossings", "--json", "--from", "0", "sample.pcap"]):
        assert expect(2, "isthmus-cli: ", *arguments).out == ""
    expect(2, "no option “--json”", "flows", "--json", "sample.pcap")
    expect(2, "no option “--json”", "operations", "sample.pcap", "--json")


@test
def what_is_no_capture():
    write("letter.txt", b"Dear all, the capture is attached below.\n")
    write("empty", b"")
    write("xcp.cap", b"XCP\x00002.001" + bytes(200))
    os.mkdir(os.path.join(folder, "captures"))
    for command in ("analyze", "flows", "operations"):
        expect(1, "There is no file “missing.pcap”", command, "missing.pcap")
        expect(1, "is a folder", command, "captures")
        expect(1, "is no network capture", command, "letter.txt")
        expect(1, "it is empty", command, "empty")
        expect(1, "editcap -F pcapng 'xcp.cap' 'xcp.cap.pcapng'", command, "xcp.cap")


@test
def no_permission():
    path = os.path.join(folder, write("secret.pcap", read("sample.pcap")))
    os.chmod(path, 0)
    options = {}
    if os.geteuid() == 0:
        options = {"user": 65534, "group": 65534, "extra_groups": []}
        os.chmod(folder, 0o755)
        try:
            subprocess.run([CLI, "--version"], stdout=subprocess.DEVNULL, **options)
        except PermissionError:
            return "run by root, and nobody else may run the program"
    expect(1, "You may not read “secret.pcap”", "analyze", "secret.pcap", **options)
    return None


@test
def odd_names():
    shutil.copy(os.path.join(folder, "sample.pcap"), os.path.join(folder, "-v.pcap"))
    for command in ("analyze", "flows", "operations"):
        assert len(expect(0, "", command, "--", "-v.pcap").out.splitlines()) > 1
        expect(1, "There is no file “”", command, "")
    name = b"caf\xe9 \"one\"\\\n.pcap"  # Latin-1, a quote, a backslash, a line end
    shutil.copy(os.path.join(folder, "sample.pcap"), os.path.join(os.fsencode(folder), name))
    report = json.loads(expect(0, "", "analyze", "--json", "-", name).out)
    assert report["captures"][0]["path"] == "caf\ufffd \"one\"\\\n.pcap"


@test
def no_frames():
    write("nothing.pcap", read("sample.pcap")[:24])
    assert "frames: 0" in expect(0, "", "analyze", "nothing.pcap").out
    assert len(expect(0, "", "flows", "nothing.pcap").out.splitlines()) == 1


@test
def standard_input():
    data = read("sample.pcap")
    done = subprocess.run([CLI, "analyze", "--json", "-", "-"], input=data, stdout=subprocess.PIPE, env=ENVIRONMENT, timeout=120)
    piped = json.loads(done.stdout)
    plain = json.loads(expect(0, "", "analyze", "--json", "-", "sample.pcap").out)
    assert done.returncode == 0 and piped["captures"][0]["path"] == "-"
    piped["captures"][0]["path"] = plain["captures"][0]["path"]
    assert piped == plain
    try:
        ours, theirs = os.openpty()
    except OSError as error:
        return f"the terminal: none to be had here ({error})"
    expect(1, "Standard input is a terminal", "flows", "-", stdin=theirs)
    os.close(ours)
    os.close(theirs)


@test
def several_with_one_bad():
    write("letter.txt", b"Dear all, the capture is attached below.\n")
    half = len(read("sample.pcap")) // 2
    write("half.pcap", read("sample.pcap")[:half])
    done = expect(1, "is no network capture", "analyze", "--json", "-", "sample.pcap", "letter.txt", "half.pcap")
    report = json.loads(done.out)
    assert sorted(c["path"] for c in report["captures"]) == ["half.pcap", "sample.pcap"]
    assert {c["path"]: c["truncated"] for c in report["captures"]} == {"half.pcap": True, "sample.pcap": False}
    done = expect(1, "is no network capture", "flows", "letter.txt", "sample.pcap")
    assert len(done.out.splitlines()) > 10


@test
def filters():
    expect(2, "isthmus-cli: ", "analyze", "--filter", "tcp and and", "sample.pcap")
    expect(2, "isthmus-cli: ", "analyze", "--filter", "host www.example.org", "sample.pcap")
    everything = json.loads(expect(0, "", "analyze", "--json", "-", "sample.pcap").out)
    modbus = json.loads(expect(0, "", "analyze", "--json", "-", "--filter", "vlan and tcp port 502 or tcp port 502", "sample.pcap").out)
    nothing = json.loads(expect(0, "", "analyze", "--json", "-", "--filter", "udp port 9", "sample.pcap").out)
    assert {link["protocol"] for link in modbus["links"]} == {"modbus"}
    assert 0 < len(modbus["assets"]) < len(everything["assets"])
    assert not nothing["assets"] and not nothing["links"]
    assert any(row["what"] == "does not match the filter" and row["count"] == FRAMES for row in nothing["health"]["not_decoded"])


@test
def projects():
    expect(0, "", "analyze", "-o", "plant.isthmus", "sample.pcap")
    first = expect(0, "", "analyze", "-o", "plant.isthmus", "--json", "-", "sample.pcap")  # known: not counted twice
    assert json.loads(first.out) == json.loads(expect(0, "", "analyze", "--json", "-", "sample.pcap").out)
    expect(1, "not an Isthmus project", "analyze", "-o", "sample.pcap", "sample.pcap")
    expect(1, "could not be made", "analyze", "-o", "no/such/folder/plant.isthmus", "sample.pcap")
    expect(1, "is not there. Check its name", "show", "missing.isthmus", "assets")
    expect(1, "is a folder", "show", ".", "assets")


@test
def shown_lists():
    expect(0, "", "analyze", "-o", "shown.isthmus", "sample.pcap")
    heads = {
        "assets": "name kind level side vendor model firmware serial ip mac first last packets",
        "links": "from to protocol port packets bytes crossing verbs first last",
        "alerts": "time detection process cyber count subject peer text",
        "captures": "path format frames bytes dropped first last complete sha256",
    }
    report = json.loads(expect(0, "", "analyze", "--json", "-", "sample.pcap").out)
    for name, head in heads.items():
        listed = expect(0, "", "show", "shown.isthmus", name).out
        assert name == "captures" or expect(0, "", "show", "sample.pcap", name).out == listed, name
        columns, rows = table(listed)
        assert columns == head.split(), name
        assert len(rows) == len(report[name]), name
    assert rows[0]["frames"] == str(FRAMES) and rows[0]["complete"] == "yes" and len(rows[0]["sha256"]) == 64


@test
def listings():
    columns, rows = table(expect(0, "", "flows", "sample.pcap").out)
    assert columns == FLOWS
    assert sum(int(row["packets_ab"]) + int(row["packets_ba"]) for row in rows) == FRAMES
    assert all(TIME.match(row["first"]) and row["first"] <= row["last"] for row in rows)
    columns, rows = table(expect(0, "", "operations", "sample.pcap").out)
    assert columns == OPERATIONS
    assert {"modbus", "s7comm", "cip"} <= {row["protocol"] for row in rows}
    assert all(1 <= int(row["frame"]) <= FRAMES and TIME.match(row["time"]) for row in rows)
    columns, rows = table(expect(0, "", "protocols").out)
    assert columns[0] == "id" and {"arp", "modbus", "s7comm", "cip", "profinet-dcp"} <= {row["id"] for row in rows}
    columns, rows = table(expect(0, "", "detections").out)
    assert columns[0] == "id" and len(rows) >= 6


def has(row, *keys):
    missing = [key for key in keys if key not in row]
    assert not missing, f"missing: {missing} in {row}"


@test
def report_keys():
    report = json.loads(expect(0, "", "analyze", "--json", "-", "sample.pcap").out)
    assert report["schema"] == "isthmus-report/1"
    has(report, "captures", "assets", "links", "alerts", "health")
    for capture in report["captures"]:
        has(capture, "id", "path", "sha256", "format", "link_types", "packets", "bytes", "first", "last", "dropped", "truncated", "notes")
        assert TIME.match(capture["first"]) and capture["packets"] == FRAMES
    ids = {asset["id"] for asset in report["assets"]}
    assert len(ids) == len(report["assets"])
    for asset in report["assets"]:
        has(asset, "id", "name", "kind", "side", "level", "level_reason", "parent", "interfaces", "other_addresses", "roles", "protocols",
            "services", "claims", "first", "last", "packets_sent", "packets_received", "bytes_sent", "bytes_received")
        assert asset["name"] and asset["side"] in ("it", "ot", "boundary", "external", "unknown")
        assert asset["parent"] is None or asset["parent"] in ids
        for interface in asset["interfaces"]:
            has(interface, "mac", "ipv4", "ipv6", "vlans")
        for service in asset["services"]:
            has(service, "transport", "port", "protocol")
        for claim in asset["claims"]:
            has(claim, "attribute", "value", "confidence", "source", "capture", "frame")
    for link in report["links"]:
        has(link, "from", "to", "protocol", "transport", "port", "packets", "bytes", "first", "last", "operations")
        assert link["from"] in ids and link["to"] in ids
        for operation in link["operations"]:
            has(operation, "verb", "function", "name", "count")
    assert report["alerts"]
    for alert in report["alerts"]:
        has(alert, "id", "detection", "title", "time", "process_severity", "cyber_severity", "subject", "peer", "attack", "count", "evidence")
        assert alert["subject"] is None or alert["subject"] in ids
        for evidence in alert["evidence"]:
            has(evidence, "capture", "frame")
    has(report["health"], "frames", "not_decoded", "malformed", "limits_reached")
    assert report["health"]["frames"] == FRAMES


@test
def report_files():
    expect(0, "", "analyze", "--json", "report.json", "sample.pcap")
    assert read("report.json").decode() == expect(0, "", "analyze", "--json", "-", "sample.pcap").out
    expect(1, "could not be written", "analyze", "--json", "no/such/folder/report.json", "sample.pcap")


COMMANDS = (["analyze", "sample.pcap"], ["analyze", "--json", "-", "sample.pcap"], ["flows", "sample.pcap"], ["operations", "sample.pcap"],
            ["show", "out.isthmus", "assets"], ["protocols"], ["detections"], ["--help"], ["--version"])


@test
def timings():
    done = run("analyze", "--timings", "-o", "timed.isthmus", "sample.pcap")
    lines = [line.split("\t") for line in done.err.splitlines()]
    assert done.status == 0 and lines[0] == ["part", "cpu_seconds", "ns_a_frame"], done.err
    parts = [line[0] for line in lines[1:-2]]
    assert {"digest", "analysis", "project", "resolve", "export", "all"} <= set(parts) and len(parts) == len(set(parts)), parts
    assert lines[-2] == ["wall_seconds", "frames", "peak_kib"] and lines[-1][1] == str(FRAMES), lines


@test
def full_disk():
    expect(0, "", "analyze", "-o", "out.isthmus", "sample.pcap")
    for arguments in COMMANDS:
        with open("/dev/full", "wb") as full:
            expect(1, "isthmus-cli: ", *arguments, stdout=full)
    expect(1, "could not be written", "analyze", "--json", "/dev/full", "sample.pcap")


@test
def broken_pipe():
    """With SIGPIPE ignored it says so; as a shell starts it, it ends without a word, as others do."""
    expect(0, "", "analyze", "-o", "out.isthmus", "sample.pcap")
    for arguments in COMMANDS:
        for ignored in (False, True):
            reader, writer = os.pipe()
            os.close(reader)
            done = run(*arguments, stdout=writer, restore_signals=not ignored)
            os.close(writer)
            if ignored:
                assert done.status == 1 and "isthmus-cli: " in done.err, f"{arguments}: {done.status} {done.err}"
            else:
                assert done.status == -signal.SIGPIPE and not done.err, f"{arguments}: {done.status} {done.err}"


@test
def confined():
    """The same answers with and without the sandbox; in it, whatever a capture may be reached by can still be opened."""
    plain = expect(0, "", "--no-sandbox", "analyze", "--json", "-", "sample.pcap").out
    assert expect(0, "", "analyze", "--no-sandbox", "--json", "-", "sample.pcap").out == plain
    assert expect(0, "", "analyze", "--json", "-", "sample.pcap").out == plain
    os.symlink("sample.pcap", os.path.join(folder, "link.pcap"))
    assert expect(0, "", "flows", "link.pcap").out == expect(0, "", "flows", "sample.pcap").out
    script = 'exec "$0" flows <(cat sample.pcap)'
    done = subprocess.run(["/bin/bash", "-c", script, CLI], stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=folder, timeout=120)
    assert done.stdout.decode() == expect(0, "", "flows", "sample.pcap").out
    os.mkdir(os.path.join(folder, "elsewhere"))
    expect(0, "", "analyze", "-o", "elsewhere/real.isthmus", "sample.pcap")
    os.symlink("elsewhere/real.isthmus", os.path.join(folder, "link.isthmus"))
    expect(0, "", "analyze", "-o", "link.isthmus", "link.pcap")
    assert len(table(expect(0, "", "show", "link.isthmus", "captures").out)[1]) == 1
    write("before.json", b"an older report")
    expect(1, "is no network capture", "analyze", "--json", "before.json", "letter.txt")
    assert read("before.json") == b"an older report"  # it stays until there is a new one
    expect(0, "", "analyze", "--json", "before.json", "sample.pcap")
    assert read("before.json").decode() == plain


@test
def closed_streams():
    """A closed output is a failure, and what would have gone there does not land in a project or a report."""
    for arguments in (*COMMANDS[:1], *COMMANDS[1:3], ["analyze", "-o", "closed.isthmus", "--json", "-", "sample.pcap"]):
        done = subprocess.run(["/bin/sh", "-c", 'exec "$@" >&-', "sh", CLI, *arguments], stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=folder,
                              stdin=subprocess.DEVNULL, timeout=120)
        assert done.returncode == 1 and b"isthmus-cli: " in done.stderr, f"{arguments}: {done.returncode} {done.stderr}"
    done = subprocess.run(["/bin/sh", "-c", 'exec "$@" >&- 2>&- <&-', "sh", CLI, "analyze", "-o", "closed.isthmus", "sample.pcap", "-"],
                          env=ENVIRONMENT, cwd=folder, timeout=120)
    assert done.returncode == 1
    assert len(table(expect(0, "", "show", "closed.isthmus", "captures").out)[1]) == 1


@test
def sessions_and_crossings():
    expect(0, "", "analyze", "-o", "ways.isthmus", "--json", "ways.json", "sample.pcap")
    report = json.loads(read("ways.json"))
    for command in ("sessions", "crossings"):
        for source in ("sample.pcap", "ways.isthmus"):
            assert json.loads(expect(0, "", command, "--json", source).out) == report[command]
        assert expect(0, "", command, "sample.pcap").out == expect(0, "", command, "ways.isthmus").out
    for session in report["sessions"]:
        assert session["frame"] > 0 and (session["came_by"]["session"] is None) == (session["came_by"]["certainty"] is None)
    vendor, panel = sorted(report["sessions"], key=lambda session: session["first"])
    assert (vendor["protocol"], vendor["user"], vendor["kind"], vendor["end"]) == ("rdp", "drivetec", "desktop", "open")
    assert [(deed["grade"], deed["verb"], deed["protocol"]) for deed in vendor["deeds"]][0] == ("coincident", "write", "modbus")
    assert (panel["protocol"], panel["from"], panel["came_by"]["session"]) == ("vnc", vendor["to"], vendor["id"])
    assert 50 <= panel["came_by"]["score"] < 100 and panel["words"][-1]["outcome"] == "ok"
    head, rows = table(expect(0, "", "crossings", "sample.pcap").out)
    assert len(rows) == len(report["crossings"]) > 0
    mistake = [row for row in rows if row["direct"] == "yes" and row["protocol"] == "modbus" and "write" in row["verbs"]]
    assert mistake and mistake[0]["from_side"] == "it" and mistake[0]["to_side"] == "ot"
    assert not expect(0, "", "crossings", "--to", "2020-01-01T00:00", "sample.pcap").out.splitlines()[1:]
    expect(1, "isthmus-cli: ", "sessions", "no-such.pcap")


def main():
    global folder
    failed = 0
    folder = tempfile.mkdtemp(prefix="isthmus-test-")
    try:
        subprocess.run([SAMPLE, os.path.join(folder, "sample.pcap")], check=True)
        print(f"1..{len(tests)}")
        for number, function in enumerate(tests, 1):
            try:
                skipped = function()
                print(f"ok {number} {function.__name__}" + (f" # SKIP {skipped}" if skipped else ""))
            except Exception:
                failed += 1
                print(f"not ok {number} {function.__name__}")
                print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="")
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
