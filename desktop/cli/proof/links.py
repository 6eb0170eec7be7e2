"""Makes a fresh network namespace answerable: every address of the world lies on its loopback."""

from __future__ import annotations

import fcntl
import socket
import struct
import subprocess
from pathlib import Path

RESOLVER = "127.0.0.1"
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _UP = 0x8913, 0x8914, 1
_NEWROUTE, _REQUEST, _CREATE, _ACK = 24, 1, 0x400, 4
_TABLE_LOCAL, _BY_BOOT, _SCOPE_HOST, _TYPE_LOCAL, _OUT_BY = 255, 3, 254, 2, 4
_DOORS = (
    "/run/systemd/resolve/io.systemd.Resolve",
    "/run/nscd/socket",
    "/run/avahi-daemon/socket",
    "/run/dbus/system_bus_socket",
    "/var/lib/sss/pipes/nss",
)
"""Sockets of programs that look names up for others, out in the real network."""


def everything_is_here() -> None:
    """Bring the loopback up, and make each IPv4 and IPv6 address one of its own. OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        asked = struct.pack("16sH22x", b"lo", 0)
        (flags,) = struct.unpack_from("H", fcntl.ioctl(probe, _SIOCGIFFLAGS, asked), 16)
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags | _UP))
    _route(socket.AF_INET)
    if socket.has_ipv6 and Path("/proc/net/if_inet6").exists():
        _route(socket.AF_INET6)


def _route(family: int) -> None:
    """What `ip route add local default dev lo` does, where there is no `ip`."""
    route = struct.pack(
        "BBBBBBBBI", family, 0, 0, 0, _TABLE_LOCAL, _BY_BOOT, _SCOPE_HOST, _TYPE_LOCAL, 0
    )
    link = struct.pack("HHI", 8, _OUT_BY, socket.if_nametoindex("lo"))
    body = route + link
    head = struct.pack("IHHII", 16 + len(body), _NEWROUTE, _REQUEST | _CREATE | _ACK, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.bind((0, 0))
        kernel.send(head + body)
        (error,) = struct.unpack_from("i", kernel.recv(4096), 16)
    if error:
        raise OSError(-error, "the loopback was not made the way to everywhere")


def close_name_services(folder: Path) -> None:
    """Make every look-up a packet: no other program is asked. CalledProcessError."""
    resolver, switch = folder / "resolv.conf", folder / "nsswitch.conf"
    resolver.write_text(f"nameserver {RESOLVER}\noptions timeout:2 attempts:1\n", encoding="ascii")
    switch.write_text("passwd: files\ngroup: files\nhosts: files dns\n", encoding="ascii")
    for ours, theirs in ((resolver, "/etc/resolv.conf"), (switch, "/etc/nsswitch.conf")):
        if Path(theirs).exists():
            _cover(str(ours), theirs)
    for door in _DOORS:
        if Path(door).exists():
            _cover("/dev/null", door)


def _cover(with_this: str, place: str) -> None:
    whole = str(Path(place).resolve())
    subprocess.run(["mount", "--bind", with_this, whole], check=True, capture_output=True)
