# SPDX-License-Identifier: GPL-3.0-or-later
"""Two network namespaces of a test's own, joined by virtual cables: what is sent at one end is heard at the other, and nowhere else.

The calling process itself is moved into the hearing one, so it must not have threads. Works as root, and where the system lets ordinary users
make user namespaces.
"""
import ctypes
import os
import subprocess

NEWUSER, NEWNET = 0x10000000, 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


class Impossible(Exception):
    """This machine does not allow it; the words say why."""


def call(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise Impossible(f"{name}: {os.strerror(number)}")


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def become_root_of_own():
    """Root of a user namespace, where the caller is not root already."""
    if os.geteuid() == 0:
        return
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", NEWUSER)
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"0 {uid} 1")
    write("/proc/self/gid_map", f"0 {gid} 1")


class Cables:
    """@n cables: v0, v1, … here, where is heard, and s0, s1, … in the sending namespace."""

    def __init__(self, n, mtu=1500):
        try:
            become_root_of_own()
            call("unshare", NEWNET)
            self.sending = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
            call("unshare", NEWNET)
        except OSError as error:
            raise Impossible(str(error)) from error
        self.hearing = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        for side in (self.enter_sending, None):
            subprocess.run(["sh", "-c", "for c in all default; do echo 1 > /proc/sys/net/ipv6/conf/$c/disable_ipv6; done 2>/dev/null"],
                           preexec_fn=side, check=False)  # else the kernel says hello on every new interface
        for i in range(n):
            self.ip("link", "add", f"v{i}", "mtu", str(mtu), "type", "veth", "peer", "name", f"s{i}", "mtu", str(mtu),
                    "netns", f"/proc/{os.getpid()}/fd/{self.sending}")
            self.ip("link", "set", f"v{i}", "up")
            self.ip("link", "set", f"s{i}", "up", sending=True)

    def enter_sending(self):
        call("setns", self.sending, NEWNET)

    def ip(self, *arguments, sending=False):
        done = subprocess.run(["ip", *arguments], capture_output=True, text=True, preexec_fn=self.enter_sending if sending else None, check=False)
        if done.returncode != 0:
            raise Impossible(f"ip {' '.join(arguments)}: {done.stderr.strip()}")

    def start_sending(self, arguments, **options):
        return subprocess.Popen(arguments, preexec_fn=self.enter_sending, stdout=subprocess.PIPE, text=True, **options)

    def send(self, sender, interface, path, frames, *more):
        """Frames of a file, and how many went."""
        child = self.start_sending([sender, interface, path, str(frames), *map(str, more)])
        out, _ = child.communicate(timeout=300)
        assert child.returncode == 0, "the sender failed"
        return int(out.split()[0])
