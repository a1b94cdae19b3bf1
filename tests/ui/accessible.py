# SPDX-License-Identifier: GPL-3.0-or-later
"""A program on a display and buses of its own, seen as a screen reader sees it. GTK names a widget after its type when it has no better name."""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT = 120  # seconds for one thing to come true: a slow machine with sanitizers needs many, a good one none
CONTROL = 37  # key code
# Each look into a widget is some calls over the bus: what holds nothing that is ever looked for stays closed.
CLOSED = ("page tab", "push button", "check box", "combo box", "entry", "label", "image", "scroll bar", "separator", "tree table", "table row")
SKIP = 77    # what meson takes for "skipped"


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIP)


def need_tools():
    for tool in ("Xvfb", "dbus-daemon", "gdbus"):
        if not shutil.which(tool):
            skip(f"{tool} is not installed; app/packages test installs it")
    try:
        import gi
        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError) as error:
        skip(f"no Atspi for Python: {error}")


@contextlib.contextmanager
def child_saying(command, **options):
    """A child process and the first line it writes to a pipe whose number is put for {}."""
    end, start = os.pipe()
    child = subprocess.Popen([word.format(start) for word in command], pass_fds=[start], **options)
    os.close(start)
    try:
        with os.fdopen(end) as said:
            yield said.readline().strip()
    finally:
        child.terminate()
        child.wait()


@contextlib.contextmanager
def private_world():
    """A home, a display, a session bus and an accessibility bus that nobody else uses; gives the home."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="isthmus-ui-"))
        for name in ("CONFIG", "DATA", "CACHE", "STATE", "RUNTIME"):
            variable = "XDG_RUNTIME_DIR" if name == "RUNTIME" else f"XDG_{name}_HOME"
            os.environ[variable] = os.path.join(home, name.lower())
            os.mkdir(os.environ[variable], 0o700)
        os.environ["HOME"] = home
        for name in ("GTK_A11Y", "AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY", "XAUTHORITY", "NO_AT_BRIDGE"):
            os.environ.pop(name, None)
        os.environ.update(GDK_BACKEND="x11", GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory", GTK_USE_PORTAL="0",
                          LC_ALL="C.UTF-8", TZ="UTC", G_DEBUG="fatal-criticals")
        # Unwinding each allocation for the search of leaks makes the program 20 times slower; app/window searches for them.
        os.environ.pop("LSAN_OPTIONS", None)
        os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0:fast_unwind_on_malloc=1"
        number = stack.enter_context(child_saying(
            ["Xvfb", "-displayfd", "{}", "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"], **quiet))
        if not number:
            skip("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(child_saying(
            ["dbus-daemon", "--session", "--nofork", "--print-address={}"], **quiet))
        answer = subprocess.run(
            ["gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus", "-m", "org.a11y.Bus.GetAddress"],
            capture_output=True, text=True)
        if answer.returncode != 0:
            skip(f"no accessibility bus (at-spi2-core): {answer.stderr.strip()}")
        os.environ["AT_SPI_BUS_ADDRESS"] = answer.stdout.split("'")[1]
        yield home


def wait_for(what, check):
    """Asks again until check() gives something true. A widget may vanish while it is asked: that counts as not yet."""
    from gi.repository import GLib

    end = time.monotonic() + LIMIT
    while True:
        try:
            found = check()
        except GLib.Error:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"did not come true in {LIMIT} s: {what}")
        time.sleep(0.05)


def press(key, control=False):
    """A key as if somebody pressed it. Only our window is on the display: it gets it."""
    from gi.repository import Atspi

    symbols = {"Return": 0xFF0D, "Escape": 0xFF1B, "Tab": 0xFF09, "F1": 0xFFBE, "F2": 0xFFBF, "F10": 0xFFC7}
    send = Atspi.generate_keyboard_event
    if control:
        send(CONTROL, None, Atspi.KeySynthType.PRESS)
    send(symbols.get(key, ord(key[0])), None, Atspi.KeySynthType.SYM)
    if control:
        send(CONTROL, None, Atspi.KeySynthType.RELEASE)


class Program:
    """The running program. Nodes are looked for afresh each time: nothing here is remembered from an earlier look."""

    def __init__(self, path, *arguments):
        self.path = path
        self.child = subprocess.Popen([path, *arguments])

    def windows(self):
        from gi.repository import Atspi

        if self.child.poll() is not None:
            raise AssertionError(f"the program ended with status {self.child.returncode}")
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_name() == "isthmus":
                application.set_cache_mask(Atspi.Cache.NONE)
                return [window for window in children(application) if window]
        return []

    def find_all(self, role, name=None, under=None):
        """Nodes of a role; name: a text that its name begins with, without the underlines of mnemonics."""
        for top in [under] if under else self.windows():
            for node in walk(top, closed=CLOSED):
                if node.get_role_name() == role and (name is None or node.get_name().replace("_", "").startswith(name)):
                    yield node

    def find(self, role, name=None, under=None):
        return wait_for(f"{role} “{name}”", lambda: next(self.find_all(role, name, under), None))

    def wait_gone(self, role, name):
        wait_for(f"no {role} “{name}” any more", lambda: not any(self.find_all(role, name)))

    def click(self, role, name, under=None):
        def try_it():  # a hidden one of the same name refuses
            return any(node.get_action_iface() and node.do_action(0) for node in self.find_all(role, name, under))
        wait_for(f"click on {role} “{name}”", try_it)

    def wait_end(self):
        self.child.wait(timeout=LIMIT)
        assert self.child.returncode == 0, f"it ended with status {self.child.returncode}"

    def dump(self):
        """The tree as it is, for who must find out why a test failed."""
        if self.child.poll() is not None:
            return
        for window in self.windows():
            for node, depth in walk(window, with_depth=True):
                print("  " * depth + f"[{node.get_role_name()}] {node.get_name()!r}", file=sys.stderr)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        """What is on the screen is printed where a step failed; then it is gone."""
        try:
            if kind:
                self.dump()
        finally:
            self.end()

    def end(self):
        """Ends it if it has not; for cleaning up."""
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait()


def children(node):
    return [node.get_child_at_index(i) for i in range(node.get_child_count())]


def walk(node, depth=0, with_depth=False, closed=()):
    """All nodes under one, itself first; nodes of the roles in closed are given, and not looked into."""
    if node is None:
        return
    yield (node, depth) if with_depth else node
    if closed and node.get_role_name() in closed:
        return
    for child in children(node):
        yield from walk(child, depth + 1, with_depth, closed)


def texts(node):
    """The words of all labels under a node."""
    return [label.get_name() for label in walk(node) if label.get_role_name() == "label"]
