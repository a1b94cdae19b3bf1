#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets at the command line when the disk, a folder or a project is not as it should be: a sentence, exit status 1,
nothing lost; and when that is put right, the same report as if nothing had been. TAP.

usage: disk.py      with ISTHMUS_CLI and ISTHMUS_SAMPLE in the environment
"""
import fcntl
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile

CLI, SAMPLE = os.environ["ISTHMUS_CLI"], os.environ["ISTHMUS_SAMPLE"]
NOBODY = 65534
folder = ""
expected = b""  # the report when nothing goes wrong
tests = []


def test(function):
    tests.append(function)
    return function


def path(name):
    return os.path.join(folder, name)


def run(*arguments, **options):
    return subprocess.run([CLI, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, **options)


def refuse(words, *arguments, **options):
    """Status 1 and one sentence for people, with each of @words, separated by "|", in it."""
    done = run(*arguments, **options)
    said = done.stderr.decode()
    assert done.returncode == 1, f"{arguments}: {done.returncode} {said}"
    assert said.startswith("isthmus-cli: ") and said.count("\n") == 1 and (said.endswith(".\n") or "chmod" in said), said
    for word in words.split("|"):
        assert word in said, f"“{word}” is not in: {said}"
    return done


def check_whole(project, name="sample.pcap"):
    done = run("analyze", "-o", project, "--json", "-", name)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert done.stdout == expected, "the report is another one"


def remove_project(name):
    for suffix in ("", "-wal", "-journal", "-shm", "-lock"):
        if os.path.exists(path(name + suffix)):
            os.unlink(path(name + suffix))


def make_project(name):
    remove_project(name)
    assert run("analyze", "-o", name, "sample.pcap").returncode == 0


def nobody():
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def runs_as_nobody():
    try:
        return subprocess.run([CLI, "protocols"], stdout=subprocess.DEVNULL, **nobody()).returncode == 0
    except PermissionError:
        return False


@test
def full_at_every_point():
    """No file grows beyond so many bytes, as over a quota; then there is room."""
    make_project("full.isthmus")
    size = os.path.getsize(path("full.isthmus"))
    failed = 0
    for limit in sorted({0, 1, 100, 4095, 4096, 8192, *range(12000, 2 * size, size // 10)}):
        remove_project("full.isthmus")

        def fill():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

        done = run("analyze", "-o", "full.isthmus", "sample.pcap", preexec_fn=fill)
        said = done.stderr.decode()
        if done.returncode != 0:
            failed += 1
            assert done.returncode == 1, f"{limit}: {done.returncode}"
            assert "full.isthmus" in said and said.count("\n") == 1, f"{limit}: {said}"
            assert "space" in said or "room" in said, f"{limit}: {said}"
        check_whole("full.isthmus")
    assert failed > 5, failed


@test
def full_report():
    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))

    refuse("report.json|could not be written", "analyze", "--json", "report.json", "sample.pcap", preexec_fn=fill)
    assert os.path.getsize(path("report.json")) == 0  # half a report is worse than none


IN_A_SMALL_ROOM = r"""
set -e
mount -t tmpfs -o size=$2k none "$1"
cd "$1"
ln -s "$3" sample.pcap
status=0
"$ISTHMUS_CLI" analyze -o p.isthmus sample.pcap 2>"$4" || status=$?
echo "$status" >&2
cat "$4" >&2
if [ "$status" = 0 ] && [ -e p.isthmus-wal ]; then echo "a part was left beside it" >&2; fi
mount -o remount,size=64m "$1"
"$ISTHMUS_CLI" analyze -o p.isthmus --json - sample.pcap
"""


@test
def full_file_system():
    room = path("room")
    os.mkdir(room)
    private = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    if subprocess.run([*private, "mount", "-t", "tmpfs", "none", room], stderr=subprocess.DEVNULL).returncode != 0:
        return "this machine does not let a test mount a file system"
    make_project("full.isthmus")
    size = os.path.getsize(path("full.isthmus")) // 1024
    failed = unfinished = 0  # in between there is room for all that is saved, and none to bring it into one file
    for kilobytes in (4, 8, 16, 32, 64, 128, 256, 400, 512, *range(3 * size // 2, 2 * size, 4)):
        done = subprocess.run([*private, "/bin/sh", "-c", IN_A_SMALL_ROOM, "sh", room, str(kilobytes), path("sample.pcap"), path("said")],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        said = done.stderr.decode()
        assert done.returncode == 0, f"{kilobytes}: {said}"
        assert said == "0\n" or said.startswith("1\nisthmus-cli: ") and "Free some space" in said and said.count("\n") == 2, f"{kilobytes}: {said}"
        failed += said != "0\n"
        unfinished += "to finish" in said
        assert done.stdout == expected, f"{kilobytes}: the report is another one"
    assert failed > 3 and unfinished > 0, (failed, unfinished)
    return None


@test
def read_only():
    if not runs_as_nobody():
        return "run by root, and nobody else may run the program"
    make_project("kept.isthmus")
    os.chmod(folder, 0o755)
    for file in ("kept.isthmus", "sample.pcap"):
        os.chmod(path(file), 0o444)
    refuse("You may not write|folder", "analyze", "-o", "kept.isthmus", "sample.pcap", **nobody())
    refuse("You may not write|folder", "analyze", "-o", "new.isthmus", "sample.pcap", **nobody())
    refuse("could not be written|new.json", "analyze", "--json", "new.json", "sample.pcap", **nobody())
    os.chmod(folder, 0o777)
    refuse("kept.isthmus|cannot be written|open the copy", "show", "kept.isthmus", "assets", **nobody())
    os.chmod(path("sample.pcap"), 0)
    refuse("You may not read|chmod a+r", "analyze", "sample.pcap", **nobody())
    os.chmod(path("sample.pcap"), 0o644)
    os.chmod(folder, 0o755)
    os.chmod(path("kept.isthmus"), 0o644)
    check_whole("kept.isthmus")
    return None


@test
def in_use():
    make_project("used.isthmus")
    with open(path("used.isthmus-lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refuse("another window|Close it there", "analyze", "-o", "used.isthmus", "sample.pcap")
        refuse("another window|Close it there", "show", "used.isthmus", "assets")
    check_whole("used.isthmus")


def change(name, statement):
    connection = sqlite3.connect(path(name))
    connection.executescript("PRAGMA journal_mode = DELETE; PRAGMA writable_schema = ON;" + statement)
    connection.close()


@test
def newer_and_foreign():
    for statement, words in (("PRAGMA user_version = 99;", "newer Isthmus|Update"),
                             ("DROP TABLE station;", "damaged|Open the captures again"),
                             ("DELETE FROM sqlite_schema WHERE name = 'claim';", "damaged|Open the captures again"),
                             ("CREATE TABLE more (x);", "damaged"),
                             ("PRAGMA application_id = 7;", "not an Isthmus project")):
        make_project("other.isthmus")
        change("other.isthmus", statement)
        with open(path("other.isthmus"), "rb") as file:
            before = file.read()
        for arguments in (["show", "other.isthmus", "assets"], ["analyze", "-o", "other.isthmus", "sample.pcap"]):
            refuse("other.isthmus|" + words, *arguments)
        with open(path("other.isthmus"), "rb") as file:
            assert file.read() == before, f"{statement}: the file was changed"


@test
def not_a_project():
    for content in (b"Dear all,\n", b"SQLite format 3\0", b"\0" * 4096, os.urandom(8192)):
        with open(path("letter.isthmus"), "wb") as file:
            file.write(content)
        refuse("not an Isthmus project", "show", "letter.isthmus", "assets")
        refuse("not an Isthmus project", "analyze", "-o", "letter.isthmus", "sample.pcap")
        with open(path("letter.isthmus"), "rb") as file:
            assert file.read() == content
    with open(path("empty.isthmus"), "wb"):
        pass
    check_whole("empty.isthmus")  # nothing can be lost in it
    refuse("no/such/folder/p.isthmus|folder", "analyze", "-o", "no/such/folder/p.isthmus", "sample.pcap")


@test
def cut_short_while_packed():
    """The rest of a packed file is missing: what was there is in the report, and it is said."""
    with open(path("sample.pcap"), "rb") as file:
        packed = subprocess.run(["gzip", "-c"], input=file.read(), stdout=subprocess.PIPE, check=True).stdout
    with open(path("cut.pcap.gz"), "wb") as file:
        file.write(packed[:len(packed) * 2 // 3])
    for arguments in (["flows"], ["operations"], ["analyze"], ["analyze", "-o", "cut.isthmus"]):
        done = refuse("cut.pcap.gz|could not be read to its end|cut short", *arguments, "cut.pcap.gz")
        assert "-o" in arguments or done.stdout.count(b"\n") > 1
    assert run("show", "cut.isthmus", "captures").stdout.count(b"\tno\t") == 1


def main():
    global folder, expected
    failed = 0
    folder = tempfile.mkdtemp(prefix="isthmus-disk-")
    print(f"1..{len(tests)}")
    try:
        subprocess.run([SAMPLE, path("sample.pcap")], check=True)
        expected = run("analyze", "--json", "-", "sample.pcap").stdout
        for number, function in enumerate(tests, 1):
            try:
                skipped = function()
                print(f"ok {number} {function.__name__}" + (f" # SKIP {skipped}" if skipped else ""), flush=True)
            except AssertionError as error:
                failed += 1
                print(f"# {error}\nnot ok {number} {function.__name__}", flush=True)
    finally:
        os.chmod(folder, 0o755)
        shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
